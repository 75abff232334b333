import { describe, expect, it } from '@jest/globals';
import { INVARIANTS, type Invariant } from './invariants.js';
import { check, type Guard } from './protocol.js';
import { SCENARIOS, type ScenarioName } from './scenarios.js';

const NAMES = Object.keys(SCENARIOS) as ScenarioName[];

/** Where each guard is missed, and what is broken without it. */
const MISSED: Record<Exclude<Guard, 'cancelChecksSeq'>, { by: ScenarioName; broken: Invariant }> = {
  startGoesThroughTheIndex: { by: 'the same start twice', broken: 'I6' },
  claimChecksQueued: { by: 'workers that fail', broken: 'LEASE' },
  claimRespectsHold: { by: 'a held run beside another', broken: 'HELD' },
  claimWaitsForLocked: { by: 'rows that are just written to', broken: 'RING' },
  claimLooksAnew: { by: 'looks that see one run only', broken: 'RING' },
  slotIndex: { by: 'a full lane', broken: 'LIMIT' },
  epochIsNeverReset: { by: 'workers that fail', broken: 'I3' },
  heartbeatChecksEpoch: { by: 'workers that fail', broken: 'I5' },
  finishChecksStatus: { by: 'workers that fail', broken: 'I2' },
  finishChecksEpoch: { by: 'workers that fail', broken: 'I5' },
  releaseChecksEpoch: { by: 'a worker that is stopped', broken: 'I5' },
  goesOnInAFullLane: {
    by: 'a full lane without sweep and without faults',
    broken: 'L1',
  },
  dispatchFailureChecksQueued: {
    by: 'a transport that fails',
    broken: 'LEASE',
  },
  dispatchFailureChecksSeq: { by: 'a transport that fails', broken: 'REASON' },
  cancelChecksQueued: { by: 'a person who cancels', broken: 'I2' },
  sweepRechecksExpiry: { by: 'workers that fail', broken: 'LEASE' },
  sweepRechecksEpoch: { by: 'two sweeps at once', broken: 'ATTEMPTS' },
  sweepRechecksQueued: { by: 'workers that fail', broken: 'I1' },
  sweepTakesExpiredLeases: { by: 'workers that fail', broken: 'L1' },
  sweepRingsForUndispatched: { by: 'a transport that fails', broken: 'L1' },
  sweepRingsForMissing: { by: 'workers that fail', broken: 'L1' },
  sweepCountsRings: { by: 'a sweep while nothing is lost', broken: 'FLOOD' },
  sweepEndsCancelled: { by: 'a person who cancels', broken: 'L1' },
};

describe('the run protocol, in every order of its steps', () => {
  it.each(NAMES)('keeps its promises with %s', (name) => {
    expect(check(SCENARIOS[name])).toMatchObject({
      broken: undefined,
      trace: [],
    });
  });

  it('is explored with its completions, and beyond them', () => {
    // A model that stood still at once would break nothing either.
    expect(check(SCENARIOS['a full lane'])['states']).toBeGreaterThan(5_000);
  });
});

describe('the run protocol without one of its guards', () => {
  it.each(Object.keys(MISSED) as (keyof typeof MISSED)[])('breaks without %s', (guard) => {
    const { by, broken } = MISSED[guard];
    const found = check(SCENARIOS[by], guard);
    expect(found.broken).toBe(broken);
    expect([`${broken}: ${INVARIANTS[broken]}`, ...found.trace].join('\n')).toMatchSnapshot();
  });

  it('could do without the sequence in the guard of a cancel: the wish stays on the row, whatever ring it has', () => {
    for (const name of NAMES.filter((one) => 'cancel' in SCENARIOS[one].budget)) {
      expect(check(SCENARIOS[name], 'cancelChecksSeq').broken).toBeUndefined();
    }
  });
});
