import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { JobScheduler, type Bell } from '../../../src/platform/queue/job-scheduler.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { StartedEngine } from '../operations/started-engine.js';
import { ops } from './ops-terminal.js';

// Real here: PostgreSQL and the transport; the bells of schedules are lost, moved and left over behind the engine's back.

const AT = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };

function doctoring(settings: () => Partial<Settings>): void {
  let engine: StartedEngine;
  const scheduler = (): JobScheduler => engine.context.get(JobScheduler, { strict: false });
  const bells = async (): Promise<Bell[]> =>
    (await scheduler().bells()).map(({ id, cron, timeZone }) => ({ id, cron, timeZone }));

  beforeAll(async () => {
    engine = await StartedEngine.on(settings(), { worker: false });
  });
  afterAll(() => engine?.close());

  afterEach(async () => {
    for (const { id } of await scheduler().bells()) await scheduler().takeDown(id);
    await engine.db.database.query('DELETE FROM schedules');
  });

  async function aSchedule(enabled = true): Promise<string> {
    const [row] = await engine.db.database.query<{ id: string }>(
      `INSERT INTO schedules (tenant_id, name, kind, payload, cron, time_zone, enabled, next_tick_at, created_by_name)
       VALUES ($1, 'secret-name', 'probe.work', '{}', $2, $3, $4, now() + interval '1 day', 'Ada') RETURNING id`,
      [engine.first.tenant.id, AT.cron, AT.timeZone, enabled],
    );
    return row?.id ?? '';
  }

  describe('of schedules', () => {
    let sound: string;

    beforeEach(async () => {
      sound = await aSchedule();
      await scheduler().hang({ id: sound, ...AT });
    });

    /** Found, left alone without `--repair`, repaired with it, and gone in the run after. */
    async function expectRepaired(words: string, did: string): Promise<void> {
      const before = await bells();
      const found = await ops(engine, 'doctor');
      expect(found.text).toContain(`Divergence:\n${words}\n  --repair `);
      expect(found.code).toBe(1);
      expect(await bells()).toEqual(before);
      const repaired = await ops(engine, 'doctor', '--repair');
      expect(repaired.text).toContain(`Repaired: ${did}.\nHealthy: rows and transport agree.\n`);
      expect(repaired.code).toBe(0);
      expect(await ops(engine, 'doctor')).toMatchObject({ code: 0 });
    }

    it('is content with one bell for each that is on', async () => {
      await aSchedule(false);
      expect(await ops(engine, 'doctor')).toMatchObject({ code: 0 });
    });

    it('finds those that have no bell', async () => {
      const lost = [await aSchedule(), await aSchedule()];
      await expectRepaired(`- 2 schedules are on and have no bell: ${lost.join(', ')}`, '2 bells hung');
      expect(await bells()).toEqual(expect.arrayContaining([sound, ...lost].map((id) => ({ id, ...AT }))));
    });

    it.each([
      ['at other times', { cron: '0 9 * * *' }],
      ['in another time zone', { timeZone: 'UTC' }],
    ])('finds bells that ring %s', async (_, other) => {
      const moved = await aSchedule();
      await scheduler().hang({ id: moved, ...AT, ...other });
      await expectRepaired(
        `- 1 schedule has a bell for other times, or for another time zone: ${moved}`,
        '1 bell hung',
      );
      expect(await bells()).toContainEqual({ id: moved, ...AT });
    });

    it('finds bells of schedules that are off or gone', async () => {
      const off = await aSchedule(false);
      await scheduler().hang({ id: off, ...AT });
      await scheduler().hang({ id: '999999', ...AT });
      await expectRepaired(`- 2 schedules have a bell and are off or gone: ${off}, 999999`, '2 bells taken down');
      expect(await bells()).toEqual([{ id: sound, ...AT }]);
    });

    it('tells programs the same, and no name', async () => {
      const lost = await aSchedule();
      const { code, text } = await ops(engine, 'doctor', '--json', '--repair');
      expect(code).toBe(0);
      expect(JSON.parse(text)).toMatchObject({
        healthy: true,
        bells: [],
        repaired: { bellsHung: 1, bellsTakenDown: 0 },
      });
      await scheduler().takeDown(lost);
      const found = await ops(engine, 'doctor', '--json');
      expect(JSON.parse(found.text)).toMatchObject({
        healthy: false,
        divergences: [],
        bells: [{ kind: 'bell_missing', scheduleIds: [lost], repair: 'hangs them.' }],
      });
      expect(found.text).not.toContain('secret-name');
    });
  });
}

describe('the doctor, with bells in PostgreSQL', () => doctoring(() => ({})));

describeIfRedis('the doctor, with bells in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  doctoring(() => ({ redisUrl: redis.url }));

  afterAll(() => redis.stop());
});
