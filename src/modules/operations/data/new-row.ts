import { NO_COUNTS } from '#libs/run-kit/src/run-outcome.js';
import type { Json, RunSubject } from '#libs/run-kit/src/run-type.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { RunRow } from './run-row.js';

export interface NewRun {
  tenantId: string;
  actor: Actor;
  kind: string;
  /** 64 hexadecimal digits. */
  identity: string;
  payload: Readonly<Record<string, Json>>;
  subject: RunSubject | undefined;
  correlationId: string;
  traceParent: string | undefined;
  retryOf: string | undefined;
  /** Waits for a person until then; no worker takes it before it is released. */
  heldUntil: Date | undefined;
}

/** The row of a run before it is inserted: all of it but the times, which are PostgreSQL's. */
export type RowToBe = Omit<RunRow, 'dispatched_at' | 'queued_at' | 'created_at' | 'updated_at'>;

/** A run with the row that it will have. */
export interface NumberedRun {
  identity: string;
  row: RowToBe;
}

/** As `RunStartsRepository.insert` writes it, with the table's defaults; a test holds this to what is then read. */
export function rowToBe(id: string, run: NewRun): RowToBe {
  return {
    id,
    tenant_id: run.tenantId,
    user_id: run.actor.kind === 'user' ? run.actor.userId : null,
    initiator_name: run.actor.name,
    type: run.kind,
    status: 'queued',
    outcome: 'pending',
    payload: run.payload,
    context: {},
    subject_type: run.subject?.type ?? null,
    subject_id: run.subject?.id ?? null,
    subject_name: run.subject?.name ?? null,
    summary_counts: NO_COUNTS,
    failure_summary: [],
    correlation_id: run.correlationId,
    trace_parent: run.traceParent ?? null,
    dispatch_seq: 1,
    lease_epoch: 0,
    lease_expires_at: null,
    attempt: 0,
    retry_of: run.retryOf ?? null,
    cancel_requested_at: null,
    held_until: run.heldUntil ?? null,
    claimed_at: null,
    started_at: null,
    completed_at: null,
  };
}
