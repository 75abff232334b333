import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { ScheduleBells } from '../../../src/modules/schedules/schedule-bells.js';
import { ScheduleClock } from '../../../src/modules/schedules/schedule-clock.js';
import { SchedulesService } from '../../../src/modules/schedules/schedules.service.js';
import type { ScheduleView } from '../../../src/modules/schedules/schedule.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { JobScheduler } from '../../../src/platform/queue/job-scheduler.js';
import { aTenant, aUser, type TenantRow, type UserRow } from '../../support/builders.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';
import { startScheduler } from './scheduler.js';

// Real here: PostgreSQL, both transports, the scheduler as the worker process has it, and the time.

/** So far apart that a look never comes to a bell's help in a test of bells. */
const NEVER = 3_600_000;

const EVERY_SECOND = '* * * * * *';

function keepsSchedules(settingsOf: (db: TestDatabase) => Settings): void {
  let db: TestDatabase;
  let tenant: TenantRow;
  let manager: UserRow;
  let apps: INestApplicationContext[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    tenant = await aTenant(db.database);
    manager = await aUser(db.database);
  });
  afterEach(async () => {
    await db.database.query('DELETE FROM schedules');
    for (const app of apps) await app.get(ScheduleBells, { strict: false }).reconcile(new Date());
    await Promise.all(apps.map((app) => app.close()));
    apps = [];
  });
  afterAll(() => db.close());

  async function start(look = NEVER): Promise<INestApplicationContext> {
    return kept(await startScheduler(settingsOf(db), new ScheduleClock(), { look, reconcile: NEVER }));
  }
  /** Without looks of its own, which would put the bells right in between. */
  async function startWithoutKeeper(): Promise<INestApplicationContext> {
    return kept(await startScheduler(settingsOf(db), new ScheduleClock()));
  }
  function kept(app: INestApplicationContext): INestApplicationContext {
    apps.push(app);
    return app;
  }
  const scheduler = (app: INestApplicationContext) => app.get(JobScheduler, { strict: false });
  const schedules = (app: INestApplicationContext) => app.get(SchedulesService, { strict: false });
  const keeper = () => ({ actor: manager.actor, role: 'Manager' as const });
  const aSchedule = (app: INestApplicationContext, name = 'Probe'): Promise<ScheduleView> =>
    schedules(app).create(tenant.scope, keeper(), {
      name,
      kind: 'probe.note',
      payload: { text: name },
      cron: '30 2 * * *',
      timeZone: 'Europe/Berlin',
      enabled: true,
    });
  const makeDue = (id: string) =>
    db.database.query(`UPDATE schedules SET next_tick_at = date_trunc('minute', now()) WHERE id = $1`, [id]);
  const fired = (app: INestApplicationContext, { id }: ScheduleView) =>
    eventually(async () => {
      const { lastFiring } = await schedules(app).find(tenant.scope, id);
      return lastFiring?.result === 'started' ? lastFiring : undefined;
    });

  it('fires at each ring of its bell', async () => {
    const [app] = [await start(), await start()];
    const schedule = await aSchedule(app);
    // A schedule of people's ticks every five minutes at most; here row and bell tick in seconds.
    await db.database.query(
      `UPDATE schedules SET cron = $2, time_zone = 'UTC', next_tick_at = date_trunc('second', now()) WHERE id = $1`,
      [schedule.id, EVERY_SECOND],
    );
    const ticks = new Set<string>();
    await eventually(async () => {
      // A first look that read the row before it was changed may still hang the bell of before.
      await app.get(ScheduleBells, { strict: false }).reconcile(new Date());
      const { lastFiring } = await schedules(app).find(tenant.scope, schedule.id);
      if (lastFiring) ticks.add(lastFiring.tick);
      return ticks.size >= 4 ? true : undefined; // the first looks of the two workers account for two at most
    });
  });

  it('fires when it starts what came due while it was away', async () => {
    const first = await start();
    const schedule = await aSchedule(first, 'Away');
    await makeDue(schedule.id);
    await fired(await start(), schedule);
  });

  it('hangs, moves and takes down the bell with each change', async () => {
    const app = await startWithoutKeeper();
    const bells = () => scheduler(app).bells();
    const { id } = await aSchedule(app);
    expect(await bells()).toMatchObject([{ id, cron: '30 2 * * *', timeZone: 'Europe/Berlin' }]);
    await schedules(app).update(tenant.scope, keeper(), id, { cron: '0 4 * * *', timeZone: 'UTC' });
    expect(await bells()).toMatchObject([{ id, cron: '0 4 * * *', timeZone: 'UTC' }]);
    await schedules(app).update(tenant.scope, keeper(), id, { enabled: false });
    expect(await bells()).toEqual([]);
    await schedules(app).update(tenant.scope, keeper(), id, { enabled: true });
    expect(await bells()).toMatchObject([{ id, cron: '0 4 * * *' }]);
    await schedules(app).delete(tenant.scope, manager.actor, id);
    expect(await bells()).toEqual([]);
  });

  it('puts the bells right: lost, left over, of another time, and behind', async () => {
    const app = await startWithoutKeeper();
    const [lost, moved, sound] = [await aSchedule(app, 'a'), await aSchedule(app, 'b'), await aSchedule(app, 'c')];
    await scheduler(app).takeDown(lost.id);
    await scheduler(app).hang({ id: moved.id, cron: '0 9 * * *', timeZone: 'UTC' });
    await scheduler(app).hang({ id: '999999', cron: '0 9 * * *', timeZone: 'UTC' });
    const bells = app.get(ScheduleBells, { strict: false });
    expect(await bells.reconcile(new Date())).toEqual({ hung: 2, takenDown: 1 });
    const right = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
    const found = (await scheduler(app).bells()).sort((a, b) => Number(a.id) - Number(b.id));
    expect(found).toMatchObject([lost, moved, sound].map(({ id }) => ({ id, ...right })));
    expect(await bells.reconcile(new Date())).toEqual({ hung: 0, takenDown: 0 });
    const tomorrow = new Date(Date.now() + 2 * 24 * NEVER); // every bell has missed its ring by then
    expect(await bells.reconcile(tomorrow)).toEqual({ hung: 3, takenDown: 0 });
  });

  it('looks after lost bells by itself', async () => {
    const app = await start(50);
    const schedule = await aSchedule(app);
    await scheduler(app).takeDown(schedule.id);
    await eventually(async () => ((await scheduler(app).count()) === 1 ? true : undefined));
  });

  it('fires by itself where the bell is lost', async () => {
    const app = await start(50);
    const schedule = await aSchedule(app, 'Unheard');
    await makeDue(schedule.id);
    await fired(app, schedule);
  });
}

