import type { Protocol } from './protocol.js';
import { runOf, type Lease, type Run, type State } from './state.js';

/**
 * What must never happen. I1 to I6 are those of the protocol's design; I7 to I9 are about tables that the model leaves
 * out, and are tested on PostgreSQL.
 */
export const INVARIANTS = {
  I1: 'a completed run never changes',
  I2: 'at most one completion of a run is committed',
  I3: 'at most one worker holds the current epoch',
  I4: 'status and outcome agree',
  I5: 'nothing is written by a stale epoch',
  I6: 'at most one active row per identity',
  LEASE: 'no run is taken from a worker whose lease is good',
  LIMIT: 'no more runs of a lane work at once than its limit',
  HELD: 'no held run is worked',
  ATTEMPTS: 'no run is taken more often than its type allows',
  REASON: 'a run does not fail for a reason that is not its own',
  RING: 'a ring is dropped only when no run may be worked',
  FLOOD: 'rings that lead nowhere do not pile up',
  L1: 'without faults and without people, every run comes to its end',
} as const;
export type Invariant = keyof typeof INVARIANTS;

/** The invariant that the last step or the state itself breaks. */
export function brokenInvariant(
  { limitPerTenant, maxAttempts, mostBells }: Protocol,
  state: State,
): string | undefined {
  if (state.broken !== '') return state.broken;
  const active = state.runs.filter(({ status }) => status === 'queued' || status === 'running');
  if (new Set(active.map(({ identity }) => identity)).size < active.length) return 'I6';
  if (state.runs.filter(({ status }) => status === 'running').length > limitPerTenant) return 'LIMIT';
  for (const [at, run] of state.runs.entries()) {
    if (holders(state, at, run) > 1) return 'I3';
    if ((run.status === 'completed') !== (run.outcome !== '')) return 'I4';
    if (run.status === 'running' && run.held !== 'no') return 'HELD';
    if (run.attempt > maxAttempts) return 'ATTEMPTS';
  }
  if (state.bells.length > (mostBells ?? Infinity)) return 'FLOOD';
  return undefined;
}

/** Every run that was started is completed. */
export function isSettled({ runs }: State): boolean {
  return runs.every(({ status }) => status === 'completed' || status === 'none');
}

function holders(state: State, at: number, { status, epoch }: Run): number {
  if (status !== 'running') return 0;
  return state.workers.filter(
    (worker) => worker.at === 'work' && worker.lease.run === at && worker.lease.epoch === epoch,
  ).length;
}

/** Notes what a write to a row breaks; `by` is the claim that it is written under, none for all but workers. */
export function noteWrite(state: State, at: number, by: Lease | undefined, completes: boolean): void {
  const run = runOf(state, at);
  if (run.status === 'completed') state.broken ||= completes ? 'I2' : 'I1';
  else if (by && (run.status !== 'running' || run.claims !== by.claims)) state.broken ||= 'I5';
  else if (!by && run.status === 'running' && run.lease === 'good') state.broken ||= 'LEASE';
}

/** Completes a run in the name of anybody but its worker, and notes what that breaks. */
export function endFor(state: State, at: number, outcome: Run['outcome'], reasonIsItsOwn: boolean): void {
  noteWrite(state, at, undefined, true);
  if (!reasonIsItsOwn) state.broken ||= 'REASON';
  complete(runOf(state, at), outcome);
}

export function complete(run: Run, outcome: Run['outcome']): void {
  // What nothing reads of a completed row is made equal, so that fewer states differ.
  Object.assign(run, {
    status: 'completed',
    outcome,
    lease: 'none',
    held: 'no',
    attempt: 0,
    dispatched: true,
  });
}
