import { describe, expect, it } from '@jest/globals';
import { compareValues, labelFor } from './compare-values';
import { changesIn, countsOf, NO_WORDS, type DiffNode, type DiffWords } from './diff-node';
import { pairElements } from './pair-elements';

const WORDS: DiffWords = {
  labelOf: (key) => ({ firewall: 'Enable firewall', logging: 'Log dropped packets' })[key],
  valueOf: (value) => ({ firewall_true: 'True', firewall_false: 'False' })[value],
};

function compared(before: unknown, after: unknown, words = NO_WORDS): DiffNode {
  return compareValues({ path: 'settings/firewall', label: 'Firewall', key: 'firewall' }, before, after, words);
}

const told = (node: DiffNode): [string, string, unknown, unknown][] =>
  changesIn([node]).map(({ label, change, before, after }) => [label, change, before, after]);

describe('compareValues', () => {
  it('tells a choice and what it opens apart', () => {
    const node = compared(
      { value: 'firewall_true', children: { logging: 'on' } },
      { value: 'firewall_false', children: { logging: 'on', size: 100 } },
      WORDS,
    );
    expect(told(node)).toEqual([
      ['Firewall', 'changed', 'True', 'False'],
      ['Size', 'added', undefined, 100],
    ]);
    expect(node.children.map(({ label }) => label)).toEqual(['Log dropped packets', 'Size']);
  });

  it('shows values as they are when two that differ have one name', () => {
    const node = compared('a', 'b', { labelOf: () => undefined, valueOf: () => 'On' });
    expect([node.before, node.after]).toEqual(['a', 'b']);
  });

  it('counts what came or went as a whole once', () => {
    const node = compared(undefined, { one: 1, two: { three: 3 } });
    expect(countsOf(changesIn([node]))).toEqual({ added: 1, removed: 0, changed: 0 });
    expect(node.children.map(({ change }) => change)).toEqual(['added', 'added']);
  });

  it('goes into lists of objects and keeps lists of values whole', () => {
    const node = compared(
      {
        rules: [
          { name: 'A', port: 1 },
          { name: 'B', port: 2 },
        ],
        sites: ['x', 'y'],
      },
      {
        rules: [
          { name: 'B', port: 3 },
          { name: 'A', port: 1 },
        ],
        sites: ['x'],
      },
    );
    expect(told(node)).toEqual([
      ['Port', 'changed', 2, 3],
      ['Sites', 'changed', ['x', 'y'], ['x']],
    ]);
  });

  it('gives every node a path of its own', () => {
    const node = compared([{ a: 1 }, { a: 2 }], [{ a: 3 }, { a: 4 }, { a: 5 }]);
    const paths = (each: DiffNode): string[] => [each.path, ...each.children.flatMap(paths)];
    expect(new Set(paths(node)).size).toBe(paths(node).length);
  });

  it('takes a setting that stood once and stands twice now for a list', () => {
    const node = compared({ name: 'A', port: 1 }, [
      { name: 'A', port: 1 },
      { name: 'B', port: 2 },
    ]);
    expect(told(node)).toEqual([['B', 'added', undefined, undefined]]);
  });

  it('does not count an only entry as a list', () => {
    const node = compared([{ port: 1 }], [{ port: 2 }]);
    expect(node.children.map(({ label }) => label)).toEqual(['Port']);
    expect(compared(undefined, [{ port: 2 }]).children.map(({ label }) => label)).toEqual(['Port']);
  });

  it('is the same whatever the order of keys', () => {
    expect(compared({ a: 1, b: { c: [] } }, { b: { c: [] }, a: 1 }).change).toBe('same');
  });
});

describe('pairElements', () => {
  it('pairs equal ones, then those of one name, then those most alike', () => {
    const [a, b, c] = [{ id: '1', x: 1 }, { x: 1, y: 2, z: 3 }, { q: 1 }];
    const pairs = pairElements([a, b, c], [{ x: 1, y: 2, z: 4 }, { id: '1', x: 2 }, { r: 5 }]);
    expect(pairs).toEqual([
      [b, { x: 1, y: 2, z: 4 }],
      [a, { id: '1', x: 2 }],
      [c, undefined],
      [undefined, { r: 5 }],
    ]);
  });

  it('keeps equal elements that stand several times', () => {
    expect(pairElements([{ x: 1 }, { x: 1 }], [{ x: 1 }])).toEqual([
      [{ x: 1 }, { x: 1 }],
      [{ x: 1 }, undefined],
    ]);
  });
});

describe('labelFor', () => {
  it('makes words of identifiers and leaves other keys alone', () => {
    expect(labelFor('passwordRequiredType', NO_WORDS)).toBe('Password required type');
    expect(labelFor('enableDNSOverHTTPS', NO_WORDS)).toBe('Enable DNS over HTTPS');
    expect(labelFor('device_vendor_msft_policy', NO_WORDS)).toBe('device_vendor_msft_policy');
    expect(labelFor('firewall', WORDS)).toBe('Enable firewall');
  });
});
