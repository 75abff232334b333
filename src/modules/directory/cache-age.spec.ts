import { describe, expect, it } from '@jest/globals';
import { ageInWords, cacheHelperText } from './cache-age.js';

const HOUR = 3_600;
const DAY = 24 * HOUR;

describe('the age of the cache', () => {
  it.each([
    [0, 'less than a minute'],
    [59.9, 'less than a minute'],
    [60, '1 minute'],
    [HOUR - 1, '59 minutes'],
    [HOUR, '1 hour'],
    [2 * HOUR, '2 hours'],
    [DAY - 1, '23 hours'],
    [DAY, '1 day'],
    [40 * DAY, '40 days'],
  ])('%d seconds are %s', (seconds, words) => expect(ageInWords(seconds)).toBe(words));

  it('is always said beside the cached groups, with a warning when it is stale', () => {
    expect(cacheHelperText(3 * HOUR)).toBe('Groups come from the directory cache, which is 3 hours old.');
    expect(cacheHelperText(7 * DAY - 1)).not.toContain('Sync groups');
    expect(cacheHelperText(7 * DAY)).toBe(
      'Groups come from the directory cache, which is 7 days old. Sync groups before you rely on it.',
    );
    expect(cacheHelperText(null)).toMatch(/empty/);
  });
});
