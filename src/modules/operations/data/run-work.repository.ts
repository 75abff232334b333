import { Injectable } from '@nestjs/common';
import type { ItemResult, SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { Json } from '#libs/run-kit/src/run-type.js';
import { Database } from '../../../platform/database/database.js';
import { RUN_COLUMNS_OF_R, type CountedFailure, type RunRow } from './run-row.js';

/** Who may write to a run: the worker that holds its present epoch. */
export interface Lease {
  runId: string;
  epoch: number;
}

/**
 * Who may complete a run: the holder of its lease; whoever saw that ring of it still queued; or, once the lease has run
 * out, whoever saw that epoch expire.
 */
export type FinishGuard =
  | { by: 'lease'; runId: string; epoch: number }
  | { by: 'queued'; runId: string; seq: number }
  | { by: 'expired'; runId: string; epoch: number };

export interface FinishedItem {
  itemId: string;
  kind: string;
  name: string | null;
  result: ItemResult;
  reasonCode: string | null;
  reason: string | null;
}

export interface Finish {
  outcome: TerminalOutcome;
  counts: SummaryCounts;
  failures: CountedFailure[];
  context: Record<string, Json>;
  items: readonly FinishedItem[];
  /** What the run's history says before its completion, when somebody else than its worker completed it. */
  because?: RunRepair;
}

/** Why the engine itself ended a run. */
export type RunRepair = 'lease_lost' | 'queue_expired' | 'hold_expired';

export interface GuardedFinish {
  guard: FinishGuard;
  finish: Finish;
}

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
       WHERE id = $1 AND status = 'running' AND lease_epoch = $2
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
    const column = <T>(pick: (of: GuardedFinish) => T): T[] => finishes.map(pick);
    const items = finishes.flatMap(({ guard, finish }) =>
      finish.items.map((item) => ({ runId: guard.runId, ...item })),
    );
    const parameters = [
      column(({ guard }) => guard.runId),
      column(({ guard }) => guard.by),
      column(({ guard }) => (guard.by === 'queued' ? guard.seq : guard.epoch)),
      column(({ finish }) => finish.outcome),
      column(({ finish }) => JSON.stringify(finish.counts)),
      column(({ finish }) => JSON.stringify(finish.failures)),
      column(({ finish }) => JSON.stringify(finish.context)),
      column(({ finish }) => finish.because ?? null),
      ...(items.length === 0 ? [] : [JSON.stringify(items)]),
    ];
    return this.database.query<RunRow>(items.length === 0 ? FINISH : FINISH_WITH_ITEMS, parameters, {
      prepared: true,
      generic: true,
    });
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

  /** Whether a run of these kinds waits for a worker, in any tenant. */
  async isWaiting(kinds: readonly string[]): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM operation_runs
       WHERE type = ANY ($1::text[]) AND status = 'queued' AND held_until IS NULL LIMIT 1`,
      [kinds],
      { prepared: true, generic: true },
    );
    return rows.length > 0;
  }
}

const ITEMS = `, items AS (
    INSERT INTO operation_run_items (tenant_id, run_id, item_id, kind, name, result, reason_code, reason)
    SELECT f.tenant_id, f.id, e.i ->> 'itemId', e.i ->> 'kind', e.i ->> 'name', e.i ->> 'result',
      e.i ->> 'reasonCode', e.i ->> 'reason'
    FROM jsonb_array_elements($9::jsonb) WITH ORDINALITY AS e (i, ordinal)
    JOIN finished f ON f.id = (e.i ->> 'runId')::bigint
    ORDER BY e.ordinal
  )`;

function finishSql(items: string): string {
  return `
  WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[],
      $8::text[]) AS g (run_id, held_by, token, result, counts, failures, added, because)
  ), finished AS (
    UPDATE operation_runs r
    SET status = 'completed', outcome = g.result, completed_at = now(), updated_at = now(), lease_expires_at = NULL,
      slot = NULL, held_until = NULL, summary_counts = g.counts, failure_summary = g.failures,
      context = r.context || g.added
    FROM given g
    WHERE r.id = g.run_id AND CASE g.held_by
      WHEN 'lease' THEN r.status = 'running' AND r.lease_epoch = g.token
      WHEN 'queued' THEN r.status = 'queued' AND r.dispatch_seq = g.token
      WHEN 'expired' THEN r.status = 'running' AND r.lease_epoch = g.token AND r.lease_expires_at < now()
      ELSE false END
    RETURNING ${RUN_COLUMNS_OF_R}
  )${items}, event AS (
    INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
    SELECT f.tenant_id, f.id, e.kind, e.detail FROM finished f JOIN given g ON g.run_id = f.id
    CROSS JOIN LATERAL (VALUES
      (1, g.because, jsonb_build_object('attempt', f.attempt)),
      (2, 'completed', jsonb_build_object('outcome', f.outcome))) AS e (ordinal, kind, detail)
    WHERE e.kind IS NOT NULL ORDER BY f.id, e.ordinal
  ), totals AS (
    INSERT INTO operation_run_total_deltas (tenant_id, type, outcome, runs)
    SELECT tenant_id, type, outcome, count(*) FROM finished GROUP BY tenant_id, type, outcome
  )
  SELECT ${RUN_COLUMNS_OF_R} FROM finished r`;
}

const FINISH = finishSql('');
const FINISH_WITH_ITEMS = finishSql(ITEMS);
