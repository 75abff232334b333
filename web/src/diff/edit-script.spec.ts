import { describe, expect, it } from '@jest/globals';
import { editScript } from './edit-script';

const split = (text: string): string[] => [...text];

/** Both sequences again from the stretches, and what is the same in both. */
function rebuilt(before: readonly string[], after: readonly string[]) {
  const stretches = editScript(before, after);
  const of = (kinds: readonly string[], side: 'before' | 'after'): string =>
    stretches
      .filter(({ kind }) => kinds.includes(kind))
      .map((each) =>
        (side === 'before'
          ? before.slice(each.beforeFrom, each.beforeTo)
          : after.slice(each.afterFrom, each.afterTo)
        ).join(''),
      )
      .join('');
  return {
    before: of(['same', 'removed'], 'before'),
    after: of(['same', 'added'], 'after'),
    same: of(['same'], 'before'),
    sameAfter: of(['same'], 'after'),
  };
}

describe('editScript', () => {
  it('finds the shortest way between two sequences', () => {
    // The example of Myers' paper: five edits, a common part of four.
    const found = rebuilt(split('ABCABBA'), split('CBABAC'));
    expect(found).toMatchObject({ before: 'ABCABBA', after: 'CBABAC' });
    expect(found.same).toHaveLength(4);
    expect(found.sameAfter).toBe(found.same);
  });

  it('puts what was removed before what was added in its place', () => {
    expect(editScript(split('xay'), split('xby')).map(({ kind }) => kind)).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ]);
  });

  it('knows equal, empty and wholly different sequences', () => {
    expect(editScript([], [])).toEqual([]);
    expect(editScript(split('ab'), split('ab')).map(({ kind }) => kind)).toEqual(['same']);
    expect(editScript([], split('ab')).map(({ kind }) => kind)).toEqual(['added']);
    expect(editScript(split('ab'), []).map(({ kind }) => kind)).toEqual(['removed']);
    expect(rebuilt(split('abc'), split('xyz')).same).toBe('');
  });

  it('loses nothing, whatever the sequences are', () => {
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let round = 0; round < 300; round += 1) {
      const make = (): string[] => Array.from({ length: next(12) }, () => 'abc'[next(3)] ?? 'a');
      const [before, after] = [make(), make()];
      const found = rebuilt(before, after);
      expect(found.before).toBe(before.join(''));
      expect(found.after).toBe(after.join(''));
      expect(found.sameAfter).toBe(found.same);
      expect(found.same).toHaveLength(longestCommon(before, after));
    }
  });

  it('counts the middle as replaced when it would take too long, and keeps the common ends', () => {
    const middle = (name: string): string[] => Array.from({ length: 2_000 }, (_, at) => `${name}${at}`);
    const found = editScript(['head', ...middle('a'), 'tail'], ['head', ...middle('b'), 'tail']);
    expect(found.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
  });
});

/** By the table of the textbook, which is too slow for long texts. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let x = 1; x <= a.length; x += 1) {
    for (let y = 1; y <= b.length; y += 1) {
      const [up, left, corner] = [table[x - 1]?.[y] ?? 0, table[x]?.[y - 1] ?? 0, table[x - 1]?.[y - 1] ?? 0];
      (table[x] ?? [])[y] = a[x - 1] === b[y - 1] ? corner + 1 : Math.max(up, left);
    }
  }
  return table[a.length]?.[b.length] ?? 0;
}
