import type { RunOutcome, SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import type { Json } from '#libs/run-kit/src/run-type.js';

export type RunStatus = 'queued' | 'running' | 'completed';

/** A failure as it is stored: a code of the catalogue, its sentence, and how often it happened. */
export interface CountedFailure {
  code: string;
  message: string;
  count: number;
}

/** A row of `operation_runs` as `pg` answers it: bigint as text, times as dates. */
export interface RunRow {
  id: string;
  tenant_id: string;
  user_id: string | null;
  initiator_name: string;
  type: string;
  status: RunStatus;
  outcome: RunOutcome;
  payload: Record<string, Json>;
  context: Record<string, Json>;
  subject_type: string | null;
  subject_id: string | null;
  subject_name: string | null;
  summary_counts: SummaryCounts;
  failure_summary: CountedFailure[];
  correlation_id: string;
  trace_parent: string | null;
  dispatch_seq: number;
  dispatched_at: Date | null;
  lease_epoch: number;
  lease_expires_at: Date | null;
  attempt: number;
  retry_of: string | null;
  cancel_requested_at: Date | null;
  held_until: Date | null;
  queued_at: Date;
  claimed_at: Date | null;
  started_at: Date | null;
  completed_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = [
  'id',
  'tenant_id',
  'user_id',
  'initiator_name',
  'type',
  'status',
  'outcome',
  'payload',
  'context',
  'subject_type',
  'subject_id',
  'subject_name',
  'summary_counts',
  'failure_summary',
  'correlation_id',
  'trace_parent',
  'dispatch_seq',
  'dispatched_at',
  'lease_epoch',
  'lease_expires_at',
  'attempt',
  'retry_of',
  'cancel_requested_at',
  'held_until',
  'queued_at',
  'claimed_at',
  'started_at',
  'completed_at',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof RunRow)[];

/** What only the engine reads. */
const ENGINE_COLUMNS = [
  'correlation_id',
  'trace_parent',
  'dispatch_seq',
  'dispatched_at',
  'lease_epoch',
  'queued_at',
  'claimed_at',
] as const satisfies readonly (keyof RunRow)[];

/** A run as it is shown: a list reads many, and half of what a row costs is its columns. */
export type ShownRow = Omit<RunRow, (typeof ENGINE_COLUMNS)[number]>;

/** The columns of {@link RunRow}, for every statement that answers one. */
export const RUN_COLUMNS = COLUMNS.join(', ');

/** The same columns of the table that the statement calls `r`. */
export const RUN_COLUMNS_OF_R = COLUMNS.map((column) => `r.${column}`).join(', ');

/** The columns of {@link ShownRow}, of the table that the statement calls `r`. */
export const SHOWN_COLUMNS_OF_R = COLUMNS.filter((column) => !isOfEngine(column))
  .map((column) => `r.${column}`)
  .join(', ');

function isOfEngine(column: keyof RunRow): boolean {
  return (ENGINE_COLUMNS as readonly (keyof RunRow)[]).includes(column);
}
