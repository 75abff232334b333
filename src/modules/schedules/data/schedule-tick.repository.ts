import { Injectable } from '@nestjs/common';
import { asFilter } from '../../../platform/database/as-filter.js';
import { Database } from '../../../platform/database/database.js';
import type { FiringResult } from '../schedule.js';
import { SCHEDULE_COLUMNS, type ScheduleRow } from './schedule-row.js';

/** What is noted of a tick once it is settled. */
export interface TickNote {
  result: Exclude<FiringResult, 'starting'>;
  code: string | null;
  runId: string | null;
}

/** Rows looked at in one go; whoever sweeps looks again until there are none. */
const BATCH = 100;

/**
 * The scheduler's own reads and writes, each guarded inside the statement. It works across tenants, because a bell names
 * a schedule only, and its row the tenant.
 */
@Injectable()
export class ScheduleTickRepository {
  constructor(private readonly database: Database) {}

  /** The schedule when it is on and its tick has come by `by`. */
  async findDue(id: string, by: Date): Promise<ScheduleRow | undefined> {
    const [row] = await this.database.query<ScheduleRow>(
      `SELECT ${SCHEDULE_COLUMNS} FROM schedules WHERE id = $1 AND enabled AND next_tick_at <= $2`,
      [id, by],
    );
    return row;
  }

  /** Schedules that are on and whose tick has come by `by`, the longest due first. */
  due(by: Date): Promise<ScheduleRow[]> {
    return this.database.query<ScheduleRow>(
      `SELECT ${SCHEDULE_COLUMNS} FROM schedules WHERE enabled AND next_tick_at <= $1
       ORDER BY next_tick_at, id LIMIT ${BATCH}`,
      [by],
    );
  }

  /**
   * Takes the tick that `seen` waits for and puts the next one in its place. Undefined when another delivery took it or
   * a person changed the schedule since it was read: this tick is then not the caller's.
   */
  async take(seen: ScheduleRow, now: Date, next: Date): Promise<ScheduleRow | undefined> {
    const [row] = await this.database.query<ScheduleRow>(
      `UPDATE schedules
       SET last_tick_at = next_tick_at, next_tick_at = $5, last_fired_at = $6, last_result = 'starting',
         last_code = NULL, last_run_id = NULL
       WHERE id = $1 AND ${asFilter('enabled AND next_tick_at = $2')} AND cron = $3 AND time_zone = $4
       RETURNING ${SCHEDULE_COLUMNS}`,
      [seen.id, seen.next_tick_at, seen.cron, seen.time_zone, next, now],
    );
    return row;
  }

  /** Ticks that a worker took before `before` and never settled. */
  interrupted(before: Date): Promise<ScheduleRow[]> {
    return this.database.query<ScheduleRow>(
      `SELECT ${SCHEDULE_COLUMNS} FROM schedules WHERE last_result = 'starting' AND last_fired_at < $1
       ORDER BY last_fired_at, id LIMIT ${BATCH}`,
      [before],
    );
  }

  /** Takes over an interrupted tick. Undefined when another worker did, or settled it after all. */
  async takeOver(seen: ScheduleRow, now: Date): Promise<ScheduleRow | undefined> {
    const [row] = await this.database.query<ScheduleRow>(
      `UPDATE schedules SET last_fired_at = $3
       WHERE id = $1 AND last_result = 'starting' AND last_fired_at = $2
       RETURNING ${SCHEDULE_COLUMNS}`,
      [seen.id, seen.last_fired_at, now],
    );
    return row;
  }

  /** Notes what became of a tick that was taken; nothing when it was taken over or a later one taken meanwhile. */
  async settle(taken: ScheduleRow, note: TickNote): Promise<void> {
    await this.database.query(
      `UPDATE schedules SET last_result = $4, last_code = $5, last_run_id = $6
       WHERE id = $1 AND last_tick_at = $2 AND last_fired_at = $3 AND last_result = 'starting'`,
      [taken.id, taken.last_tick_at, taken.last_fired_at, note.result, note.code, note.runId],
    );
  }

  /** All schedules that are on. */
  enabled(): Promise<Pick<ScheduleRow, 'id' | 'cron' | 'time_zone'>[]> {
    return this.database.query(`SELECT id, cron, time_zone FROM schedules WHERE enabled ORDER BY id`);
  }

  async countEnabled(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM schedules WHERE enabled`,
    );
    return row?.count ?? 0;
  }
}
