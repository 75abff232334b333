import type { QueueRuns } from '../data/run-diagnosis.repository.js';
import type { TotalDifference } from '../data/run-totals.repository.js';

/**
 * Where rows and transport do not agree, or a row stands where none may stand for long.
 *
 * - `never_rung`: queued, and the transport was never told.
 * - `ring_missing`: could be worked, and fewer rings wait than such runs.
 * - `nobody_listens`: queued, and no worker listens to the queue.
 * - `lease_expired`: running, and the worker gave no sign of life for a whole lease.
 * - `hold_expired`, `queue_expired`: queued for longer than a person, or a worker, may let it wait.
 * - `cancel_pending`: queued still, although it was asked to stop.
 * - `kind_unknown`: active, and of a kind that this version does not know.
 * - `queue_unknown`: rings in a queue that no run type names.
 * - `ring_abandoned`: rings that a listener took which is gone.
 */
export const DIVERGENCE_KINDS = [
  'never_rung',
  'ring_missing',
  'nobody_listens',
  'lease_expired',
  'hold_expired',
  'queue_expired',
  'cancel_pending',
  'kind_unknown',
  'queue_unknown',
  'ring_abandoned',
] as const;
export type DivergenceKind = (typeof DIVERGENCE_KINDS)[number];

export interface Divergence {
  kind: DivergenceKind;
  /** The queue, or for `kind_unknown` the kind. Undefined where neither matters. */
  where?: string;
  /** The runs, or those that the rings were rung for; no id twice. */
  runIds: string[];
  /** Whether there may be more of them than were looked for. */
  more: boolean;
}

/** One queue, from both sides. */
export interface ComparedQueue extends QueueRuns {
  /** Rings that wait for a worker. */
  rings: number;
  /** Rings that a worker has. */
  taken: number;
  /** Those of `rings` that lead to no active run of their own; they wake a worker for nothing. */
  idleRings: number;
  /** Worker processes that listen; undefined where the transport does not tell. */
  listeners: number | undefined;
}

export interface Examination {
  /** Where the rings wait, in words for people. */
  place: string;
  queues: ComparedQueue[];
  divergences: Divergence[];
  /** Undefined when the rows were not counted. */
  totals: TotalDifference[] | undefined;
}

export function isHealthy({ divergences, totals }: Examination): boolean {
  return divergences.length === 0 && (totals?.length ?? 0) === 0;
}
