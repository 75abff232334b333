import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/platform/errors/domain-error.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { TickingSchedulers } from './ticking-schedulers.js';

// Real here: PostgreSQL, the run engine with its workers, two processes' worth of schedulers. The clock is the test's.

describe('the ticks of a schedule that cannot start its run', () => {
  const on = new TickingSchedulers();

  it('note an equal run that is active, and start none', async () => {
    on.holdRuns();
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:05:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    on.clock.set('2026-05-12T10:10:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    const [run, ...more] = await on.runs();
    expect(more).toEqual([]);
    expect(await on.lastFiring(schedule)).toMatchObject({ result: 'already_running', code: null, runId: run?.id });
  });

  it('make the payload at each tick, and note a refusal without losing the next', async () => {
    const schedule = await on.aSchedule({ kind: 'probe.pair' });
    const { pair } = on;
    pair.next = new DomainError('probe.not_ready', 'conflict', 'There is no pair, and token=hunter2.');
    on.clock.set('2026-05-12T10:05:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    expect(await on.runs()).toEqual([]);
    expect(await on.lastFiring(schedule)).toMatchObject({
      result: 'refused',
      code: 'probe.not_ready',
      reason: 'There is no pair yet. Wait for one.',
      runId: null,
    });

    pair.next = new Error('password=hunter2');
    on.clock.set('2026-05-12T10:10:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    expect(await on.lastFiring(schedule)).toMatchObject({ result: 'refused', code: 'internal.error' });
    const [row] = await on.database.query<{ row: string }>('SELECT s::text AS row FROM schedules s WHERE id = $1', [
      schedule.id,
    ]);
    expect(row?.row).not.toContain('hunter2');

    pair.next = { left: 'x', right: 'y' };
    on.clock.set('2026-05-12T10:15:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    expect(await on.lastFiring(schedule)).toMatchObject({ result: 'started', code: null, reason: null });
    const [run] = await on.database.query('SELECT payload FROM operation_runs WHERE tenant_id = $1', [on.tenant.id]);
    expect(run).toEqual({ payload: { left: 'x', right: 'y' } });
  });

  it('note that no worker could be told, with the run that failed for it', async () => {
    const schedule = await on.aSchedule();
    const transport = on.one.get(JobTransport, { strict: false });
    const ring = transport.ring.bind(transport);
    transport.ring = () => Promise.reject(new Error('away'));
    try {
      on.clock.set('2026-05-12T10:05:00Z');
      await on.ticksOf(on.one).ring(schedule.id);
    } finally {
      transport.ring = ring;
    }
    const [run] = await on.runs();
    expect(await on.lastFiring(schedule)).toMatchObject({
      result: 'refused',
      code: 'dispatch.unavailable',
      reason: expect.stringContaining('could not be handed to a worker'),
      runId: run?.id,
    });
  });

  it('note what this version cannot start, and go on', async () => {
    const schedule = await on.aSchedule();
    const set = (column: string, value: string) =>
      on.database.query(`UPDATE schedules SET ${column} = $2 WHERE id = $1`, [schedule.id, value]);
    await set('kind', 'gone.away');
    on.clock.set('2026-05-12T10:05:00Z');
    await on.ticksOf(on.one).lookForDue();
    expect(await on.lastFiring(schedule)).toMatchObject({ code: 'schedules.kind_not_schedulable' });
    await set('kind', 'probe.note');
    await set('payload', '{"text": 5}');
    on.clock.set('2026-05-12T10:10:00Z');
    await on.ticksOf(on.one).lookForDue();
    expect(await on.lastFiring(schedule)).toMatchObject({ code: 'schedules.bad_payload' });
    expect(await on.runs()).toEqual([]);
  });
});
