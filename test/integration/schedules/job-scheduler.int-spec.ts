import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import { JobScheduler, type Bell } from '../../../src/platform/queue/job-scheduler.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';

// Real here: BullMQ on PostgreSQL and on Redis, each with two processes' worth of connections.

/** BullMQ ticks in seconds too; the product's own rules for people stand above this. */
const EVERY_SECOND = '* * * * * *';
const NIGHTLY: Bell = { id: '7', cron: '30 2 * * *', timeZone: 'Europe/Berlin' };

async function openScheduler(settings: Settings): Promise<{ scheduler: JobScheduler; close: () => Promise<void> }> {
  const testing: TestingModule = await Test.createTestingModule({ imports: [PlatformModule] })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .compile();
  testing.enableShutdownHooks();
  await testing.init();
  return { scheduler: testing.get(JobScheduler), close: () => testing.close() };
}

function behavesAsAScheduler(settingsOf: () => Settings): void {
  let first: Awaited<ReturnType<typeof openScheduler>>;
  let second: Awaited<ReturnType<typeof openScheduler>>;
  beforeEach(async () => {
    first = await openScheduler(settingsOf());
    second = await openScheduler(settingsOf());
  });
  afterEach(async () => {
    for (const bell of await first.scheduler.bells()) await first.scheduler.takeDown(bell.id);
    await Promise.all([first.close(), second.close()]);
  });

  it('keeps one bell per id, with its time on the clock of its zone', async () => {
    await first.scheduler.hang({ ...NIGHTLY, cron: '0 5 * * *' });
    await first.scheduler.hang(NIGHTLY);
    await second.scheduler.hang({ ...NIGHTLY, id: '8', timeZone: 'UTC' });
    expect(await second.scheduler.count()).toBe(2);
    const bells = (await second.scheduler.bells()).sort((a, b) => Number(a.id) - Number(b.id));
    expect(bells).toMatchObject([NIGHTLY, { ...NIGHTLY, id: '8', timeZone: 'UTC' }]);
    for (const bell of bells) expect(bell.nextAt.getTime()).toBeGreaterThan(Date.now());
    expect(bells[1]?.nextAt.toISOString()).toMatch(/T02:30:00/);
    expect(bells[0]?.nextAt.toISOString()).toMatch(/T0[01]:30:00/);
  });

  it('takes a bell down, and one that is not there', async () => {
    await first.scheduler.hang(NIGHTLY);
    await second.scheduler.takeDown(NIGHTLY.id);
    await second.scheduler.takeDown(NIGHTLY.id);
    expect(await first.scheduler.bells()).toEqual([]);
  });

  it('hangs a bell again, whatever hanging and taking it down at once has left', async () => {
    for (let round = 0; round < 100; round += 1) {
      await Promise.allSettled([
        first.scheduler.hang(NIGHTLY),
        second.scheduler.hang(NIGHTLY),
        first.scheduler.takeDown(NIGHTLY.id),
        second.scheduler.takeDown(NIGHTLY.id),
      ]);
      await first.scheduler.takeDown(NIGHTLY.id);
      await second.scheduler.hang(NIGHTLY);
      expect(await first.scheduler.bells()).toMatchObject([NIGHTLY]);
      await first.scheduler.takeDown(NIGHTLY.id);
    }
  });

  it('reads more bells than one page holds', async () => {
    for (let id = 1; id <= 205; id += 1) await first.scheduler.hang({ ...NIGHTLY, id: String(id) });
    const ids = (await second.scheduler.bells()).map(({ id }) => Number(id)).sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 205 }, (_, index) => index + 1));
  });

  it('rings again and again for whoever listens, until it is taken down', async () => {
    const rings: string[] = [];
    for (const { scheduler } of [first, second]) await scheduler.listen(async (id) => void rings.push(id));
    await first.scheduler.hang({ id: '9', cron: EVERY_SECOND, timeZone: 'UTC' });
    await eventually(async () => (rings.length >= 3 ? true : undefined));
    await second.scheduler.takeDown('9');
    expect(new Set(rings)).toEqual(new Set(['9']));
    expect(await first.scheduler.bells()).toEqual([]);
  });

  it('rings on after a handler that failed', async () => {
    let rings = 0;
    await first.scheduler.listen(() => {
      rings += 1;
      return Promise.reject(new Error('not now'));
    });
    await first.scheduler.hang({ id: '10', cron: EVERY_SECOND, timeZone: 'UTC' });
    await eventually(async () => (rings >= 2 ? true : undefined));
  });
}

describe('bells on PostgreSQL', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.close());

  behavesAsAScheduler(() => testSettings(db.url));

  it('rejects instead of waiting when PostgreSQL is away', async () => {
    const away = await openScheduler(testSettings(db.url));
    await away.scheduler.hang(NIGHTLY);
    await away.close();
    await expect(away.scheduler.hang(NIGHTLY)).rejects.toThrow();
  });
});

describeIfRedis('bells on Redis', () => {
  let db: TestDatabase;
  let redis: RedisServer;
  beforeAll(async () => {
    db = await createTestDatabase();
    redis = await startRedisServer();
  });
  afterAll(async () => {
    await redis.stop();
    await db.close();
  });
  const settings = (): Settings => testSettings(db.url, { redisUrl: redis.url });

  it('rejects within its deadline when Redis is away', async () => {
    const own = await startRedisServer();
    const { scheduler, close } = await openScheduler(testSettings(db.url, { redisUrl: own.url }));
    await scheduler.hang(NIGHTLY);
    await own.kill();
    await expect(scheduler.hang(NIGHTLY)).rejects.toThrow();
    await expect(scheduler.count()).rejects.toThrow();
    await close();
  });

  behavesAsAScheduler(settings);

  it('has none left after a flush, and takes them again', async () => {
    const { scheduler, close } = await openScheduler(settings());
    await scheduler.hang(NIGHTLY);
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    expect(await scheduler.bells()).toEqual([]);
    await scheduler.hang(NIGHTLY);
    expect(await scheduler.bells()).toMatchObject([NIGHTLY]);
    await scheduler.takeDown(NIGHTLY.id);
    await close();
  });
});
