import { describe, expect, it } from '@jest/globals';
import { TickingSchedulers } from './ticking-schedulers.js';

// Real here: PostgreSQL, the run engine with its workers, two processes' worth of schedulers. The clock is the test's.

describe('the ticks of a schedule whose worker was lost in the act', () => {
  const on = new TickingSchedulers();

  const take = async (id: string): Promise<void> => {
    await on.database.query(
      `UPDATE schedules SET last_tick_at = next_tick_at, next_tick_at = next_tick_at + interval '5 minutes',
         last_fired_at = $2, last_result = 'starting' WHERE id = $1`,
      [id, on.clock.now()],
    );
  };

  it('are taken up again by one worker after a minute, not before', async () => {
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:05:00Z');
    await take(schedule.id);
    expect(await on.lastFiring(schedule)).toMatchObject({ result: 'starting' });
    on.clock.set('2026-05-12T10:05:59Z');
    expect(await on.ticksOf(on.one).lookForInterrupted()).toBe(0);
    on.clock.set('2026-05-12T10:06:01Z');
    const taken = await Promise.all([
      on.ticksOf(on.one).lookForInterrupted(),
      on.ticksOf(on.other).lookForInterrupted(),
    ]);
    expect(taken[0] + taken[1]).toBe(1);
    expect(await on.runs()).toHaveLength(1);
    expect(await on.lastFiring(schedule)).toMatchObject({
      tick: '2026-05-12T10:05:00.000Z',
      firedAt: '2026-05-12T10:06:01.000Z',
      result: 'started',
    });
  });

  it('answer the run that the lost worker had started, while it is active', async () => {
    on.holdRuns();
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:05:00Z');
    await on.ticksOf(on.one).ring(schedule.id);
    await on.database.query(
      `UPDATE schedules SET last_result = 'starting', last_run_id = NULL WHERE id = $1`, // killed before it was noted
      [schedule.id],
    );
    on.clock.set('2026-05-12T10:07:00Z');
    await on.ticksOf(on.other).lookForInterrupted();
    const [run, ...more] = await on.runs();
    expect(more).toEqual([]);
    expect(await on.lastFiring(schedule)).toMatchObject({ runId: run?.id });
  });

  it('start nothing once the schedule is off', async () => {
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:05:00Z');
    await take(schedule.id);
    await on.schedules.update(on.tenant.scope, on.keeper, schedule.id, { enabled: false });
    on.clock.set('2026-05-12T10:07:00Z');
    expect(await on.ticksOf(on.one).lookForInterrupted()).toBe(1);
    expect(await on.runs()).toEqual([]);
    expect(await on.lastFiring(schedule)).toMatchObject({ result: 'refused', code: 'schedules.interrupted' });
  });

  it('give way to the next tick when that has come too', async () => {
    const schedule = await on.aSchedule();
    on.clock.set('2026-05-12T10:05:00Z');
    await take(schedule.id);
    on.clock.set('2026-05-12T11:00:00Z');
    expect(await on.ticksOf(on.one).lookForDue()).toBe(1);
    expect(await on.ticksOf(on.one).lookForInterrupted()).toBe(0);
    expect(await on.runs()).toHaveLength(1);
  });
});
