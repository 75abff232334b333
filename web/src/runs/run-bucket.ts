import type { Run, RunOutcome, RunStatus } from '../api/operations';
import type { Tone } from '../ui/tone';

/** Where a run stands, as people say it. */
export const RUN_BUCKETS = ['queued', 'running', 'succeeded', 'partially_succeeded', 'failed', 'cancelled'] as const;
export type RunBucket = (typeof RUN_BUCKETS)[number];

export const BUCKET_WORDS: Record<RunBucket, string> = {
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Succeeded',
  partially_succeeded: 'Partially succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const BUCKET_TONES: Record<RunBucket, Tone> = {
  queued: 'gray',
  running: 'blue',
  succeeded: 'green',
  partially_succeeded: 'amber',
  failed: 'red',
  cancelled: 'gray',
};

export function bucketOf({ status, outcome }: Pick<Run, 'status' | 'outcome'>): RunBucket {
  if (status === 'queued') return 'queued';
  return outcome === 'pending' ? 'running' : outcome;
}

export function isBucket(text: string): text is RunBucket {
  return (RUN_BUCKETS as readonly string[]).includes(text);
}

/** The API's two filters that together mean exactly these buckets; none means all. */
export function bucketFilters(buckets: readonly RunBucket[]): { status?: string; outcome?: string } {
  if (buckets.length === 0) return {};
  const statuses = new Set<RunStatus>();
  const outcomes = new Set<RunOutcome>();
  for (const bucket of buckets) {
    if (bucket === 'queued' || bucket === 'running') {
      statuses.add(bucket);
      outcomes.add('pending');
    } else {
      statuses.add('completed');
      outcomes.add(bucket);
    }
  }
  return { status: [...statuses].join(','), outcome: [...outcomes].join(',') };
}
