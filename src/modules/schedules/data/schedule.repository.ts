import { Injectable } from '@nestjs/common';
import type { Json } from '#libs/run-kit/src/run-type.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { SCHEDULE_COLUMNS, type ScheduleRow } from './schedule-row.js';

/** What people set. */
export interface ScheduleValues {
  name: string;
  payload: Readonly<Record<string, Json>>;
  cron: string;
  timeZone: string;
  enabled: boolean;
  nextTickAt: Date;
}

export interface NewSchedule extends ScheduleValues {
  kind: string;
  createdBy: string | null;
  createdByName: string;
}

/** The schedules of one tenant, as its people keep them. */
@Injectable()
export class ScheduleRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Inserts a schedule unless the tenant has `most` already; undefined then. Must run in a transaction. */
  async insert(scope: TenantScope, schedule: NewSchedule, most: number): Promise<ScheduleRow | undefined> {
    // Without the lock, starts at the same moment would each still see room for one.
    await this.database.query(scope, `SELECT pg_advisory_xact_lock(hashtext('schedules'), hashtext($1::uuid::text))`);
    const [row] = await this.database.query<ScheduleRow>(
      scope,
      `INSERT INTO schedules
         (tenant_id, name, kind, payload, cron, time_zone, enabled, next_tick_at, created_by, created_by_name)
       SELECT $1::uuid, $2, $3, $4::jsonb, $5, $6, $7::boolean, $8::timestamptz, $9::uuid, $10
       WHERE (SELECT count(*) FROM schedules WHERE tenant_id = $1::uuid) < $11::integer
       RETURNING ${SCHEDULE_COLUMNS}`,
      [
        schedule.name,
        schedule.kind,
        JSON.stringify(schedule.payload),
        schedule.cron,
        schedule.timeZone,
        schedule.enabled,
        schedule.nextTickAt,
        schedule.createdBy,
        schedule.createdByName,
        most,
      ],
    );
    return row;
  }

  async find(scope: TenantScope, id: string): Promise<ScheduleRow | undefined> {
    const [row] = await this.database.query<ScheduleRow>(
      scope,
      `SELECT ${SCHEDULE_COLUMNS} FROM schedules WHERE tenant_id = $1 AND id = $2`,
      [id],
    );
    return row;
  }

  /** As {@link find}, and keeps others from changing it until the transaction ends. */
  async lock(scope: TenantScope, id: string): Promise<ScheduleRow | undefined> {
    const [row] = await this.database.query<ScheduleRow>(
      scope,
      `SELECT ${SCHEDULE_COLUMNS} FROM schedules WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
      [id],
    );
    return row;
  }

  /** Newest first, below the id `before`; at most `limit` rows. */
  page(scope: TenantScope, before: string | undefined, limit: number): Promise<ScheduleRow[]> {
    return this.database.query<ScheduleRow>(
      scope,
      `SELECT ${SCHEDULE_COLUMNS} FROM schedules
       WHERE tenant_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [before ?? null, limit],
    );
  }

  async update(scope: TenantScope, id: string, values: ScheduleValues): Promise<ScheduleRow | undefined> {
    const [row] = await this.database.query<ScheduleRow>(
      scope,
      `UPDATE schedules
       SET name = $3, payload = $4, cron = $5, time_zone = $6, enabled = $7, next_tick_at = $8, updated_at = now()
       WHERE tenant_id = $1 AND id = $2
       RETURNING ${SCHEDULE_COLUMNS}`,
      [
        id,
        values.name,
        JSON.stringify(values.payload),
        values.cron,
        values.timeZone,
        values.enabled,
        values.nextTickAt,
      ],
    );
    return row;
  }

  async delete(scope: TenantScope, id: string): Promise<ScheduleRow | undefined> {
    const [row] = await this.database.query<ScheduleRow>(
      scope,
      `DELETE FROM schedules WHERE tenant_id = $1 AND id = $2 RETURNING ${SCHEDULE_COLUMNS}`,
      [id],
    );
    return row;
  }
}
