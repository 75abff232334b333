import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NO_COUNTS, outcomeOf, type StopReason, type SummaryCounts, type TerminalOutcome } from './run-outcome.js';

const few = fc.nat({ max: 5 });

/** Counts as a run may have them: what was processed adds up, and there may be more to do. */
const counts: fc.Arbitrary<SummaryCounts> = fc
  .record({ success: few, failed: few, skipped: few, left: few })
  .map(({ success, failed, skipped, left }) => {
    const processed = success + failed + skipped;
    return { total: processed + left, processed, success, failed, skipped };
  });

function counted(success: number, failed: number, skipped: number): SummaryCounts {
  const total = success + failed + skipped;
  return { total, processed: total, success, failed, skipped };
}

describe('outcomeOf', () => {
  // Every combination of none and some, for each way to stop.
  it.each<[StopReason, SummaryCounts, TerminalOutcome]>([
    ['finished', NO_COUNTS, 'succeeded'],
    ['finished', counted(0, 0, 2), 'succeeded'],
    ['finished', counted(2, 0, 0), 'succeeded'],
    ['finished', counted(2, 0, 2), 'succeeded'],
    ['finished', counted(0, 2, 0), 'failed'],
    ['finished', counted(0, 2, 2), 'failed'],
    ['finished', counted(2, 2, 0), 'partially_succeeded'],
    ['finished', counted(2, 2, 2), 'partially_succeeded'],
    ['aborted', NO_COUNTS, 'failed'],
    ['aborted', counted(0, 0, 2), 'failed'],
    ['aborted', counted(2, 0, 0), 'failed'],
    ['aborted', counted(2, 0, 2), 'failed'],
    ['aborted', counted(0, 2, 0), 'failed'],
    ['aborted', counted(0, 2, 2), 'failed'],
    ['aborted', counted(2, 2, 0), 'failed'],
    ['aborted', counted(2, 2, 2), 'failed'],
    ['cancelled', NO_COUNTS, 'cancelled'],
    ['cancelled', counted(0, 0, 2), 'cancelled'],
    ['cancelled', counted(2, 0, 0), 'cancelled'],
    ['cancelled', counted(2, 0, 2), 'cancelled'],
    ['cancelled', counted(0, 2, 0), 'cancelled'],
    ['cancelled', counted(0, 2, 2), 'cancelled'],
    ['cancelled', counted(2, 2, 0), 'cancelled'],
    ['cancelled', counted(2, 2, 2), 'cancelled'],
  ])('%s with %j is %s', (stop, given, outcome) => {
    expect(outcomeOf(given, stop)).toBe(outcome);
  });

  it('is partial exactly when something succeeded and something failed, and succeeded exactly when nothing failed', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const outcome = outcomeOf(given, 'finished');
        expect(outcome === 'partially_succeeded').toBe(given.success > 0 && given.failed > 0);
        expect(outcome === 'failed').toBe(given.success === 0 && given.failed > 0);
        expect(outcome === 'succeeded').toBe(given.failed === 0);
      }),
    );
  });

  it('does not look at skips, at what was left, or at how many there were', () => {
    const stops = fc.constantFrom<StopReason>('finished', 'aborted', 'cancelled');
    fc.assert(
      fc.property(counts, stops, fc.integer({ min: 1, max: 1_000 }), (given, stop, factor) => {
        const { success, failed } = given;
        expect(outcomeOf(given, stop)).toBe(outcomeOf(counted(success * factor, failed * factor, 0), stop));
      }),
    );
  });

  it('changes nothing of the counts it is given', () => {
    const given = Object.freeze(counted(1, 1, 1));
    expect(() => outcomeOf(given, 'finished')).not.toThrow();
    expect(Object.isFrozen(NO_COUNTS)).toBe(true);
  });
});
