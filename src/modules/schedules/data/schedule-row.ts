import type { Json } from '#libs/run-kit/src/run-type.js';
import type { FiringResult } from '../schedule.js';

/** A row of `schedules` as `pg` answers it: bigint as text, times as dates. */
export interface ScheduleRow {
  id: string;
  tenant_id: string;
  name: string;
  kind: string;
  payload: Record<string, Json>;
  cron: string;
  time_zone: string;
  enabled: boolean;
  created_by_name: string;
  created_at: Date;
  updated_at: Date;
  /** The tick that is waited for. */
  next_tick_at: Date;
  last_tick_at: Date | null;
  last_fired_at: Date | null;
  last_result: FiringResult | null;
  last_code: string | null;
  last_run_id: string | null;
}

/** The columns of {@link ScheduleRow}, for every statement that answers one. */
export const SCHEDULE_COLUMNS = `id, tenant_id, name, kind, payload, cron, time_zone, enabled, created_by_name,
  created_at, updated_at, next_tick_at, last_tick_at, last_fired_at, last_result, last_code, last_run_id`;
