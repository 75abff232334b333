import { Injectable } from '@nestjs/common';
import type { Json, RunSubject } from '#libs/run-kit/src/run-type.js';
import type { Actor } from '../../../platform/context/actor.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { RUN_COLUMNS, type RunRow } from './run-row.js';

export interface NewRun {
  actor: Actor;
  kind: string;
  identity: Buffer;
  payload: Readonly<Record<string, Json>>;
  subject: RunSubject | undefined;
  correlationId: string;
  /** True when row and job commit together, so that the row is born dispatched. */
  dispatched: boolean;
}

/** Inserts runs and finds the active one with the same identity. */
@Injectable()
export class RunStartsRepository {
  constructor(private readonly database: TenantDatabase) {}

  /**
   * Inserts the run with its `queued` event, or answers the active run with the same identity. Undefined when neither
   * was there: another start inserted it after this statement's snapshot was taken, or it completed meanwhile.
   */
  async insertOrFind(scope: TenantScope, run: NewRun): Promise<{ row: RunRow; created: boolean } | undefined> {
    const [found] = await this.database.query<RunRow & { created: boolean }>(
      scope,
      `WITH inserted AS (
         INSERT INTO operation_runs (tenant_id, user_id, initiator_name, type, run_identity_hash, payload,
           subject_type, subject_id, subject_name, correlation_id, dispatched_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $11::boolean THEN now() END)
         ON CONFLICT (tenant_id, run_identity_hash) WHERE status IN ('queued', 'running') DO NOTHING
         RETURNING ${RUN_COLUMNS}
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind)
         SELECT tenant_id, id, 'queued' FROM inserted
       )
       SELECT *, true AS created FROM inserted
       UNION ALL
       SELECT ${RUN_COLUMNS}, false AS created FROM operation_runs
       WHERE tenant_id = $1 AND run_identity_hash = $5 AND status IN ('queued', 'running')
       LIMIT 1`,
      [
        run.actor.kind === 'user' ? run.actor.userId : null,
        run.actor.name,
        run.kind,
        run.identity,
        JSON.stringify(run.payload),
        run.subject?.type ?? null,
        run.subject?.id ?? null,
        run.subject?.name ?? null,
        run.correlationId,
        run.dispatched,
      ],
    );
    if (!found) return undefined;
    const { created, ...row } = found;
    return { row, created };
  }

  /** Notes that the transport took ring `seq`; a run that moved on meanwhile is left alone. */
  async markDispatched(scope: TenantScope, runId: string, seq: number): Promise<void> {
    await this.database.query(
      scope,
      `WITH dispatched AS (
         UPDATE operation_runs SET dispatched_at = now(), updated_at = now()
         WHERE tenant_id = $1 AND id = $2 AND dispatch_seq = $3 AND dispatched_at IS NULL AND status <> 'completed'
         RETURNING tenant_id, id
       )
       INSERT INTO operation_run_events (tenant_id, run_id, kind) SELECT tenant_id, id, 'dispatched' FROM dispatched`,
      [runId, seq],
    );
  }
}
