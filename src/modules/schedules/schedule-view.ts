import { cronTimes } from '../../platform/queue/cron-times.js';
import type { ScheduleRow } from './data/schedule-row.js';
import type { FiringView, ScheduleView } from './schedule.js';
import type { ScheduleKinds } from './schedule-kinds.js';
import { TICK_REASONS } from './schedules.errors.js';

/** How many ticks ahead a schedule tells. */
export const NEXT_RUNS = 5;

/** The row for people, at the time `now`. */
export function viewOf(row: ScheduleRow, kinds: Pick<ScheduleKinds, 'describe'>, now: Date): ScheduleView {
  const { label, reasons } = kinds.describe(row.kind);
  const next = row.enabled ? cronTimes(row.cron, row.time_zone, now, NEXT_RUNS) : [];
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    label,
    payload: row.payload,
    cron: row.cron,
    timeZone: row.time_zone,
    enabled: row.enabled,
    createdByName: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    nextRuns: next.map((time) => time.toISOString()),
    lastFiring: firingOf(row, reasons),
  };
}

function firingOf(row: ScheduleRow, reasons: Readonly<Record<string, string>>): FiringView | null {
  const { last_tick_at: tick, last_fired_at: firedAt, last_result: result, last_code: code } = row;
  if (!tick || !firedAt || !result) return null;
  return {
    tick: tick.toISOString(),
    firedAt: firedAt.toISOString(),
    result,
    code,
    reason: code === null ? null : (TICK_REASONS[code] ?? reasons[code] ?? null),
    runId: row.last_run_id,
  };
}
