import type { Run } from '../api/operations';
import { createStore } from '../ui/store';

const MOST_ENDED = 5;
/** A success needs nobody; what went wrong stays until it was seen. */
const SUCCESS_SHOWN_MS = 60_000;

/** Runs that ended while somebody looked, newest first. */
export const endedRuns = createStore<readonly Run[]>([]);

/** Ids of runs of others that this person asked for as well. */
export const followedRuns = createStore<ReadonlySet<string>>(new Set());

export function runEnded(run: Run): void {
  const others = endedRuns.current().filter(({ id }) => id !== run.id);
  endedRuns.set([run, ...others].slice(0, MOST_ENDED));
  if (run.outcome === 'succeeded') setTimeout(() => forgetEnded(run.id), SUCCESS_SHOWN_MS);
}

export function forgetEnded(runId: string): void {
  endedRuns.set(endedRuns.current().filter(({ id }) => id !== runId));
}

export function followRun(runId: string): void {
  followedRuns.set(new Set([...followedRuns.current(), runId]));
}
