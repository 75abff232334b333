import type { RunOutcome, SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import type { Json, RelatedLink } from '#libs/run-kit/src/run-type.js';
import type { RunStatus, ShownRow } from './data/run-row.js';
import type { RunRegistry } from './registry/run-registry.js';

export const RUN_BUCKETS = ['Queued', 'Running', 'Succeeded', 'Partially succeeded', 'Failed', 'Cancelled'] as const;
export type RunBucket = (typeof RUN_BUCKETS)[number];

export interface RunLinks {
  self: string;
  ui: string;
  related: RelatedLink[];
}

/** The signs of life of a run's worker. */
export interface RunHeartbeat {
  /** When the newest came, or a little later: a wish to cancel counts too, as the row keeps one time for both. */
  at: string;
  /** Without another until then, the run is taken from its worker. */
  lostAt: string;
}

/** A run as people and other modules see it. Ids are strings, times ISO 8601 in UTC. */
export interface RunView {
  id: string;
  tenantId: string;
  type: string;
  label: string;
  status: RunStatus;
  outcome: RunOutcome;
  bucket: RunBucket;
  initiatorName: string;
  userId: string | null;
  subject: { type: string; id: string; name: string | null } | null;
  summaryCounts: SummaryCounts;
  failureSummary: { code: string; message: string; count: number }[];
  context: Record<string, Json>;
  attempt: number;
  retryOf: string | null;
  cancelRequestedAt: string | null;
  heldUntil: string | null;
  /** Null while no worker has it. */
  heartbeat: RunHeartbeat | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  updatedAt: string;
  links: RunLinks;
}

export interface StartedRun {
  run: RunView;
  /** False when an equal run was already active; `run` is that one. */
  created: boolean;
  links: RunLinks;
}

/** Members of a context's list that are shown. */
const LISTED = 25;

const BUCKET_OF_OUTCOME: Record<RunOutcome, RunBucket> = {
  pending: 'Running',
  succeeded: 'Succeeded',
  partially_succeeded: 'Partially succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export function bucketOf(status: RunStatus, outcome: RunOutcome): RunBucket {
  return status === 'queued' ? 'Queued' : BUCKET_OF_OUTCOME[outcome];
}

/** The row for people. A type that this version does not know is shown by its kind, without related links. */
export function viewOf(row: ShownRow, registry: RunRegistry): RunView {
  const type = registry.find(row.type)?.type;
  const api = `/api/v1/tenants/${row.tenant_id}`;
  const context = shortened({ ...row.payload, ...row.context });
  const related = type?.relatedLinks?.({ runId: row.id, payload: row.payload, context: row.context }) ?? [];
  return {
    id: row.id,
    tenantId: row.tenant_id,
    type: row.type,
    label: type?.label.noun ?? row.type,
    status: row.status,
    outcome: row.outcome,
    bucket: bucketOf(row.status, row.outcome),
    initiatorName: row.initiator_name,
    userId: row.user_id,
    subject:
      row.subject_type === null || row.subject_id === null
        ? null
        : { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    summaryCounts: row.summary_counts,
    failureSummary: row.failure_summary,
    context,
    attempt: row.attempt,
    retryOf: row.retry_of,
    cancelRequestedAt: isoOrNull(row.cancel_requested_at),
    heldUntil: isoOrNull(row.held_until),
    heartbeat: heartbeatOf(row),
    createdAt: row.created_at.toISOString(),
    startedAt: isoOrNull(row.started_at),
    completedAt: isoOrNull(row.completed_at),
    updatedAt: row.updated_at.toISOString(),
    links: {
      self: `${api}/operations/${row.id}`,
      ui: `/t/${row.tenant_id}/operations/${row.id}`,
      related: related.map((link) => ({ ...link, href: `${api}${link.href}` })),
    },
  };
}

export function startedRun(row: ShownRow, created: boolean, registry: RunRegistry): StartedRun {
  const run = viewOf(row, registry);
  return { run, created, links: run.links };
}

function heartbeatOf({ status, updated_at, lease_expires_at }: ShownRow): RunHeartbeat | null {
  if (status !== 'running' || lease_expires_at === null) return null;
  return { at: updated_at.toISOString(), lostAt: lease_expires_at.toISOString() };
}

/** A context names things; a set of thousands of ids would weigh down every list, and the run's items name them all. */
function shortened(context: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) =>
      Array.isArray(value) && value.length > LISTED
        ? [key, { count: value.length, first: value.slice(0, LISTED) as Json[] }]
        : [key, value],
    ),
  );
}

function isoOrNull(value: Date | null): string | null {
  return value?.toISOString() ?? null;
}
