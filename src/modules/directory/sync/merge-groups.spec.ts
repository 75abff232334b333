import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GROUP_KINDS, kindsInOrder, searchable, sortNameOf, type CachedGroup } from '../group.js';
import { groupEntry } from './group-entry.js';
import { mergeGroups, type GroupMerge } from './merge-groups.js';

const idOf = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const ID = idOf(1);

function cached(given: Partial<CachedGroup> = {}): CachedGroup {
  return {
    id: ID,
    displayName: 'Sales',
    description: 'All of sales',
    mail: 'sales@contoso.example',
    kinds: ['security'],
    membershipRule: null,
    removed: null,
    ...given,
  };
}

function merged(known: readonly CachedGroup[], ...objects: GraphObject[]): GroupMerge {
  return mergeGroups(new Map(known.map((group) => [group.id, group])), objects.map(groupEntry));
}

describe('an entry of a delta page', () => {
  it('says what a group is by its types and flags', () => {
    const kindsOf = (object: object) => merged([], { id: ID, displayName: 'x', ...object }).write[0]?.kinds;
    expect(kindsOf({ securityEnabled: true, mailEnabled: false, groupTypes: [] })).toEqual(['security']);
    expect(
      kindsOf({ securityEnabled: false, mailEnabled: true, groupTypes: ['Unified', 'DynamicMembership'] }),
    ).toEqual(['microsoft365', 'dynamic', 'mail_enabled']);
    expect(kindsOf({ securityEnabled: true, mailEnabled: true, onPremisesSyncEnabled: true })).toEqual([
      'security',
      'mail_enabled',
      'on_premises',
    ]);
    expect(kindsOf({ onPremisesSyncEnabled: null })).toEqual([]);
  });

  it.each([[{}], [{ id: '' }], [{ id: 7 }], [{ id: 'x'.repeat(129) }]])('is refused without an id: %j', (object) => {
    expect(() => groupEntry(object as GraphObject)).toThrow('graph.protocol');
  });

  it('keeps no text that PostgreSQL cannot hold', () => {
    const { write } = merged([], { id: ID, displayName: 'a\0b\ud800c', mail: 7 });
    expect(write).toMatchObject([{ displayName: 'ab\ufffdc', mail: null }]);
  });

  it('names a group by its id in lower case', () => {
    expect(merged([], { id: 'ABCDEF00-0000-4000-8000-000000000001', displayName: 'x' }).write[0]?.id).toBe(
      'abcdef00-0000-4000-8000-000000000001',
    );
  });
});

describe('mergeGroups', () => {
  it('adds a new group and counts it', () => {
    const { write, counts } = merged([], { id: ID, displayName: 'Sales', securityEnabled: true });
    expect(write).toEqual([cached({ description: null, mail: null })]);
    expect(counts).toEqual({ read: 1, added: 1, changed: 0, returned: 0, removed: 0, unclear: 0 });
  });

  it('changes only what an entry names, and clears what it names as null', () => {
    const { write, counts } = merged([cached()], { id: ID, description: null, mailEnabled: true });
    expect(write).toEqual([cached({ description: null, kinds: ['security', 'mail_enabled'] })]);
    expect(counts).toMatchObject({ changed: 1, unclear: 0 });
  });

  it('writes nothing of what is as it was', () => {
    const { write, unchanged, counts } = merged([cached()], { id: ID, displayName: 'Sales', securityEnabled: true });
    expect({ write, unchanged }).toEqual({ write: [], unchanged: [ID] });
    expect(counts).toMatchObject({ read: 1, added: 0, changed: 0 });
  });

  it('lets the later of repeated entries win, property by property, and counts the group once', () => {
    const { write, counts } = merged(
      [cached()],
      { id: ID, displayName: 'First', mail: 'first@contoso.example' },
      { id: ID, displayName: 'Second' },
    );
    expect(write).toEqual([cached({ displayName: 'Second', mail: 'first@contoso.example' })]);
    expect(counts).toMatchObject({ read: 1, changed: 1 });
  });

  it('tells a soft deletion from a final one, and notes when one becomes the other', () => {
    const soft = { id: ID, '@removed': { reason: 'changed' } };
    const final = { id: ID, '@removed': { reason: 'deleted' } };
    expect(merged([cached()], soft)).toMatchObject({
      remove: [{ id: ID, reason: 'soft_deleted' }],
      counts: { removed: 1 },
    });
    expect(merged([cached()], final).remove).toEqual([{ id: ID, reason: 'deleted' }]);
    const purged = merged([cached({ removed: 'soft_deleted' })], final);
    expect(purged).toMatchObject({ remove: [{ id: ID, reason: 'deleted' }], counts: { removed: 0 } });
    expect(merged([cached({ removed: 'deleted' })], final)).toMatchObject({ remove: [], unchanged: [ID] });
  });

  it('leaves no trace of a group that was never known and is removed', () => {
    const { write, remove, unchanged } = merged([], { id: ID, '@removed': { reason: 'deleted' } });
    expect([write, remove, unchanged]).toEqual([[], [], []]);
  });

  it('takes a removed group back, and follows one that goes and comes within a page', () => {
    const back = { id: ID, displayName: 'Sales' };
    expect(merged([cached({ removed: 'soft_deleted' })], back)).toMatchObject({
      write: [cached()],
      counts: { returned: 1, added: 0, changed: 0 },
    });
    const both = merged([cached()], { id: ID, '@removed': { reason: 'changed' } }, back);
    expect(both).toMatchObject({ write: [], remove: [], unchanged: [ID], counts: { removed: 0, returned: 0 } });
    const gone = merged([], back, { id: ID, '@removed': { reason: 'changed' } });
    expect(gone).toMatchObject({
      write: [{ id: ID, displayName: 'Sales', removed: null }],
      remove: [{ id: ID }],
      counts: { added: 1, removed: 1 },
    });
  });

  it('calls a new group unclear that no entry named whole', () => {
    expect(merged([], { id: ID, description: 'x' }).counts).toMatchObject({ added: 1, unclear: 1 });
    expect(merged([cached({ removed: 'deleted' })], { id: ID, mail: null }).counts.unclear).toBe(1);
    expect(merged([], { id: ID, description: 'x' }, { id: ID, mail: null }).counts.unclear).toBe(1);
    expect(merged([], { id: ID, description: 'x' }, { id: ID, displayName: 'Sales' }).counts.unclear).toBe(0);
    expect(merged([cached()], { id: ID, description: 'x' }).counts.unclear).toBe(0);
  });
});

