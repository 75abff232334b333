import { describe, expect, it } from '@jest/globals';
import { ProgressRate } from './progress-rate.js';

function seen(...samples: [processed: number, seconds: number][]): ProgressRate {
  const rate = new ProgressRate();
  for (const [processed, seconds] of samples) rate.saw(processed, seconds * 1_000);
  return rate;
}

describe('ProgressRate', () => {
  it('knows nothing before something moved', () => {
    for (const rate of [seen(), seen([5, 0]), seen([5, 0], [5, 10])]) {
      expect(rate.perSecond).toBeUndefined();
      expect(rate.left(100)).toBeUndefined();
    }
  });

  it('is what was done in the time between', () => {
    const rate = seen([10, 0], [15, 2], [30, 5]);
    expect(rate.perSecond).toBe(4);
    expect(rate.left(110)).toBe(20_000);
  });

  it('forgets what is long ago', () => {
    const rate = seen([0, 0], [1_000, 10], [1_010, 45], [1_040, 75]);
    expect(rate.perSecond).toBe(1);
  });

  it('begins anew with a run that begins anew', () => {
    expect(seen([0, 0], [50, 10], [0, 12]).perSecond).toBeUndefined();
    expect(seen([0, 0], [50, 10], [0, 12], [6, 14]).perSecond).toBe(3);
  });

  it('tells no time for what is done, or has no known end', () => {
    expect(seen([0, 0], [50, 10]).left(50)).toBeUndefined();
    expect(seen([0, 0], [50, 10]).left(0)).toBeUndefined();
  });
});
