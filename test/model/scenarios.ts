import type { Scenario } from './protocol.js';

const ONE = {
  transactional: true,
  workers: 2,
  sweepers: 1,
  runs: [{}],
  maxAttempts: 2,
  limitPerTenant: 1,
} as const;
const TWO = { ...ONE, runs: [{}, {}] } as const;
const OF_TRANSPORT = ['refuse', 'ackLost', 'ringLate', 'starterDies', 'ringLost', 'ringDoubled'] as const;

/**
 * Corners of the protocol, each explored to its end. Together they hold every fault and every process; alone each is
 * small, because what is independent of each other multiplies.
 */
export const SCENARIOS = {
  'a transport that fails': {
    ...ONE,
    transactional: false,
    faults: [...OF_TRANSPORT, 'crash', 'slow'],
    budget: { faults: 2 },
  },
  'workers that fail': {
    ...ONE,
    faults: ['crash', 'freeze', 'slow', 'finishAckLost', 'ringDoubled', 'ringLost'],
    budget: { faults: 2 },
  },
  'a worker that is stopped': {
    ...ONE,
    transactional: false,
    faults: ['crash', 'freeze', 'slow', 'ringLost'],
    budget: { faults: 1, release: 1 },
  },
  'a person who cancels': {
    ...ONE,
    faults: ['crash', 'freeze', 'slow', 'starterDies', 'sweeperDies'],
    budget: { faults: 1, cancel: 1, release: 1 },
  },
  'two sweeps at once': {
    ...ONE,
    sweepers: 2,
    faults: ['crash', 'slow'],
    budget: { faults: 2 },
  },
  'a held run beside another': {
    ...TWO,
    runs: [{ held: 'yes' }, {}],
    limitPerTenant: 2,
    faults: ['crash', 'ringLost'],
    budget: { faults: 1, letGo: 1 },
  },
  'a full lane': {
    ...TWO,
    faults: ['crash', 'freeze', 'flush'],
    budget: { faults: 1 },
  },
  'a full lane without sweep and without faults': {
    ...TWO,
    sweepers: 0,
    faults: [],
    budget: {},
  },
  'a sweep while nothing is lost': {
    ...TWO,
    limitPerTenant: 2,
    faults: [],
    budget: {},
    mostBells: 2,
  },
  'rows that are just written to': {
    ...TWO,
    transactional: false,
    sweepers: 0,
    limitPerTenant: 2,
    faults: [],
    budget: { writes: 2, cancel: 1 },
  },
  'a full lane whose rows are just written to': {
    ...TWO,
    sweepers: 0,
    faults: [],
    budget: { writes: 2 },
  },
  'workers that fail at a row that is just written to': {
    ...ONE,
    faults: ['crash', 'freeze', 'slow', 'ringDoubled'],
    budget: { faults: 1, writes: 2 },
  },
  'looks that see one run only': {
    ...TWO,
    lookWidth: 1,
    limitPerTenant: 2,
    sweepers: 0,
    faults: [],
    budget: { writes: 1 },
  },
  'the same start twice': {
    ...TWO,
    runs: [{}, { identity: 0 }],
    faults: ['crash'],
    budget: { faults: 1 },
  },
} as const satisfies Record<string, Scenario>;
export type ScenarioName = keyof typeof SCENARIOS;