const entry = fc
  .record(
    {
      n: fc.nat({ max: 4 }),
      displayName: fc.constantFrom('A', 'B', null),
      mail: fc.constantFrom('a@x', null),
      groupTypes: fc.subarray(['Unified', 'DynamicMembership', 'Other']),
      securityEnabled: fc.boolean(),
      '@removed': fc.constantFrom({ reason: 'changed' }, { reason: 'deleted' }),
    },
    { requiredKeys: ['n'] },
  )
  .map(({ n, ...object }): GraphObject => ({ id: idOf(n), ...object }));

type Cache = Map<string, CachedGroup>;

function apply(cache: Cache, objects: readonly GraphObject[]): GroupMerge {
  const merge = mergeGroups(cache, objects.map(groupEntry));
  for (const group of merge.write) cache.set(group.id, group);
  for (const { id, reason } of merge.remove) {
    const group = cache.get(id);
    if (group) cache.set(id, { ...group, removed: reason });
  }
  return merge;
}

/** What is there, as nobody reads a removed group's facts. */
function there(cache: Cache): CachedGroup[] {
  return [...cache.values()].filter(({ removed }) => removed === null).sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('however a round is cut into pages', () => {
  it('the same groups are there at its end, each of them counted by what became of it', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.array(fc.nat({ max: 30 })), (objects, cuts) => {
        const [whole, paged]: [Cache, Cache] = [new Map(), new Map()];
        const { counts } = apply(whole, objects);
        const ends = [...new Set([...cuts, objects.length])].sort((a, b) => a - b);
        ends.forEach((end, at) => apply(paged, objects.slice(ends[at - 1] ?? 0, end)));
        expect(there(paged)).toEqual(there(whole));
        expect(counts.added).toBe(whole.size);
      }),
    );
  });

  it('a replay of it changes nothing that is there', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (objects) => {
        const cache: Cache = new Map();
        apply(cache, objects);
        const before = there(cache);
        apply(cache, objects);
        expect(there(cache)).toEqual(before);
      }),
    );
  });
});

describe('what a group is sorted and searched by', () => {
  it('is in lower case; sorting knows no accents and takes 256 characters', () => {
    expect(sortNameOf({ displayName: 'Übung ÄÖÜ Café' })).toBe('ubung aou cafe');
    expect(sortNameOf({ displayName: null })).toBe('');
    expect(sortNameOf({ displayName: '😀'.repeat(300) })).toBe('😀'.repeat(256));
    expect(searchable('Cafe\u0301 ÜBUNG')).toBe('café übung');
  });
});

describe('kindsInOrder', () => {
  it('makes equal sets equal lists', () => {
    expect(kindsInOrder([...GROUP_KINDS].reverse())).toEqual(GROUP_KINDS);
    expect(kindsInOrder(['dynamic', 'security', 'dynamic'])).toEqual(['security', 'dynamic']);
  });
});
