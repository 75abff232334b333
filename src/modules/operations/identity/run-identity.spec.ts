import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '#libs/run-kit/src/run-type.js';
import { canonicalJson, runIdentityHash } from './run-identity.js';

/** Any JSON value; keys and texts may hold every character that JSON can carry. */
const json = fc
  .jsonValue({ maxDepth: 4, stringUnit: 'binary' })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);

/** The same value with the keys of every object in another order. */
function reordered(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(reordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, member]): [string, Json] => [key, reordered(member)]);
  return Object.fromEntries(entries.reverse());
}

describe('the canonical JSON of a scope', () => {
  it('is the same whatever the order of keys, at any depth', () => {
    expect(canonicalJson({ b: { d: 1, c: [{ f: 1, e: 2 }] }, a: null })).toBe(
      '{"a":null,"b":{"c":[{"e":2,"f":1}],"d":1}}',
    );
    fc.assert(fc.property(json, (value) => expect(canonicalJson(reordered(value))).toBe(canonicalJson(value))));
  });

  it('loses nothing: it is JSON of the same value', () => {
    fc.assert(fc.property(json, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(value)));
  });

  it('is equal for equal values alone', () => {
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<Json>(null, true, 0, 1, '0', 'a', ''),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b', ''), tie('value'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isDeepStrictEqual(one, other));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Json, Json]>([
    ['the order of a list', ['a', 'b'], ['b', 'a']],
    ['a number and its text', { id: 1 }, { id: '1' }],
    ['null and a missing key', { a: null }, {}],
    ['an empty list and an empty object', [], {}],
    ['a key and a value', { a: 'b' }, { b: 'a' }],
    ['what is inside and what is beside', { a: { b: 1 } }, { a: {}, b: 1 }],
    ['a text that looks like JSON', { a: '{"b":1}' }, { a: { b: 1 } }],
    ['a comma in a text', ['a,b'], ['a', 'b']],
    ['a quote in a key', { 'a":1,"b': 2 }, { a: 1, b: 2 }],
    ['the case of a text', 'A', 'a'],
    ['two ways to write one letter', '\u00e9', 'e\u0301'],
  ])('tells apart by %s', (_, one, other) => {
    expect(canonicalJson(one)).not.toBe(canonicalJson(other));
  });
});

describe('the hash of a run’s identity', () => {
  it('is sha-256 over version, kind and scope, so that rows of every version of the product agree', () => {
    const text = 'v1|drift.generate|{"baselineRunId":"1","currentRunId":"2","scopeKey":"all"}';
    const hash = runIdentityHash('drift.generate', { scopeKey: 'all', currentRunId: '2', baselineRunId: '1' });
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('is the same for the same work, said in another order', () => {
    fc.assert(
      fc.property(json, (scope) =>
        expect(runIdentityHash('a.b', reordered(scope))).toBe(runIdentityHash('a.b', scope)),
      ),
    );
  });

  it('is another one for another kind, a former name of the kind included', () => {
    const scope = { backupSetId: '7' };
    const kinds = ['backup_set.add_policies', 'backup_set.add', 'backup_set.remove_policies'];
    expect(new Set(kinds.map((kind) => runIdentityHash(kind, scope))).size).toBe(kinds.length);
  });

  it('cannot be moved from the kind into the scope or back', () => {
    expect(runIdentityHash('a.b', 'x')).not.toBe(runIdentityHash('a.b|"x"', ''));
    expect(runIdentityHash('a.b', { x: 1 })).not.toBe(runIdentityHash('a.b|', { x: 1 }));
  });

  it('takes a list as it comes: a type whose list is a set sorts it', () => {
    expect(runIdentityHash('a.b', { ids: ['1', '2'] })).not.toBe(runIdentityHash('a.b', { ids: ['2', '1'] }));
  });
});
