import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { SchedulesService, type ScheduleRequest } from '../../../src/modules/schedules/schedules.service.js';
import type { ScheduleView } from '../../../src/modules/schedules/schedule.js';
import { ScheduleTicks } from '../../../src/modules/schedules/work/schedule-ticks.js';
import { DomainError } from '../../../src/platform/errors/domain-error.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';
import { Gate, ManualClock, PairPreparation, startScheduler } from './scheduler.js';

// Real here: PostgreSQL, the run engine with its workers, two processes' worth of schedulers. The clock is the test's.

interface RunLine {
  id: string;
  type: string;
  initiator_name: string;
  user_id: string | null;
  status: string;
}

describe('the ticks of a schedule', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let one: INestApplicationContext;
  let other: INestApplicationContext;
  let tenant: TenantRow;
  let manager: UserRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    clock = new ManualClock(new Date());
    one = await startScheduler(testSettings(db.url), clock);
    other = await startScheduler(testSettings(db.url), clock);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
    await db.close();
  });
  beforeEach(async () => {
    clock.set('2026-05-12T10:00:30Z');
    tenant = await aTenant(db.database);
    manager = await aMember(db.database, tenant, 'Manager');
  });
  afterEach(async () => {
    for (const app of [one, other]) app.get(Gate, { strict: false }).release();
    one.get(PairPreparation, { strict: false }).next = { left: 'a', right: 'b' };
    await db.database.query('DELETE FROM schedules');
  });

  const schedules = () => one.get(SchedulesService, { strict: false });
  const ticksOf = (app: INestApplicationContext) => app.get(ScheduleTicks, { strict: false });
  const keeper = () => ({ actor: manager.actor, role: 'Manager' as const });
  const aSchedule = (given: Partial<ScheduleRequest> = {}): Promise<ScheduleView> =>
    schedules().create(tenant.scope, keeper(), {
      name: 'Probe',
      kind: 'probe.note',
      payload: {},
      cron: '*/5 * * * *',
      timeZone: 'UTC',
      enabled: true,
      ...given,
    });
  const lastFiring = async ({ id }: ScheduleView) => (await schedules().find(tenant.scope, id)).lastFiring;
  const runs = (): Promise<RunLine[]> =>
    db.database.query<RunLine>(
      'SELECT id, type, initiator_name, user_id, status FROM operation_runs WHERE tenant_id = $1 ORDER BY id',
      [tenant.id],
    );
  const allDone = () =>
    eventually(async () => ((await runs()).every(({ status }) => status === 'completed') ? true : undefined));

  it('start its run by the System, and note it', async () => {
    const schedule = await aSchedule();
    expect(schedule.nextRuns[0]).toBe('2026-05-12T10:05:00.000Z');
    await ticksOf(one).ring(schedule.id);
    expect(await runs()).toEqual([]); // rung too early by minutes: nothing is due

    clock.set('2026-05-12T10:05:00Z');
    await ticksOf(one).ring(schedule.id);
    const [run, ...more] = await runs();
    expect(more).toEqual([]);
    expect(run).toMatchObject({ type: 'probe.note', initiator_name: 'System', user_id: null });
    const found = await schedules().find(tenant.scope, schedule.id);
    expect(found.lastFiring).toEqual({
      tick: '2026-05-12T10:05:00.000Z',
      firedAt: '2026-05-12T10:05:00.000Z',
      result: 'started',
      code: null,
      reason: null,
      runId: run?.id,
    });
    expect(found.nextRuns[0]).toBe('2026-05-12T10:10:00.000Z');
    const audit = await db.database.query<{ actor_kind: string }>(
      `SELECT actor_kind FROM audit_entries WHERE tenant_id = $1 AND action = 'probe.note.start'`,
      [tenant.id],
    );
    expect(audit).toEqual([{ actor_kind: 'system' }]);
  });

  it('hear a bell of a machine whose clock is a little ahead, once', async () => {
    const schedule = await aSchedule();
    clock.set('2026-05-12T10:04:58Z');
    await ticksOf(one).ring(schedule.id);
    clock.set('2026-05-12T10:05:01Z');
    await ticksOf(one).ring(schedule.id);
    expect(await ticksOf(one).lookForDue()).toBe(0);
    expect(await runs()).toHaveLength(1);
    expect(await lastFiring(schedule)).toMatchObject({ tick: '2026-05-12T10:05:00.000Z' });
  });

  it('fire once, however many bells, workers and looks find them due', async () => {
    const schedule = await aSchedule();
    clock.set('2026-05-12T10:05:00Z');
    const taken = await Promise.all(
      [one, other].flatMap((app) => [
        ticksOf(app).ring(schedule.id),
        ticksOf(app).ring(schedule.id),
        ticksOf(app).lookForDue(),
        ticksOf(app).ring(schedule.id),
      ]),
    );
    expect(taken.filter((count) => count === 1).length).toBeLessThanOrEqual(1);
    await allDone();
    expect(await runs()).toHaveLength(1);
    expect(await lastFiring(schedule)).toMatchObject({ result: 'started' });
  });

  it('fire once for all that was missed while no worker was there, and not again for a late bell', async () => {
    const schedule = await aSchedule();
    clock.set('2026-05-12T13:02:10Z');
    expect(await ticksOf(one).lookForDue()).toBe(1);
    await allDone();
    expect(await ticksOf(other).lookForDue()).toBe(0);
    await ticksOf(other).ring(schedule.id);
    expect(await runs()).toHaveLength(1);
    const found = await schedules().find(tenant.scope, schedule.id);
    expect(found.lastFiring).toMatchObject({ tick: '2026-05-12T10:05:00.000Z', firedAt: '2026-05-12T13:02:10.000Z' });

    clock.set('2026-05-12T13:05:00Z');
    await ticksOf(one).ring(schedule.id);
    expect(await runs()).toHaveLength(2);
  });

  it('fire once in the night in which their hour comes twice, also for a worker that comes late', async () => {
    clock.set('2026-10-24T12:00:00Z');
    await aSchedule({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' });
    clock.set('2026-10-25T01:10:00Z');
    expect(await ticksOf(one).lookForDue()).toBe(1);
    clock.set('2026-10-25T01:30:00Z');
    expect(await ticksOf(one).lookForDue()).toBe(0);
    clock.set('2026-10-26T01:30:00Z');
    expect(await ticksOf(one).lookForDue()).toBe(1);
  });

  it('note an equal run that is active, and start none', async () => {
    for (const app of [one, other]) app.get(Gate, { strict: false }).close();
    const schedule = await aSchedule();
    clock.set('2026-05-12T10:05:00Z');
    await ticksOf(one).ring(schedule.id);
    clock.set('2026-05-12T10:10:00Z');
    await ticksOf(one).ring(schedule.id);
    const [run, ...more] = await runs();
    expect(more).toEqual([]);
    expect(await lastFiring(schedule)).toMatchObject({ result: 'already_running', code: null, runId: run?.id });
  });

  it('make the payload at each tick, and note a refusal without losing the next', async () => {
    const schedule = await aSchedule({ kind: 'probe.pair' });
    const pair = one.get(PairPreparation, { strict: false });
    pair.next = new DomainError('probe.not_ready', 'conflict', 'There is no pair, and token=hunter2.');
    clock.set('2026-05-12T10:05:00Z');
    await ticksOf(one).ring(schedule.id);
    expect(await runs()).toEqual([]);
    expect(await lastFiring(schedule)).toMatchObject({
      result: 'refused',
      code: 'probe.not_ready',
      reason: 'There is no pair yet. Wait for one.',
      runId: null,
    });

    pair.next = new Error('password=hunter2');
    clock.set('2026-05-12T10:10:00Z');
    await ticksOf(one).ring(schedule.id);
    expect(await lastFiring(schedule)).toMatchObject({ result: 'refused', code: 'internal.error' });
    const [row] = await db.database.query<{ row: string }>('SELECT s::text AS row FROM schedules s WHERE id = $1', [
      schedule.id,
    ]);
    expect(row?.row).not.toContain('hunter2');

    pair.next = { left: 'x', right: 'y' };
    clock.set('2026-05-12T10:15:00Z');
    await ticksOf(one).ring(schedule.id);
    expect(await lastFiring(schedule)).toMatchObject({ result: 'started', code: null, reason: null });
    const [run] = await db.database.query('SELECT payload FROM operation_runs WHERE tenant_id = $1', [tenant.id]);
    expect(run).toEqual({ payload: { left: 'x', right: 'y' } });
  });

  it('note that no worker could be told, with the run that failed for it', async () => {
    const schedule = await aSchedule();
    const transport = one.get(JobTransport, { strict: false });
    const ring = transport.ring.bind(transport);
    transport.ring = () => Promise.reject(new Error('away'));
    try {
      clock.set('2026-05-12T10:05:00Z');
      await ticksOf(one).ring(schedule.id);
    } finally {
      transport.ring = ring;
    }
    const [run] = await runs();
    expect(await lastFiring(schedule)).toMatchObject({
      result: 'refused',
      code: 'dispatch.unavailable',
      reason: expect.stringContaining('could not be handed to a worker'),
      runId: run?.id,
    });
  });

  it('note what this version cannot start, and go on', async () => {
    const schedule = await aSchedule();
    const set = (column: string, value: string) =>
      db.database.query(`UPDATE schedules SET ${column} = $2 WHERE id = $1`, [schedule.id, value]);
    await set('kind', 'gone.away');
    clock.set('2026-05-12T10:05:00Z');
    await ticksOf(one).lookForDue();
    expect(await lastFiring(schedule)).toMatchObject({ code: 'schedules.kind_not_schedulable' });
    await set('kind', 'probe.note');
    await set('payload', '{"text": 5}');
    clock.set('2026-05-12T10:10:00Z');
    await ticksOf(one).lookForDue();
    expect(await lastFiring(schedule)).toMatchObject({ code: 'schedules.bad_payload' });
    expect(await runs()).toEqual([]);
  });

  it('leave schedules alone that are off, deleted or changed meanwhile', async () => {
    const off = await aSchedule({ enabled: false });
    const deleted = await aSchedule();
    await schedules().delete(tenant.scope, manager.actor, deleted.id);
    const changed = await aSchedule();
    await schedules().update(tenant.scope, keeper(), changed.id, { cron: '0 3 * * *' });
    clock.set('2026-05-12T10:05:00Z');
    for (const { id } of [off, deleted, changed]) await ticksOf(one).ring(id);
    expect(await ticksOf(one).lookForDue()).toBe(0);
    expect(await runs()).toEqual([]);
    expect(off.nextRuns).toEqual([]);
  });

  it('are not made up for when a schedule is switched on again', async () => {
    const schedule = await aSchedule();
    await schedules().update(tenant.scope, keeper(), schedule.id, { enabled: false });
    clock.set('2026-05-12T12:01:00Z');
    await schedules().update(tenant.scope, keeper(), schedule.id, { enabled: true });
    expect(await ticksOf(one).lookForDue()).toBe(0);
    clock.set('2026-05-12T12:05:00Z');
    expect(await ticksOf(one).lookForDue()).toBe(1);
  });

  it('stay due when only the name is changed', async () => {
    const schedule = await aSchedule();
    clock.set('2026-05-12T10:20:00Z');
    await schedules().update(tenant.scope, keeper(), schedule.id, { name: 'Another' });
    expect(await ticksOf(one).lookForDue()).toBe(1);
  });

  it('of one schedule that cannot be read do not hold up the others', async () => {
    const broken = await aSchedule();
    await db.database.query(
      `UPDATE schedules SET time_zone = 'Nowhere/Gone', next_tick_at = next_tick_at - interval '1 day' WHERE id = $1`,
      [broken.id],
    );
    const sound = await aSchedule();
    clock.set('2026-05-12T10:05:00Z');
    expect(await ticksOf(one).lookForDue()).toBe(1);
    expect(await lastFiring(sound)).toMatchObject({ result: 'started' });
  });

  it('of many schedules are all found, in every tenant, more than one look holds', async () => {
    const second = await aTenant(db.database);
    const values = Array.from({ length: 130 }, (_, index) => `('${index % 2 ? tenant.id : second.id}', '${index}')`);
    await db.database.query(
      `INSERT INTO schedules (tenant_id, name, kind, payload, cron, time_zone, enabled, next_tick_at, created_by_name)
       SELECT t::uuid, n, 'probe.note', jsonb_build_object('text', n), '*/5 * * * *', 'UTC', true, $1, 'Test'
       FROM (VALUES ${values.join(', ')}) AS v (t, n)`,
      [new Date('2026-05-12T10:05:00Z')],
    );
    clock.set('2026-05-12T10:06:00Z');
    const counts = await Promise.all([ticksOf(one).lookForDue(), ticksOf(other).lookForDue()]);
    expect(counts[0] + counts[1]).toBe(130);
    expect(await runs()).toHaveLength(65);
  });

  describe('whose worker was lost in the act', () => {
    const take = async (id: string): Promise<void> => {
      await db.database.query(
        `UPDATE schedules SET last_tick_at = next_tick_at, next_tick_at = next_tick_at + interval '5 minutes',
           last_fired_at = $2, last_result = 'starting' WHERE id = $1`,
        [id, clock.now()],
      );
    };

    it('are taken up again by one worker after a minute, not before', async () => {
      const schedule = await aSchedule();
      clock.set('2026-05-12T10:05:00Z');
      await take(schedule.id);
      expect(await lastFiring(schedule)).toMatchObject({ result: 'starting' });
      clock.set('2026-05-12T10:05:59Z');
      expect(await ticksOf(one).lookForInterrupted()).toBe(0);
      clock.set('2026-05-12T10:06:01Z');
      const taken = await Promise.all([ticksOf(one).lookForInterrupted(), ticksOf(other).lookForInterrupted()]);
      expect(taken[0] + taken[1]).toBe(1);
      expect(await runs()).toHaveLength(1);
      expect(await lastFiring(schedule)).toMatchObject({
        tick: '2026-05-12T10:05:00.000Z',
        firedAt: '2026-05-12T10:06:01.000Z',
        result: 'started',
      });
    });

    it('answer the run that the lost worker had started, while it is active', async () => {
      for (const app of [one, other]) app.get(Gate, { strict: false }).close();
      const schedule = await aSchedule();
      clock.set('2026-05-12T10:05:00Z');
      await ticksOf(one).ring(schedule.id);
      await db.database.query(
        `UPDATE schedules SET last_result = 'starting', last_run_id = NULL WHERE id = $1`, // killed before it was noted
        [schedule.id],
      );
      clock.set('2026-05-12T10:07:00Z');
      await ticksOf(other).lookForInterrupted();
      const [run, ...more] = await runs();
      expect(more).toEqual([]);
      expect(await lastFiring(schedule)).toMatchObject({ runId: run?.id });
    });

    it('start nothing once the schedule is off', async () => {
      const schedule = await aSchedule();
      clock.set('2026-05-12T10:05:00Z');
      await take(schedule.id);
      await schedules().update(tenant.scope, keeper(), schedule.id, { enabled: false });
      clock.set('2026-05-12T10:07:00Z');
      expect(await ticksOf(one).lookForInterrupted()).toBe(1);
      expect(await runs()).toEqual([]);
      expect(await lastFiring(schedule)).toMatchObject({ result: 'refused', code: 'schedules.interrupted' });
    });

    it('give way to the next tick when that has come too', async () => {
      const schedule = await aSchedule();
      clock.set('2026-05-12T10:05:00Z');
      await take(schedule.id);
      clock.set('2026-05-12T11:00:00Z');
      expect(await ticksOf(one).lookForDue()).toBe(1);
      expect(await ticksOf(one).lookForInterrupted()).toBe(0);
      expect(await runs()).toHaveLength(1);
    });
  });
});
