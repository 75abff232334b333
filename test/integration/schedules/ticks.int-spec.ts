import { describe, expect, it } from '@jest/globals';
import { aTenant } from '../../support/builders.js';
import { TickingSchedulers } from './ticking-schedulers.js';

// Real here: PostgreSQL, the run engine with its workers, two processes' worth of schedulers. The clock is the test's.

describe('the ticks of a schedule', () => {
  const on = new TickingSchedulers();

  it('start its run by the System, and note it', async () => {
    const schedule = await on.aSchedule();
    expect(schedule.nextRuns[0]).toBe('2026-05-12T10:05:00.000Z');
    await on.ticksOf(on.one).ring(schedule.id);
    expect(await on.runs()).toEqual([]); // rung too early by minutes: nothing is due

    on.clock.set('2026-05-12T10:05:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    const [run, ...more] = await on.runs();
    expect(more).toEqual([]);
    expect(run).toMatchObject({ type: 'probe.note', initiator_name: 'System', user_id: null });
    const found = await on.schedules.find(on.tenant.scope, schedule.id);
    expect(found.lastFiring).toEqual({
      tick: '2026-05-12T10:05:00.000Z',
      firedAt: '2026-05-12T10:05:00.000Z',
      result: 'started',
      code: null,
      reason: null,
      runId: run?.id,
    });
    expect(found.nextRuns[0]).toBe('2026-05-12T10:10:00.000Z');
    const audit = await on.database.query<{ actor_kind: string }>(
      `SELECT actor_kind FROM audit_entries WHERE tenant_id = $1 AND action = 'probe.note.start'`,
      [on.tenant.id],
    );
    expect(audit).toEqual([{ actor_kind: 'system' }]);
  });

  it('hear a bell of a machine whose clock is a little ahead, once', async () => {
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:04:58Z');
    await on.ticksOf(on.one).ring(schedule.id);
    on.clock.set('2026-05-12T10:05:01Z');
    await on.ticksOf(on.one).ring(schedule.id);
    expect(await on.ticksOf(on.one).lookForDue()).toBe(0);
    expect(await on.runs()).toHaveLength(1);
    expect(await on.lastFiring(schedule)).toMatchObject({ tick: '2026-05-12T10:05:00.000Z' });
  });

  it('fire once, however many bells, workers and looks find them due', async () => {
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:05:00Z');
    const taken = await Promise.all(
      [on.one, on.other].flatMap((app) => [
        on.ticksOf(app).ring(schedule.id),
        on.ticksOf(app).ring(schedule.id),
        on.ticksOf(app).lookForDue(),
        on.ticksOf(app).ring(schedule.id),
      ]),
    );
    expect(taken.filter((count) => count === 1).length).toBeLessThanOrEqual(1);
    await on.allDone();
    expect(await on.runs()).toHaveLength(1);
    expect(await on.lastFiring(schedule)).toMatchObject({ result: 'started' });
  });

  it('fire once for all that was missed while no worker was there, and not again for a late bell', async () => {
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T13:02:10Z');
    expect(await on.ticksOf(on.one).lookForDue()).toBe(1);
    await on.allDone();
    expect(await on.ticksOf(on.other).lookForDue()).toBe(0);
    await on.ticksOf(on.other).ring(schedule.id);
    expect(await on.runs()).toHaveLength(1);
    const found = await on.schedules.find(on.tenant.scope, schedule.id);
    expect(found.lastFiring).toMatchObject({ tick: '2026-05-12T10:05:00.000Z', firedAt: '2026-05-12T13:02:10.000Z' });

    on.clock.set('2026-05-12T13:05:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    expect(await on.runs()).toHaveLength(2);
  });

  it('fire once in the night in which their hour comes twice, also for a worker that comes late', async () => {
    on.clock.set('2026-10-24T12:00:00Z');
    await on.aSchedule({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' });
    on.clock.set('2026-10-25T01:10:00Z');
    expect(await on.ticksOf(on.one).lookForDue()).toBe(1);
    on.clock.set('2026-10-25T01:30:00Z');
    expect(await on.ticksOf(on.one).lookForDue()).toBe(0);
    on.clock.set('2026-10-26T01:30:00Z');
    expect(await on.ticksOf(on.one).lookForDue()).toBe(1);
  });

  it('leave schedules alone that are off, deleted or changed meanwhile', async () => {
    const off = await on.aSchedule({ enabled: false });
    const deleted = await on.aSchedule();
    await on.schedules.delete(on.tenant.scope, on.manager.actor, deleted.id);
    const changed = await on.aSchedule();
    await on.schedules.update(on.tenant.scope, on.keeper, changed.id, { cron: '0 3 * * *' });
    on.clock.set('2026-05-12T10:05:00Z');
    for (const { id } of [off, deleted, changed]) await on.ticksOf(on.one).ring(id);
    expect(await on.ticksOf(on.one).lookForDue()).toBe(0);
    expect(await on.runs()).toEqual([]);
    expect(off.nextRuns).toEqual([]);
  });

  it('are not made up for when a schedule is switched on again', async () => {
    const schedule = await on.aSchedule();
    await on.schedules.update(on.tenant.scope, on.keeper, schedule.id, { enabled: false });
    on.clock.set('2026-05-12T12:01:00Z');
    await on.schedules.update(on.tenant.scope, on.keeper, schedule.id, { enabled: true });
    expect(await on.ticksOf(on.one).lookForDue()).toBe(0);
    on.clock.set('2026-05-12T12:05:00Z');
    expect(await on.ticksOf(on.one).lookForDue()).toBe(1);
  });

  it('stay due when only the name is changed', async () => {
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:20:00Z');
    await on.schedules.update(on.tenant.scope, on.keeper, schedule.id, { name: 'Another' });
    expect(await on.ticksOf(on.one).lookForDue()).toBe(1);
  });

  it('of one schedule that cannot be read do not hold up the others', async () => {
    const broken = await on.aSchedule();
    await on.database.query(
      `UPDATE schedules SET time_zone = 'Nowhere/Gone', next_tick_at = next_tick_at - interval '1 day' WHERE id = $1`,
      [broken.id],
    );
    const sound = await on.aSchedule();
    on.clock.set('2026-05-12T10:05:00Z');
    expect(await on.ticksOf(on.one).lookForDue()).toBe(1);
    expect(await on.lastFiring(sound)).toMatchObject({ result: 'started' });
  });

  it('of many schedules are all found, in every tenant, more than one look holds', async () => {
    const second = await aTenant(on.database);
    const values = Array.from({ length: 130 }, (_, index) => `('${index % 2 ? on.tenant.id : second.id}', '${index}')`);
    await on.database.query(
      `INSERT INTO schedules (tenant_id, name, kind, payload, cron, time_zone, enabled, next_tick_at, created_by_name)
       SELECT t::uuid, n, 'probe.note', jsonb_build_object('text', n), '*/5 * * * *', 'UTC', true, $1, 'Test'
       FROM (VALUES ${values.join(', ')}) AS v (t, n)`,
      [new Date('2026-05-12T10:05:00Z')],
    );
    on.clock.set('2026-05-12T10:06:00Z');
    const counts = await Promise.all([on.ticksOf(on.one).lookForDue(), on.ticksOf(on.other).lookForDue()]);
    expect(counts[0] + counts[1]).toBe(130);
    expect(await on.runs()).toHaveLength(65);
  });
});