describe('the keeper of schedules on PostgreSQL', () => {
  keepsSchedules((db) => testSettings(db.url));
});

describeIfRedis('the keeper of schedules on Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.stop());

  keepsSchedules((db) => testSettings(db.url, { redisUrl: redis.url }));

  it('hangs all bells again after Redis was flushed', async () => {
    const db = await createTestDatabase();
    const tenant = await aTenant(db.database);
    // An installation of its own, after the one above.
    const settings = testSettings(db.url, { redisUrl: `${redis.url}/1` });
    const app = await startScheduler(settings, new ScheduleClock(), { look: 50 });
    const schedules = app.get(SchedulesService, { strict: false });
    const { actor } = await aUser(db.database);
    for (const name of ['a', 'b', 'c']) {
      const request = { name, kind: 'probe.note', payload: {}, cron: '0 3 * * *', timeZone: 'UTC', enabled: true };
      await schedules.create(tenant.scope, { actor, role: 'Manager' }, request);
    }
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    await eventually(async () => ((await app.get(JobScheduler, { strict: false }).count()) === 3 ? true : undefined));
    await app.close();
    await db.close();
  });

  it('saves a schedule while Redis is away, and hangs its bell when it is back', async () => {
    const own = await startRedisServer();
    const db = await createTestDatabase();
    const tenant = await aTenant(db.database);
    const { actor } = await aUser(db.database);
    const app = await startScheduler(testSettings(db.url, { redisUrl: own.url }), new ScheduleClock(), { look: 50 });
    await own.kill();
    const request = { name: 'a', kind: 'probe.note', payload: {}, cron: '0 3 * * *', timeZone: 'UTC', enabled: true };
    const saved = await app
      .get(SchedulesService, { strict: false })
      .create(tenant.scope, { actor, role: 'Manager' }, request);
    expect(saved.nextRuns).toHaveLength(5);
    const back = await startRedisServer(own.port);
    await eventually(async () =>
      app
        .get(JobScheduler, { strict: false })
        .count()
        .then((count) => (count === 1 ? true : undefined))
        .catch(() => undefined),
    );
    await app.close();
    await back.stop();
    await db.close();
  });
});
