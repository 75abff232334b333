import { explore, type Explored, type Step, type StepKind } from './explore.js';
import { brokenInvariant, isSettled } from './invariants.js';
import { faultSteps } from './steps/fault-steps.js';
import { personSteps } from './steps/person-steps.js';
import { startSteps } from './steps/start-steps.js';
import { sweepSteps } from './steps/sweep-steps.js';
import { workSteps } from './steps/work-steps.js';
import { waitsForRow, writeSteps } from './steps/write-steps.js';
import { keyOf } from './state-key.js';
import { copy, type Budget, type Run, type State } from './state.js';

/** Every condition of the protocol that the model can do without, to see what it is for. */
export const GUARDS = [
  'startGoesThroughTheIndex',
  'claimChecksQueued',
  'claimRespectsHold',
  'claimWaitsForLocked',
  'claimLooksAnew',
  'slotIndex',
  'epochIsNeverReset',
  'heartbeatChecksEpoch',
  'finishChecksStatus',
  'finishChecksEpoch',
  'releaseChecksEpoch',
  'goesOnInAFullLane',
  'dispatchFailureChecksQueued',
  'dispatchFailureChecksSeq',
  'cancelChecksQueued',
  'cancelChecksSeq',
  'sweepRechecksExpiry',
  'sweepRechecksEpoch',
  'sweepRechecksQueued',
  'sweepTakesExpiredLeases',
  'sweepRingsForUndispatched',
  'sweepRingsForMissing',
  'sweepCountsRings',
  'sweepEndsCancelled',
] as const;
export type Guard = (typeof GUARDS)[number];

export type Fault =
  | 'ringLost'
  | 'ringDoubled'
  | 'flush'
  | 'refuse'
  | 'ackLost'
  | 'ringLate'
  | 'starterDies'
  | 'crash'
  | 'freeze'
  | 'slow'
  | 'finishAckLost'
  | 'sweeperDies';

/** A corner of the protocol that is small enough to be explored to its end. */
export interface Scenario {
  /** Row and ring commit together, as on PostgreSQL; else the ring follows the commit, as on Redis. */
  transactional: boolean;
  workers: number;
  /** Sweeps at the same time: the worker's loop, and an operator's doctor. */
  sweepers: number;
  runs: readonly Partial<Run>[];
  maxAttempts: number;
  limitPerTenant: number;
  /** Runs that one look takes into account; all unless told. */
  lookWidth?: number;
  /** The faults that happen, each again and again, but all together no more often than the budget says. */
  faults: readonly Fault[];
  budget: Partial<Budget>;
  /** Rings that may wait at once; more than that is a flood. */
  mostBells?: number;
}

export interface Protocol extends Scenario {
  has(guard: Guard): boolean;
}

export type Change = (next: State) => void;
export type Add = (kind: StepKind, label: string, change: Change) => void;
/** Adds a step that is a fault, where the scenario has it and its budget is not used up. */
export type AddFault = (fault: Fault, label: string, change: Change) => void;

const NOTHING: Budget = {
  faults: 0,
  release: 0,
  cancel: 0,
  letGo: 0,
  writes: 0,
};

const NO_RUN: Run = {
  status: 'none',
  identity: 0,
  seq: 1,
  dispatched: false,
  epoch: 0,
  lease: 'none',
  attempt: 0,
  wish: false,
  held: 'no',
  outcome: '',
  locked: false,
  claims: 0,
};

/** Explores a scenario, with every guard or without one. */
export function check(scenario: Scenario, without?: Guard): Explored {
  const protocol: Protocol = { ...scenario, has: (guard) => guard !== without };
  return explore<State>({
    initial: initialState(scenario),
    steps: (state) => stepsFrom(protocol, state),
    broken: (state) => brokenInvariant(protocol, state),
    goal: isSettled,
    key: keyOf,
  });
}

function initialState({ runs, workers, sweepers, budget }: Scenario): State {
  return {
    runs: runs.map((run, at) => ({ ...NO_RUN, identity: at, ...run })),
    bells: [],
    late: [],
    workers: Array.from({ length: workers }, () => ({ at: 'idle' })),
    starters: runs.map(() => ({ at: 'idle' })),
    canceller: { at: 'idle' },
    sweepers: Array.from({ length: sweepers }, () => ({ at: 'idle' })),
    budget: { ...NOTHING, ...budget },
    broken: '',
  };
}

function stepsFrom(protocol: Protocol, state: State): Step<State>[] {
  const steps: Step<State>[] = [];
  const add: Add = (kind, label, change) => {
    const next = copy(state);
    change(next);
    steps.push({ kind, label, next });
  };
  const addFault: AddFault = (fault, label, change) => {
    if (state.budget.faults === 0 || !protocol.faults.includes(fault)) return;
    add('fault', label, (next) => {
      next.budget.faults -= 1;
      change(next);
    });
  };
  startSteps(protocol, state, add, addFault);
  workSteps(protocol, state, add, addFault);
  sweepSteps(protocol, state, add);
  personSteps(protocol, state, add);
  faultSteps(state, add, addFault);
  writeSteps(state, add);
  return steps.filter((step) => !waitsForRow(state, step));
}
