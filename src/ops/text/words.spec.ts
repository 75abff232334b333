import { describe, expect, it } from '@jest/globals';
import { counted, duration, timeOf } from './words.js';

describe('words for numbers', () => {
  it.each([
    [-5, '0 s'],
    [499, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [7_500_000, '2 h 05 min'],
    [4_000 * 3_600_000, '4,000 h 00 min'],
  ])('%i ms are %s', (milliseconds, words) => expect(duration(milliseconds)).toBe(words));

  it('count', () => {
    expect(counted(1, 'run')).toBe('1 run');
    expect(counted(1_204, 'run')).toBe('1,204 runs');
  });

  it('tell a time', () => expect(timeOf('2026-11-21T17:01:02.345Z')).toBe('2026-11-21 17:01:02'));
});
