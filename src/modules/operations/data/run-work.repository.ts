import { Injectable } from '@nestjs/common';
import type { SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import { asFilter } from '../../../platform/database/as-filter.js';
import { Database } from '../../../platform/database/database.js';
import { finishAllStatement, finishStatement, type GuardedFinish } from './finish-statement.js';
import type { RunRow } from './run-row.js';

/** Who may write to a run: the worker that holds its present epoch. */
export interface Lease {
  runId: string;
  epoch: number;
}

const FOREIGN_KEY_VIOLATION = '23503';

/**
 * The writes of whoever works runs, each guarded by epoch or sequence inside the statement. It works across tenants,
 * because a worker learns a run's tenant only from its row.
 */
@Injectable()
export class RunWorkRepository {
  constructor(private readonly database: Database) {}

  /**
   * Prolongs the lease and, when given, writes progress. Answers whether a cancel was asked for; undefined when the
   * lease is lost, after which nothing more may be written.
   */
  async heartbeat(
    lease: Lease,
    counts: SummaryCounts | undefined,
    leaseSeconds: number,
  ): Promise<{ cancelRequested: boolean } | undefined> {
    const [row] = await this.database.query<{ cancel_requested_at: Date | null }>(
      `UPDATE operation_runs
       SET lease_expires_at = now() + make_interval(secs => $4), updated_at = now(),
         summary_counts = coalesce($3::jsonb, summary_counts)
       WHERE id = $1 AND ${asFilter(`status = 'running' AND lease_epoch = $2`)}
       RETURNING cancel_requested_at`,
      [lease.runId, lease.epoch, counts ? JSON.stringify(counts) : null, leaseSeconds],
      { prepared: true, generic: true },
    );
    return row ? { cancelRequested: row.cancel_requested_at !== null } : undefined;
  }

  /**
   * Completes runs with their items, events and totals; answers the rows of those whose guard still held, in no order.
   * For the others nothing was written. `finishes` holds no run twice.
   */
  finish(finishes: readonly GuardedFinish[]): Promise<RunRow[]> {
    const [sql, parameters] = finishStatement(finishes);
    return this.database.query<RunRow>(sql, parameters, { prepared: true, generic: true });
  }

  /**
   * Completes all of the runs when the open transaction sends its next statement or commits; where a guard does not hold
   * any more, PostgreSQL refuses the transaction.
   * @returns what answers the rows once it has committed, in no order
   */
  finishAll(finishes: readonly GuardedFinish[]): () => RunRow[] {
    const [sql, parameters] = finishAllStatement(finishes);
    return this.database.writeReturning<RunRow>(sql, parameters, { prepared: true, generic: true });
  }

  /**
   * Puts a running run back into the queue under a new ring, because its worker gives it up. Answers the new ring;
   * undefined when the lease was already lost.
   */
  async release(lease: Lease): Promise<number | undefined> {
    const [row] = await this.database.query<{ dispatch_seq: number }>(
      `WITH released AS (
         UPDATE operation_runs
         SET status = 'queued', dispatch_seq = dispatch_seq + 1, attempt = attempt - 1, dispatched_at = NULL,
           lease_expires_at = NULL, slot = NULL, queued_at = now(), updated_at = now()
         WHERE id = $1 AND ${asFilter(`status = 'running' AND lease_epoch = $2`)}
         RETURNING tenant_id, id, dispatch_seq
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind) SELECT tenant_id, id, 'released' FROM released
       )
       SELECT dispatch_seq FROM released`,
      [lease.runId, lease.epoch],
    );
    return row?.dispatch_seq;
  }

  /** Whether a run of these kinds waits for a worker, in any tenant. */
  async isWaiting(kinds: readonly string[]): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM unnest($1::text[]) AS k (type) CROSS JOIN LATERAL (
         SELECT FROM operation_runs r WHERE r.type = k.type AND r.status = 'queued' AND r.held_until IS NULL
         ORDER BY r.tenant_id, r.created_at, r.id LIMIT 1) w LIMIT 1`,
      [kinds],
      { prepared: true, generic: true },
    );
    return rows.length > 0;
  }
}

/** Whether a transaction was refused because a run that it completes is not its writer's any more. */
export function isRefusedAsLost(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'operation_runs_all_held';
}

/** Whether it was refused because somebody it tells of was removed meanwhile. */
export function isOfSomebodyGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION;
}
