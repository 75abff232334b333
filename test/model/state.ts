/**
 * The state of the run protocol, with everything left out that decides nothing: the row's columns that guards read, the
 * bells of the transport, and how far each process is between two of its steps.
 */
export interface Run {
  status: 'none' | 'queued' | 'running' | 'completed';
  /** Two runs with the same number have the same identity. */
  identity: number;
  seq: number;
  dispatched: boolean;
  epoch: number;
  lease: 'none' | 'good' | 'over';
  attempt: number;
  /** A person asked it to stop. */
  wish: boolean;
  held: 'no' | 'yes' | 'over';
  outcome: '' | 'succeeded' | 'failed' | 'cancelled';
  /** Somebody's write to the row is under way: until it is over, all others wait for the row, or skip it. */
  locked: boolean;
  /** How often it was claimed: the true epoch, which no guard of the protocol reads. */
  claims: number;
}

/** What a worker holds: the run, the epoch that it was told, and which claim of the run that was in truth. */
export interface Lease {
  run: number;
  epoch: number;
  claims: number;
}

/** A ring of a run that somebody saw; it may be out of date. */
export interface SeenRing {
  run: number;
  seq: number;
}

/** An expired lease that the sweep saw; it may be out of date. */
export interface SeenLease {
  run: number;
  epoch: number;
  attempt: number;
  wish: boolean;
}

/**
 * A look for work: what it has not tried to take yet of what it saw, and, where a ring is dropped after it, all that it
 * saw.
 */
export interface Look {
  left: number[];
  seen: SeenRing[];
}

/**
 * `ring`: holds a ring and is about to look for work. `claim`: looked, and is about to take what it saw. `more`: is
 * about to look whether the lane left something behind. `giveBack`: released its run and is about to ring for it.
 * A look that `waits` waits for rows that are locked; the one before it skips them.
 */
export type Worker =
  | { at: 'idle' | 'more' }
  | { at: 'ring'; waits: boolean }
  | { at: 'claim'; waits: boolean; look: Look }
  | { at: 'giveBack'; run: number }
  | { at: 'work'; lease: Lease; cancelled: boolean; frozen: boolean };

/** Whoever started or released a run: `insert` only where the index is taken away, `fail` once the transport failed. */
export type Starter = { at: 'idle' | 'insert' | 'done' } | { at: 'ring' | 'mark' | 'fail'; seq: number };

/** A person who cancels, between the wish and the completion. */
export type Canceller = { at: 'idle' } | { at: 'complete'; seen: SeenRing };

export type Sweeper =
  | { at: 'idle' }
  | { at: 'lease'; seen: SeenLease }
  | { at: 'end' | 'redispatch' | 'ring' | 'mark'; seen: SeenRing }
  | { at: 'count'; seen: SeenRing[] };

/** What may still happen, and how often. */
export interface Budget {
  /** Faults of all kinds together. */
  faults: number;
  /** A worker is stopped in order. */
  release: number;
  /** A person cancels. */
  cancel: number;
  /** A person lets a held run go. */
  letGo: number;
  /** Somebody's write to a row takes its time. */
  writes: number;
}

export interface State {
  runs: Run[];
  /** Rings that wait: for which run each was rung. */
  bells: number[];
  /** Rings under way that their sender has given up. */
  late: number[];
  workers: Worker[];
  starters: Starter[];
  canceller: Canceller;
  sweepers: Sweeper[];
  budget: Budget;
  /** The invariant that the last step broke. */
  broken: string;
}

export function copy(state: State): State {
  return {
    runs: state.runs.map((run) => ({ ...run })),
    bells: [...state.bells],
    late: [...state.late],
    workers: [...state.workers],
    starters: [...state.starters],
    canceller: state.canceller,
    sweepers: [...state.sweepers],
    budget: { ...state.budget },
    broken: state.broken,
  };
}

export function ringSeen(state: State, run: number): SeenRing {
  return { run, seq: runOf(state, run).seq };
}

export function runOf(state: State, run: number): Run {
  const found = state.runs[run];
  if (!found) throw new Error(`The model has no run ${run}.`);
  return found;
}
