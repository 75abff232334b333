import { describe, expect, it } from '@jest/globals';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { normalisePolicy } from './canonical-policy.js';
import type { JsonObject } from './json.js';

const TYPES = POLICY_TYPES.map((type) => [type.key, type] as const);

function objectOf(type: PolicyType, differing: JsonObject = {}): JsonObject {
  return {
    id: 'id-1',
    ...(type.nameField === null ? {} : { [type.nameField]: 'A name' }),
    plain: 'value',
    ...differing,
  };
}

function hashOf(type: PolicyType, differing: JsonObject = {}): string {
  const read = { externalId: 'id-1', object: objectOf(type, differing), assignments: [] };
  return normalisePolicy(type, read).hashes.contentHash;
}

/** `value` where a path of the catalogue leads to. */
function at(path: string, value: unknown): JsonObject {
  const [name = '', ...rest] = path.split('.');
  const below = rest.length === 0 ? value : at(rest.join('.'), value);
  return name.endsWith('[]') ? { [name.slice(0, -2)]: [below] } : { [name]: below };
}

describe.each(TYPES)('%s', (_key, type) => {
  it('is the same whatever the service changes by itself', () => {
    for (const field of type.volatileFields) {
      expect([field, hashOf(type, at(field, 'one'))]).toEqual([field, hashOf(type, at(field, 'another'))]);
    }
    expect(hashOf(type, { id: 'id-2' })).toBe(hashOf(type));
  });

  it('differs by what is content, though Graph refuses it on create', () => {
    const secret = new Set(type.secretPaths);
    const noise = new Set(['id', ...type.volatileFields, ...secret]);
    for (const field of type.readOnlyFields.filter((name) => !noise.has(name))) {
      expect([field, hashOf(type, { [field]: ['one'] })]).not.toEqual([field, hashOf(type, { [field]: ['another'] })]);
    }
    expect(hashOf(type, { plain: 'another' })).not.toBe(hashOf(type));
  });

  it('shows none of its secrets', () => {
    for (const path of type.secretPaths.filter((one) => !/[{*]|omaSettings/.test(one))) {
      const read = { externalId: 'id-1', object: objectOf(type, at(path, 'hunter2')), assignments: [] };
      expect(JSON.stringify(normalisePolicy(type, read))).not.toContain('hunter2');
    }
  });
});
