import { describe, expect, it } from '@jest/globals';
import type { Run, RunEvent } from '../../api/operations';
import { timelineEntries } from './timeline-entries';

const NOW = Date.parse('2026-11-21T10:02:00Z');
const at = (seconds: number): string => new Date(Date.parse('2026-11-21T10:00:00Z') + seconds * 1_000).toISOString();

const RUN = {
  status: 'running',
  outcome: 'pending',
  attempt: 1,
  heldUntil: null,
  heartbeat: { at: at(110), lostAt: at(170) },
  startedAt: at(5),
  summaryCounts: { total: 120, processed: 74, success: 72, failed: 2, skipped: 0 },
} as unknown as Run;

const event = (kind: string, seconds: number, detail: Record<string, unknown> = {}): RunEvent => ({
  id: `${kind} ${seconds}`,
  at: at(seconds),
  kind,
  detail,
});

const lines = (run: Run, events: RunEvent[]): string[] =>
  timelineEntries(run, events, NOW).map(({ title, details }) => [title, ...details].join(' | '));

describe('the timeline of a run', () => {
  it('tells of waits, and ends with what goes on now', () => {
    expect(lines(RUN, [event('queued', 0), event('dispatched', 1), event('claimed', 5, { attempt: 1 })])).toEqual([
      'Queued',
      'Handed to the worker queue',
      'Taken by a worker | after waiting 4 s',
      'Working: 74/120 · 2 failed | for 1 min 55 s | last heartbeat 10 s ago',
    ]);
  });

  it('tells of a repair and its cause', () => {
    const events = [
      event('claimed', 5, { attempt: 1 }),
      event('lease_lost', 65, { attempt: 1 }),
      event('redispatched', 65, { reason: 'lease_lost' }),
      event('claimed', 70, { attempt: 2 }),
    ];
    expect(lines(RUN, events).slice(1, 4)).toEqual([
      'Its worker was lost: no heartbeat | after working 1 min 00 s',
      'Repaired: handed to the worker queue again | its worker was lost',
      'Taken by a worker | after waiting 5 s | attempt 2',
    ]);
  });

  it('ends with the outcome, and says nothing of now', () => {
    const run = { ...RUN, status: 'completed', outcome: 'partially_succeeded', heartbeat: null } as Run;
    const events = [event('claimed', 5), event('completed', 65, { outcome: 'partially_succeeded' })];
    expect(lines(run, events)).toEqual([
      'Taken by a worker',
      'Finished: partially succeeded | after working 1 min 00 s',
    ]);
  });

  it('says what a queued run waits for, and nothing of a worker while a person is waited for', () => {
    const queued = { ...RUN, status: 'queued', startedAt: null, heartbeat: null } as Run;
    expect(lines(queued, [event('queued', 0)])).toEqual(['Queued', 'Waits for a worker | for 2 min 00 s']);
    const held = { ...queued, heldUntil: at(3_600) };
    expect(lines(held, [event('held', 0)])).toEqual(['Held: waits for a person']);
  });

  it('shows a step that it does not know by its name', () => {
    expect(lines({ ...RUN, status: 'completed', outcome: 'failed' }, [event('moved_house', 1, { toRoom: 7 })])).toEqual(
      ['Moved house | To room: 7'],
    );
  });
});
