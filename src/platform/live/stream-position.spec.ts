import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { positionIn, startFrom } from './stream-position.js';

const TENANT = 'c0ffee00-0000-4000-8000-000000000001';

describe('a stream’s position', () => {
  it('is what all topics have: up to the least of their ends, without what ran in any', () => {
    expect(positionIn(TENANT, ['130:130:'])).toBe('c0ffee00-130');
    expect(positionIn(TENANT, ['120:130:120,125'])).toBe('c0ffee00-130-120-125');
    expect(positionIn(TENANT, ['120:130:120,125', '118:126:118,120', '1000:1000:'])).toBe('c0ffee00-126-118-120-125');
    expect(positionIn(TENANT, ['18446744073709551000:18446744073709551001:'])).toBe('c0ffee00-18446744073709551001');
  });

  it('comes back as the snapshot after which everything is told', () => {
    expect(startFrom(TENANT, positionIn(TENANT, ['120:130:125,127']))).toEqual({
      since: '125:130:125,127',
      unusable: false,
    });
    expect(startFrom(TENANT, positionIn(TENANT, ['120:120:']))).toEqual({ since: '120:120:', unusable: false });
  });

  it('holds exactly what every topic has, and less where more runs than it has room for', () => {
    const snapshot = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.uniqueArray(fc.integer({ min: 1, max: 140 }), { maxLength: 100 }))
      .map(([ahead, running]) => ({ end: 100 + ahead, running: running.filter((one) => one < 100 + ahead) }));
    fc.assert(
      fc.property(fc.array(snapshot, { minLength: 1, maxLength: 3 }), (snapshots) => {
        const texts = snapshots.map(({ end, running }) => {
          const ascending = [...running].sort((one, other) => one - other);
          return `${ascending[0] ?? end}:${end}:${ascending.join(',')}`;
        });
        const [least = '', end = '', names = ''] = startFrom(TENANT, positionIn(TENANT, texts)).since?.split(':') ?? [];
        const held = new Set(names.split(',').filter(Boolean).map(Number));
        const hasRoom = held.size < 64;
        for (let transaction = 1; transaction <= 141; transaction += 1) {
          const everyTopicHas = snapshots.every((one) => transaction < one.end && !one.running.includes(transaction));
          const positionHas = transaction < Number(end) && !held.has(transaction);
          expect(hasRoom ? positionHas : positionHas && !everyTopicHas).toBe(hasRoom ? everyTopicHas : false);
        }
        expect(Number(least)).toBe(Math.min(Number(end), ...held));
      }),
    );
  });

  it('ends before the first running transaction that it has no room for', () => {
    const running = Array.from({ length: 100 }, (_, i) => 1_000 + 2 * i);
    const position = positionIn(TENANT, [`1000:2000:${running.join(',')}`]);
    expect(position).toBe(`c0ffee00-1128-${running.slice(0, 64).join('-')}`);
  });

  it.each([undefined, ''])('is that of a newcomer when it is %p', (given) => {
    expect(startFrom(TENANT, given)).toEqual({ since: undefined, unusable: false });
  });

  it('takes running transactions in any order, more than once and beyond its end', () => {
    expect(startFrom(TENANT, 'c0ffee00-100-70-5-70-100-900').since).toBe('5:100:5,70');
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
    'c0ffee00-12-',
    'c0ffee00-12-0',
    'c0ffee00-12-1,2',
    `c0ffee00-${'9'.repeat(20)}`,
    `c0ffee00-12-${'9'.repeat(20)}`,
  ])('is unusable when it is %p', (given) =>
    expect(startFrom(TENANT, given)).toEqual({ since: undefined, unusable: true }),
  );
});
