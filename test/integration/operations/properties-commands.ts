import fc from 'fast-check';
import { ITEM_RESULTS, type ItemResult } from '#libs/run-kit/src/run-outcome.js';
import { CONNECTION_FAULTS, type ConnectionFault } from '../../support/faulty-data-source.js';
import { RING_FAULTS, type RingFault } from '../../support/faulty-job-transport.js';

/** How the handler of one claim ends. */
export const ENDINGS = ['finish', 'abort', 'throw', 'shutdown'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Numbers that name a run or a lease count modulo what there is; where there is none, nothing is done. */
export type Action =
  | { do: 'start' | 'hold' | 'collide'; tenant: number; subject: number; type: number; bySystem: boolean }
  | { do: 'letGo' | 'cancel' | 'retry' | 'expire' | 'takeTwice'; run: number }
  | { do: 'holdRow'; run: number; steps: number; writes: boolean }
  | { do: 'take'; twice: boolean }
  | { do: 'rush'; tenant: number; type: number }
  | { do: 'beat' | 'finishAgain' | 'overtake' | 'wakeLate'; lease: number }
  | { do: 'work'; lease: number; items: readonly ItemResult[]; ending: Ending }
  | { do: 'age' | 'sweep' | 'loseRings' | 'deliverLate' };

export type Fault = { at: 'ring'; how: RingFault } | { at: 'connection'; how: ConnectionFault };

/** Actions that happen at the same moment, and the faults that hit them. */
export interface Step {
  together: readonly Action[];
  faults: readonly Fault[];
}

export const TENANTS = 3;
export const SUBJECTS = 3;
const SOME = fc.nat({ max: 11 });

const begin = fc.record({
  do: fc.constantFrom('start', 'start', 'start', 'hold', 'collide'),
  tenant: fc.nat({ max: TENANTS - 1 }),
  subject: fc.nat({ max: SUBJECTS - 1 }),
  type: fc.nat({ max: 1 }),
  bySystem: fc.nat({ max: 4 }).map((n) => n === 0),
});

const work = fc.record({
  do: fc.constant('work'),
  lease: SOME,
  items: fc.array(fc.constantFrom(...ITEM_RESULTS), { maxLength: 4 }),
  ending: fc.constantFrom(...ENDINGS, 'finish'),
});

const holdRow = fc.record({
  do: fc.constant('holdRow'),
  run: SOME,
  steps: fc.integer({ min: 1, max: 4 }),
  writes: fc.boolean(),
});

const rush = fc.record({
  do: fc.constant('rush'),
  tenant: fc.nat({ max: TENANTS - 1 }),
  type: fc.nat({ max: 1 }),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: begin },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('take'), twice: fc.boolean() }) },
  { weight: 6, arbitrary: work },
  { weight: 4, arbitrary: holdRow },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('letGo', 'cancel', 'retry', 'takeTwice'), run: SOME }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('expire'), run: SOME }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('beat', 'finishAgain', 'overtake', 'wakeLate'), lease: SOME }),
  },
  { weight: 2, arbitrary: rush },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('age', 'sweep', 'sweep', 'loseRings', 'deliverLate') }) },
);

/** Nothing of it loses a ring, and nothing becomes so old that the sweep rings again. */
const calmAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: begin },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('take'), twice: fc.constant(false) }) },
  { weight: 3, arbitrary: work },
  { weight: 6, arbitrary: holdRow },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('letGo', 'cancel', 'retry'), run: SOME }) },
  { weight: 1, arbitrary: rush },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep') }) },
);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ at: fc.constant('ring'), how: fc.constantFrom(...RING_FAULTS) }),
  fc.record({ at: fc.constant('connection'), how: fc.constantFrom(...CONNECTION_FAULTS) }),
);

const together = (one: fc.Arbitrary<Action>): fc.Arbitrary<Action[]> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.array(one, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(one, { minLength: 2, maxLength: 3 }) },
  );

const step: fc.Arbitrary<Step> = fc.record({
  together: together(action),
  faults: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
  ),
});

/** What up to three actors do in three tenants, one step after the other, and whether all rings are lost after it. */
export const history = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }),
  lost: fc.boolean(),
});

/** The same without faults and without lost rings: each run must come to its end by its ring alone. */
export const calmHistory: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ together: together(calmAction), faults: fc.constant([]) }),
  { minLength: 5, maxLength: 15, size: 'max' },
);

/** The one that a number of an action names. */
export function chosen<T>(all: readonly T[], number: number): T {
  const found = all[number % all.length];
  if (found === undefined) throw new Error('There is none to choose from.');
  return found;
}
