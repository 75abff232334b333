import { Injectable } from '@nestjs/common';
import type { SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { Json } from '#libs/run-kit/src/run-type.js';
import { Database } from '../../../platform/database/database.js';
import { RUN_COLUMNS, type RunRow } from './run-row.js';

/** How long a claim is good without a heartbeat; four heartbeats fit, so one lost beat loses nothing. */
const LEASE_SECONDS = 60;

/** Who may write to a run: the worker that holds its present epoch. */
export interface Lease {
  runId: string;
  epoch: number;
}

/** Who may complete a run: the holder of its lease, or, while it is queued, the ring that could not be delivered. */
export type FinishGuard = { lease: Lease } | { queuedSeq: number; runId: string };

export interface FinishedItem {
  itemId: string;
  kind: string;
  result: string;
  reasonCode: string | null;
  reason: string | null;
}

export interface Finish {
  outcome: TerminalOutcome;
  counts: SummaryCounts;
  failures: { code: string; message: string; count: number }[];
  context: Record<string, Json>;
  items: readonly FinishedItem[];
}

/**
 * The engine's own writes to runs, each guarded by epoch or sequence inside the statement. It works across tenants,
 * because a worker learns a run's tenant only from its row.
 */
@Injectable()
export class RunWorkRepository {
  constructor(private readonly database: Database) {}

  /** Takes a queued run for ring `seq`. Undefined when the ring is stale: acknowledge and drop it. */
  async claim(runId: string, seq: number): Promise<RunRow | undefined> {
    const [row] = await this.database.query<RunRow>(
      `WITH claimed AS (
         UPDATE operation_runs
         SET status = 'running', lease_epoch = lease_epoch + 1, attempt = attempt + 1, updated_at = now(),
           lease_expires_at = now() + make_interval(secs => ${LEASE_SECONDS}),
           started_at = coalesce(started_at, now()), dispatched_at = coalesce(dispatched_at, now())
         WHERE id = $1 AND status = 'queued' AND dispatch_seq = $2
         RETURNING ${RUN_COLUMNS}
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
         SELECT tenant_id, id, 'claimed', jsonb_build_object('attempt', attempt) FROM claimed
       )
       SELECT * FROM claimed`,
      [runId, seq],
    );
    return row;
  }

  /**
   * Prolongs the lease and, when given, writes progress. Answers whether a cancel was asked for; undefined when the
   * lease is lost, after which nothing more may be written.
   */
  async heartbeat(lease: Lease, counts: SummaryCounts | undefined): Promise<{ cancelRequested: boolean } | undefined> {
    const [row] = await this.database.query<{ cancel_requested_at: Date | null }>(
      `UPDATE operation_runs
       SET lease_expires_at = now() + make_interval(secs => ${LEASE_SECONDS}), updated_at = now(),
         summary_counts = coalesce($3::jsonb, summary_counts)
       WHERE id = $1 AND status = 'running' AND lease_epoch = $2
       RETURNING cancel_requested_at`,
      [lease.runId, lease.epoch, counts ? JSON.stringify(counts) : null],
    );
    return row ? { cancelRequested: row.cancel_requested_at !== null } : undefined;
  }

  /**
   * Completes a run with its items, event and totals. Undefined when the guard no longer holds: then nothing was
   * written. Must run in a transaction.
   */
  async finish(guard: FinishGuard, finish: Finish): Promise<RunRow | undefined> {
    const leased = 'lease' in guard;
    const [row] = await this.database.query<RunRow>(
      `WITH finished AS (
         UPDATE operation_runs
         SET status = 'completed', outcome = $3, completed_at = now(), updated_at = now(), lease_expires_at = NULL,
           summary_counts = $4, failure_summary = $5, context = context || $6
         WHERE id = $1 AND ${leased ? `status = 'running' AND lease_epoch = $2` : `status = 'queued' AND dispatch_seq = $2`}
         RETURNING ${RUN_COLUMNS}
       ), items AS (
         INSERT INTO operation_run_items (tenant_id, run_id, item_id, kind, result, reason_code, reason)
         SELECT f.tenant_id, f.id, e.i ->> 'itemId', e.i ->> 'kind', e.i ->> 'result', e.i ->> 'reasonCode',
           e.i ->> 'reason'
         FROM finished f, jsonb_array_elements($7::jsonb) WITH ORDINALITY AS e (i, ordinal)
         ORDER BY e.ordinal
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
         SELECT tenant_id, id, 'completed', jsonb_build_object('outcome', outcome) FROM finished
       ), totals AS (
         INSERT INTO operation_run_totals (tenant_id, type, outcome, runs)
         SELECT tenant_id, type, outcome, 1 FROM finished
         ON CONFLICT (tenant_id, type, outcome) DO UPDATE SET runs = operation_run_totals.runs + 1
       )
       SELECT * FROM finished`,
      [
        leased ? guard.lease.runId : guard.runId,
        leased ? guard.lease.epoch : guard.queuedSeq,
        finish.outcome,
        JSON.stringify(finish.counts),
        JSON.stringify(finish.failures),
        JSON.stringify(finish.context),
        JSON.stringify(finish.items),
      ],
    );
    return row;
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
           lease_expires_at = NULL, updated_at = now()
         WHERE id = $1 AND status = 'running' AND lease_epoch = $2
         RETURNING tenant_id, id, dispatch_seq
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind) SELECT tenant_id, id, 'released' FROM released
       )
       SELECT dispatch_seq FROM released`,
      [lease.runId, lease.epoch],
    );
    return row?.dispatch_seq;
  }
}
