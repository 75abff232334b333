import { Injectable } from '@nestjs/common';
import { asFilter } from '../../../platform/database/as-filter.js';
import { Database } from '../../../platform/database/database.js';
import type { Lane } from './run-claims.repository.js';
import { RUN_COLUMNS, RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

/** Rows of one pass; what is left is found by the next. */
export const AT_ONCE = 200;

/** Of few rows among many: in the order of the key itself, PostgreSQL would pass over the whole history to find them. */
const OLDEST_FIRST = 'ORDER BY id + 0';

/**
 * Finds runs that stand where no run may stand for long. Every repair re-checks its condition inside its own statement,
 * because what was found may be different by then.
 */
@Injectable()
export class RunRecoveryRepository {
  constructor(private readonly database: Database) {}

  /** Queued runs that the transport was never told of, for `seconds`. */
  undispatched(seconds: number): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `SELECT ${RUN_COLUMNS} FROM operation_runs
       WHERE status = 'queued' AND held_until IS NULL AND cancel_requested_at IS NULL AND dispatched_at IS NULL
         AND queued_at < now() - make_interval(secs => $1)
       ${OLDEST_FIRST} LIMIT ${AT_ONCE}`,
      [seconds],
    );
  }

  /**
   * Runs of one queue's lanes that were dispatched `seconds` ago or more and that a worker could take now, oldest first;
   * of a lane behind its limit only as many as have room.
   */
  overdue(lanes: readonly Lane[], seconds: number): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `WITH lane AS (
         SELECT * FROM unnest($1::text[], $2::integer[]) AS l (type, most)
       ), placed AS (
         SELECT a.id, a.created_at, a.due, a.most,
           row_number() OVER (PARTITION BY a.type, a.tenant_id ORDER BY a.due, a.created_at, a.id) AS place
         FROM (
           SELECT r.id, r.type, r.tenant_id, r.created_at, l.most, true AS due
           FROM lane l JOIN operation_runs r ON r.type = l.type AND r.status = 'queued' AND r.held_until IS NULL
           WHERE r.cancel_requested_at IS NULL AND r.dispatched_at < now() - make_interval(secs => $3)
             AND r.queued_at < now() - make_interval(secs => $3)
           UNION ALL
           SELECT r.id, r.type, r.tenant_id, r.created_at, l.most, false
           FROM lane l JOIN operation_runs r ON r.type = l.type AND r.status = 'running') a
       ), picked AS MATERIALIZED (
         SELECT id FROM placed WHERE due AND place <= most ORDER BY created_at, id LIMIT ${AT_ONCE}
       )
       SELECT ${RUN_COLUMNS_OF_R} FROM picked JOIN operation_runs r USING (id)
       ORDER BY r.created_at, r.id`,
      [
        lanes.map(({ kind }) => kind),
        lanes.map(({ limitPerTenant }) => Math.min(limitPerTenant, 2 ** 31 - 1)),
        seconds,
      ],
    );
  }

  /** Gives queued runs a new ring to be rung with; answers those that were still queued under the ring given. */
  redispatch(rows: readonly RunRow[], dispatched: boolean): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `WITH again AS (
         UPDATE operation_runs r
         SET dispatch_seq = r.dispatch_seq + 1, dispatched_at = CASE WHEN $3::boolean THEN now() END, updated_at = now()
         FROM unnest($1::bigint[], $2::integer[]) AS g (run_id, seq)
         WHERE r.id = g.run_id AND ${asFilter(`r.status = 'queued' AND r.dispatch_seq = g.seq`)}
         RETURNING ${RUN_COLUMNS_OF_R}
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
         SELECT tenant_id, id, 'redispatched', jsonb_build_object('reason', 'ring_missing') FROM again
       )
       SELECT * FROM again`,
      [rows.map(({ id }) => id), rows.map(({ dispatch_seq }) => dispatch_seq), dispatched],
    );
  }

  /** Running runs whose lease has run out. */
  expiredLeases(): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `SELECT ${RUN_COLUMNS} FROM operation_runs WHERE status = 'running' AND lease_expires_at < now()
       ${OLDEST_FIRST} LIMIT ${AT_ONCE}`,
    );
  }

  /** Puts a run whose lease has run out back into the queue; undefined when its worker came back meanwhile. */
  async requeue(row: RunRow, dispatched: boolean): Promise<RunRow | undefined> {
    const [requeued] = await this.database.query<RunRow>(
      `WITH requeued AS (
         UPDATE operation_runs
         SET status = 'queued', dispatch_seq = dispatch_seq + 1, dispatched_at = CASE WHEN $3::boolean THEN now() END,
           lease_expires_at = NULL, slot = NULL, queued_at = now(), updated_at = now()
         WHERE id = $1 AND ${asFilter(`status = 'running' AND lease_epoch = $2 AND lease_expires_at < now()`)}
         RETURNING ${RUN_COLUMNS}
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
         SELECT q.tenant_id, q.id, e.kind, e.detail FROM requeued q
         CROSS JOIN LATERAL (VALUES
           (1, 'lease_lost', jsonb_build_object('attempt', q.attempt)),
           (2, 'redispatched', jsonb_build_object('reason', 'lease_lost'))) AS e (ordinal, kind, detail)
         ORDER BY e.ordinal
       )
       SELECT * FROM requeued`,
      [row.id, row.lease_epoch, dispatched],
    );
    return requeued;
  }

  /** Queued runs that end without work: cancelled, held too long, or not taken for `seconds` by any worker. */
  hopeless(seconds: number): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `SELECT ${RUN_COLUMNS} FROM operation_runs
       WHERE status = 'queued' AND (cancel_requested_at IS NOT NULL OR held_until < now()
         OR (held_until IS NULL AND queued_at < now() - make_interval(secs => $1)))
       ${OLDEST_FIRST} LIMIT ${AT_ONCE}`,
      [seconds],
    );
  }

  /** Folds the counts that completions left behind into the totals; readers see the same sums before and after. */
  async foldTotals(): Promise<void> {
    await this.database.query(
      `WITH moved AS (
         DELETE FROM operation_run_total_deltas RETURNING tenant_id, type, outcome, runs, day
       ), days AS (
         INSERT INTO operation_run_days (tenant_id, day, outcome, runs)
         SELECT tenant_id, day, outcome, sum(runs) FROM moved WHERE day IS NOT NULL GROUP BY tenant_id, day, outcome
         ON CONFLICT (tenant_id, day, outcome) DO UPDATE SET runs = operation_run_days.runs + excluded.runs
       )
       INSERT INTO operation_run_totals (tenant_id, type, outcome, runs)
       SELECT tenant_id, type, outcome, sum(runs) FROM moved GROUP BY tenant_id, type, outcome
       ON CONFLICT (tenant_id, type, outcome) DO UPDATE SET runs = operation_run_totals.runs + excluded.runs`,
    );
  }
}
