import { describe, expect, it } from '@jest/globals';
import { backoffMs, MOST_ATTEMPTS, retryAfterMs } from './backoff.js';

const HOUR_MS = 3_600_000;

describe('backoffMs', () => {
  it('grows threefold and spans about a day in all', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, at) => backoffMs(at + 1, undefined, 0.5));
    expect(waits.slice(0, 3)).toEqual([25_000, 75_000, 225_000]);
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / HOUR_MS;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(26);
  });

  it('spreads what failed together', () => {
    expect(backoffMs(1, undefined, 0)).toBe(22_500);
    expect(backoffMs(1, undefined, 1)).toBe(27_500);
  });

  it('waits as long as the receiver asks, up to six hours, and never less than it would itself', () => {
    expect(backoffMs(1, 120_000, 0.5)).toBe(120_000);
    expect(backoffMs(1, 1_000, 0.5)).toBe(25_000);
    expect(backoffMs(1, 48 * HOUR_MS, 0.5)).toBe(6 * HOUR_MS);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');

  it.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, expected) => expect(retryAfterMs(header, now)).toBe(expected));
});
