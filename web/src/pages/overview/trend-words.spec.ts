import { describe, expect, it } from '@jest/globals';
import type { TrendDay } from '../../api/overview';
import { findingsInWords, hasPast, runsInWords, shortDay } from './trend-words';

const NONE = { succeeded: 0, partiallySucceeded: 0, failed: 0, cancelled: 0 };

function day(date: number, openFindings: number | null, runs: Partial<TrendDay['runs']> = {}): TrendDay {
  return { day: `2026-11-0${date}`, runs: { ...NONE, ...runs }, openFindings, policies: null };
}

describe('the words of a trend', () => {
  it('name a day as it is in UTC', () => {
    expect(shortDay('2026-11-03')).toBe('Nov 3');
  });

  it('sum up the runs', () => {
    expect(runsInWords([day(1, null)])).toBe('No operation completed in the last 30 days.');
    expect(runsInWords([day(1, null, { succeeded: 1 })])).toBe('1 operation completed in 30 days, none failed.');
    const trend = [
      day(1, null, { succeeded: 1_200, failed: 2 }),
      day(2, null, { partiallySucceeded: 1, cancelled: 1 }),
    ];
    expect(runsInWords(trend)).toBe('1,204 operations completed in 30 days; 2 failed, 1 succeeded partly.');
  });

  it('tell how the open findings moved', () => {
    expect(findingsInWords([day(1, null)])).toBe('Nothing was compared in the last 30 days.');
    expect(findingsInWords([day(1, null), day(2, 1)])).toBe('1 open finding since the first comparison today.');
    expect(findingsInWords([day(1, 2), day(2, 9), day(3, 4)])).toBe('From 2 on Nov 1 to 4 today; most on Nov 2: 9.');
    expect(findingsInWords([day(1, 2), day(3, 4)])).toBe('From 2 on Nov 1 to 4 today.');
  });

  it('know whether there is anything to draw', () => {
    expect(hasPast([day(1, null)])).toBe(false);
    expect(hasPast([day(1, 0)])).toBe(true);
    expect(hasPast([day(1, null, { cancelled: 1 })])).toBe(true);
  });
});
