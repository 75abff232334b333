import { expect, it } from '@jest/globals';
import { coverageInWords } from './coverage-in-words.js';

const NONE = { read: 0, partial: 0, forbidden: 0, throttled: 0, failed: 0, unsupported_licence: 0 };

it.each([
  [{}, 'No policy type was tried.'],
  [{ read: 61 }, '61 of 61 policy types were read to the end.'],
  [{ read: 1 }, '1 of 1 policy type was read to the end.'],
  [
    { read: 58, forbidden: 2, unsupported_licence: 1 },
    '58 of 61 policy types were read to the end; 2 forbidden, 1 without a licence.',
  ],
])('says %j as "%s"', (states, words) => {
  expect(coverageInWords({ ...NONE, ...states })).toBe(words);
});
