import type { ItemResult, SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { Json } from '#libs/run-kit/src/run-type.js';
import type { SqlValue } from '../../../platform/database/database.js';
import { RUN_COLUMNS_OF_R, type CountedFailure } from './run-row.js';

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

type SqlStatement = [sql: string, parameters: SqlValue[]];

const ITEMS = `, items AS (
    INSERT INTO operation_run_items (tenant_id, run_id, item_id, kind, name, result, reason_code, reason)
    SELECT f.tenant_id, f.id, e.i ->> 'itemId', e.i ->> 'kind', e.i ->> 'name', e.i ->> 'result',
      e.i ->> 'reasonCode', e.i ->> 'reason'
    FROM jsonb_array_elements($9::jsonb) WITH ORDINALITY AS e (i, ordinal)
    JOIN finished f ON f.id = (e.i ->> 'runId')::bigint
    ORDER BY e.ordinal
  )`;

const WHAT_IS_HELD = `SELECT ${RUN_COLUMNS_OF_R} FROM finished r`;
/** From the left, so that it is asked even when no run was completed. */
const ALL_OR_NOTHING = `
  SELECT ${RUN_COLUMNS_OF_R} FROM (
    SELECT operation_runs_all_held((SELECT count(*) FROM finished), cardinality($1::bigint[])) AS ok) held
  LEFT JOIN finished r ON held.ok`;

function finishSql(items: string, answer: string): string {
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
  ${answer}`;
}

const FINISH = { bare: finishSql('', WHAT_IS_HELD), withItems: finishSql(ITEMS, WHAT_IS_HELD) };
const FINISH_ALL = { bare: finishSql('', ALL_OR_NOTHING), withItems: finishSql(ITEMS, ALL_OR_NOTHING) };

/** Completes the runs whose guard still holds, with items, events and totals, and answers their rows. */
export function finishStatement(finishes: readonly GuardedFinish[]): SqlStatement {
  return statementOf(finishes, FINISH);
}

/** The same, except that PostgreSQL refuses it when one of the guards does not hold. */
export function finishAllStatement(finishes: readonly GuardedFinish[]): SqlStatement {
  return statementOf(finishes, FINISH_ALL);
}

function statementOf(finishes: readonly GuardedFinish[], texts: typeof FINISH): SqlStatement {
  const column = <T>(pick: (of: GuardedFinish) => T): T[] => finishes.map(pick);
  const items = finishes.flatMap(({ guard, finish }) => finish.items.map((item) => ({ runId: guard.runId, ...item })));
  const parameters = [
    column(({ guard }) => guard.runId),
    column(({ guard }) => guard.by),
    column(({ guard }) => (guard.by === 'queued' ? guard.seq : guard.epoch)),
    column(({ finish }) => finish.outcome),
    column(({ finish }) => JSON.stringify(finish.counts)),
    column(({ finish }) => JSON.stringify(finish.failures)),
    column(({ finish }) => JSON.stringify(finish.context)),
    column(({ finish }) => finish.because ?? null),
  ];
  return items.length === 0 ? [texts.bare, parameters] : [texts.withItems, [...parameters, JSON.stringify(items)]];
}
