import { describe, expect, it } from '@jest/globals';
import { positionIn, startFrom } from './stream-position.js';

const TENANT = 'c0ffee00-0000-4000-8000-000000000001';

describe('a stream’s position', () => {
  it('is the oldest transaction that may still bring something, over all topics', () => {
    expect(positionIn(TENANT, ['120:130:120,125'])).toBe('c0ffee00-120');
    expect(positionIn(TENANT, ['120:130:120,125', '99:99:', '1000:1000:'])).toBe('c0ffee00-99');
    expect(positionIn(TENANT, ['18446744073709551000:18446744073709551001:'])).toBe('c0ffee00-18446744073709551000');
  });

  it('comes back as the snapshot after which everything is told', () => {
    expect(startFrom(TENANT, positionIn(TENANT, ['120:130:125']))).toEqual({ since: '120:120:', unusable: false });
  });

  it.each([undefined, ''])('is that of a newcomer when it is %p', (given) => {
    expect(startFrom(TENANT, given)).toEqual({ since: undefined, unusable: false });
  });

  it.each([
    'x',
    '120',
    'c0ffee01-120',
    'c0ffee00-0',
    'c0ffee00--1',
    'c0ffee00-12a',
    'C0FFEE00-12',
    'c0ffee00-1\n',
    `c0ffee00-${'9'.repeat(20)}`,
  ])('is unusable when it is %p', (given) =>
    expect(startFrom(TENANT, given)).toEqual({ since: undefined, unusable: true }),
  );
});
