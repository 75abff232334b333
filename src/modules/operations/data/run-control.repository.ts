import { Injectable } from '@nestjs/common';
import { asFilter } from '../../../platform/database/as-filter.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { RUN_COLUMNS, RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

/** What a person changes about a run that is not completed. */
@Injectable()
export class RunControlRepository {
  constructor(private readonly database: TenantDatabase) {}

  async find(scope: TenantScope, runId: string): Promise<RunRow | undefined> {
    const [row] = await this.database.query<RunRow>(
      scope,
      `SELECT ${RUN_COLUMNS} FROM operation_runs WHERE tenant_id = $1 AND id = $2`,
      [runId],
    );
    return row;
  }

  /** Notes the wish that the run stops; the first wish stays. Undefined when the run is completed or not there. */
  async requestCancel(scope: TenantScope, runId: string, by: string): Promise<RunRow | undefined> {
    const [row] = await this.database.query<RunRow>(
      scope,
      `WITH before AS (
         SELECT id, cancel_requested_at IS NULL AS first FROM operation_runs
         WHERE tenant_id = $1 AND id = $2 AND status <> 'completed' FOR UPDATE
       ), asked AS (
         UPDATE operation_runs r SET cancel_requested_at = coalesce(cancel_requested_at, now()), updated_at = now()
         FROM before b WHERE r.tenant_id = $1 AND r.id = b.id
         RETURNING ${RUN_COLUMNS_OF_R}
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
         SELECT $1, id, 'cancel_requested', jsonb_build_object('by', $3::text) FROM before WHERE first
       )
       SELECT * FROM asked`,
      [runId, by],
    );
    return row;
  }

  /** Ends the hold of a queued run, so that it can be rung for. Undefined when it is not held any more. */
  async endHold(scope: TenantScope, runId: string, dispatched: boolean): Promise<RunRow | undefined> {
    const [row] = await this.database.query<RunRow>(
      scope,
      `WITH released AS (
         UPDATE operation_runs
         SET held_until = NULL, queued_at = now(), updated_at = now(), dispatch_seq = dispatch_seq + 1,
           dispatched_at = CASE WHEN $3::boolean THEN now() END
         WHERE tenant_id = $1 AND id = $2
           AND ${asFilter(`status = 'queued' AND held_until >= now() AND cancel_requested_at IS NULL`)}
         RETURNING ${RUN_COLUMNS}
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind) SELECT tenant_id, id, 'queued' FROM released
       )
       SELECT * FROM released`,
      [runId, dispatched],
    );
    return row;
  }
}
