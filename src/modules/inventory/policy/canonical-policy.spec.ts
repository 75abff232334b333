import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { POLICY_TYPES, policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { hashesOf, normalisePolicy, type NormalisedPolicy } from './canonical-policy.js';
import { comparePolicies } from './compare-policies.js';
import { hashOf, isObject, type JsonObject } from './json.js';

const typeOf = (key: string): PolicyType => {
  const type = policyType(key);
  if (!type) throw new Error(`No type ${key}.`);
  return type;
};
const CATALOG = typeOf('settingsCatalog');
const CONFIGURATION = typeOf('deviceConfiguration');
const NAMESPACE = '#microsoft.graph.deviceManagementConfiguration';

const normalise = (type: PolicyType, object: JsonObject): NormalisedPolicy =>
  normalisePolicy(type, {
    externalId: 'id-1',
    object,
    assignments: (object['assignments'] ?? []) as unknown[],
  });

const definitionId = fc.constantFrom('a_b', 'a_c', 'vendor_x', 'vendor_y~z');
const children = (depth: number): fc.Arbitrary<JsonObject[]> =>
  depth === 0 ? fc.constant([]) : fc.array(instance(depth - 1), { maxLength: 3 });

/** Setting instances of every kind, two levels deep. */
function instance(depth: number): fc.Arbitrary<JsonObject> {
  const choice = fc.record({ value: fc.string(), children: children(depth) });
  const simple = fc.oneof(fc.string({ minLength: 1 }), fc.integer()).map((value) => ({
    '@odata.type': `${NAMESPACE}StringSettingValue`,
    settingValueTemplateReference: null,
    value,
  }));
  const body = fc.oneof(
    choice.map((choiceSettingValue) => ({ '@odata.type': `${NAMESPACE}ChoiceSettingInstance`, choiceSettingValue })),
    simple.map((simpleSettingValue) => ({ '@odata.type': `${NAMESPACE}SimpleSettingInstance`, simpleSettingValue })),
    fc.array(simple, { maxLength: 4 }).map((simpleSettingCollectionValue) => ({
      '@odata.type': `${NAMESPACE}SimpleSettingCollectionInstance`,
      simpleSettingCollectionValue,
    })),
    fc.array(fc.record({ children: children(depth) }), { maxLength: 3 }).map((groupSettingCollectionValue) => ({
      '@odata.type': `${NAMESPACE}GroupSettingCollectionInstance`,
      groupSettingCollectionValue,
    })),
  );
  return fc.tuple(definitionId, body).map(([settingDefinitionId, rest]) => ({ settingDefinitionId, ...rest }));
}

const target = fc.record({
  '@odata.type': fc.constantFrom(
    '#microsoft.graph.groupAssignmentTarget',
    '#microsoft.graph.allDevicesAssignmentTarget',
  ),
  groupId: fc.uuid(),
});
const policy: fc.Arbitrary<JsonObject> = fc.record({
  '@odata.type': fc.constant('#microsoft.graph.deviceManagementConfigurationPolicy'),
  name: fc.string({ minLength: 1 }),
  description: fc.option(fc.string()),
  platforms: fc.constant('windows10'),
  roleScopeTagIds: fc.uniqueArray(fc.constantFrom('0', '1', '7'), { minLength: 1 }),
  settings: fc
    .array(instance(2), { maxLength: 6 })
    .map((all) => all.map((settingInstance, at) => ({ id: String(at), settingInstance }))),
  assignments: fc.array(fc.record({ target }), { maxLength: 3 }),
});

/** The same policy as another reading may give it: keys and lists in another order, noise, null for what is absent. */
function reread(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reread).reverse();
  if (!isObject(value)) return value;
  const noise = {
    '@odata.id': 'x',
    'x@odata.type': '#String',
    '#microsoft.graph.assign': {},
    neverSet: null,
    none: [],
  };
  const members = Object.entries(value).reverse();
  return { ...noise, ...Object.fromEntries(members.map(([key, member]) => [key, reread(member)])) };
}

describe('a canonical policy', () => {
  it('is the same whenever, and in whatever order, it was read', () => {
    fc.assert(
      fc.property(policy, (object) => {
        const again = {
          ...(reread(object) as JsonObject),
          createdDateTime: '2026-01-01T00:00:00Z',
          lastModifiedDateTime: '2026-02-02T00:00:00Z',
          settingCount: 99,
          isAssigned: true,
          id: 'another-id',
        };
        const [one, two] = [normalise(CATALOG, object), normalise(CATALOG, again)];
        expect(two.content).toEqual(one.content);
        expect(two.hashes).toEqual(one.hashes);
        expect(comparePolicies(one.content, two.content)).toEqual([]);
      }),
    );
  });

  it('has the hashes that stand in the database: over its parts with a version', () => {
    fc.assert(
      fc.property(policy, (object) => {
        const { content, hashes } = normalise(CATALOG, object);
        const { properties, settings, assignments } = content;
        expect(hashes).toEqual({
          contentHash: hashOf({ v: 1, content }),
          bodyHash: hashOf({ v: 1, properties, settings }),
          assignmentsHash: hashOf({ v: 1, assignments }),
        });
      }),
    );
  });

  it('survives jsonb, which forgets the order of keys', () => {
    fc.assert(
      fc.property(policy, (object) => {
        const { content, hashes } = normalise(CATALOG, object);
        const stored = JSON.parse(JSON.stringify(content), (_, value: unknown) =>
          isObject(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
        ) as typeof content;
        expect(hashesOf(stored)).toEqual(hashes);
      }),
    );
  });

  it('differs, in body and in one entry, by a single value anywhere in a setting', () => {
    fc.assert(
      fc.property(policy, instance(2), (object, added) => {
        const settings = object['settings'] as JsonObject[];
        const outer = (value: string): JsonObject => ({
          settingInstance: {
            '@odata.type': `${NAMESPACE}ChoiceSettingInstance`,
            settingDefinitionId: 'outer_setting',
            choiceSettingValue: {
              value: 'outer_1',
              children: [added, { settingDefinitionId: 'leaf', simpleSettingValue: { value } }],
            },
          },
        });
        const before = normalise(CATALOG, { ...object, settings: [...settings, outer('old')] });
        const after = normalise(CATALOG, { ...object, settings: [outer('new'), ...settings] });
        expect(after.hashes.contentHash).not.toBe(before.hashes.contentHash);
        expect(after.hashes.bodyHash).not.toBe(before.hashes.bodyHash);
        expect(after.hashes.assignmentsHash).toBe(before.hashes.assignmentsHash);
        expect(comparePolicies(before.content, after.content)).toMatchObject([
          {
            path: 'settings/outer_setting',
            settingDefinitionId: 'outer_setting',
            change: 'changed',
            section: 'settings',
          },
        ]);
      }),
    );
  });

  it('keeps a name and the assignments out of the body', () => {
    const object = { name: 'A', settings: [], assignments: [] };
    const one = normalise(CATALOG, object);
    const renamed = normalise(CATALOG, { ...object, name: 'B' });
    const group = { target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'ABC' } };
    const assigned = normalise(CATALOG, { ...object, assignments: [group] });
    expect(renamed.hashes).toMatchObject({
      bodyHash: one.hashes.bodyHash,
      assignmentsHash: one.hashes.assignmentsHash,
    });
    expect(renamed.hashes.contentHash).not.toBe(one.hashes.contentHash);
    expect(assigned.hashes.bodyHash).toBe(one.hashes.bodyHash);
    expect(assigned.hashes.assignmentsHash).not.toBe(one.hashes.assignmentsHash);
    expect(comparePolicies(one.content, assigned.content)).toEqual([
      {
        path: 'assignments/group/abc',
        before: null,
        after: { target: 'group', groupId: 'abc' },
        change: 'added',
        section: 'assignments',
      },
    ]);
  });

  it('treats assignments as a set, and a zero filter as none', () => {
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'G1' };
    const zero = {
      ...target,
      deviceAndAppManagementAssignmentFilterId: '00000000-0000-0000-0000-000000000000',
      deviceAndAppManagementAssignmentFilterType: 'none',
    };
    const everyone = { target: { '@odata.type': '#microsoft.graph.allLicensedUsersAssignmentTarget' } };
    const one = normalise(CATALOG, { name: 'A', assignments: [{ id: '1', source: 'direct', target }, everyone] });
    const two = normalise(CATALOG, { name: 'A', assignments: [everyone, { id: '2', target: zero }, { target }] });
    expect(two.hashes).toEqual(one.hashes);
    const filtered = {
      ...target,
      deviceAndAppManagementAssignmentFilterId: 'F1',
      deviceAndAppManagementAssignmentFilterType: 'include',
    };
    const three = normalise(CATALOG, { name: 'A', assignments: [everyone, { target: filtered }] });
    expect(comparePolicies(one.content, three.content)).toMatchObject([
      { path: 'assignments/group/g1', change: 'changed', after: { filterId: 'f1', filterType: 'include' } },
    ]);
  });

  it('compares template references without letter case', () => {
    const setting = (id: string): JsonObject => ({
      settings: [
        {
          settingInstance: {
            settingDefinitionId: 'a',
            settingInstanceTemplateReference: { settingInstanceTemplateId: id },
            choiceSettingValue: { value: 'a_1', settingValueTemplateReference: { settingValueTemplateId: id } },
          },
        },
      ],
    });
    expect(normalise(CATALOG, setting('ABC')).hashes).toEqual(normalise(CATALOG, setting('abc')).hashes);
    const other = comparePolicies(
      normalise(CATALOG, setting('abc')).content,
      normalise(CATALOG, setting('def')).content,
    );
    expect(other).toMatchObject([{ path: 'settings/a', change: 'changed' }]);
    expect(other[0]?.before).not.toEqual(other[0]?.after);
  });

  it('keeps the targeted apps of an app protection policy, less the ids that Graph gives them', () => {
    const apps = (id: string, bundleId: string): JsonObject => ({
      displayName: 'MAM',
      apps: [
        {
          id,
          version: id,
          mobileAppIdentifier: { '@odata.type': '#microsoft.graph.iosMobileAppIdentifier', bundleId },
        },
      ],
    });
    const type = typeOf('iosManagedAppProtection');
    const one = normalise(type, apps('1', 'com.example.mail'));
    expect(normalise(type, apps('2', 'com.example.mail')).hashes).toEqual(one.hashes);
    expect(normalise(type, apps('1', 'com.example.docs')).hashes.bodyHash).not.toBe(one.hashes.bodyHash);
  });

  it('can be stored whatever the texts hold', () => {
    const { raw, content } = normalise(CATALOG, { name: 'nul \0 and half \ud83d', 'k\0': 'x' });
    expect(content.name).toBe('nul \u{fffd} and half \u{fffd}');
    expect(JSON.stringify(raw)).not.toMatch(/\\u0000|\\ud83d/);
  });

  it('keeps the order of home screen pages, and of nothing else', () => {
    const object = (pages: string[], list: string[]): JsonObject => ({
      displayName: 'iOS',
      homeScreenPages: pages.map((displayName) => ({ displayName })),
      list,
    });
    const one = normalise(CONFIGURATION, object(['a', 'b'], ['x', 'y']));
    expect(normalise(CONFIGURATION, object(['a', 'b'], ['y', 'x'])).hashes).toEqual(one.hashes);
    expect(normalise(CONFIGURATION, object(['b', 'a'], ['x', 'y'])).hashes).not.toEqual(one.hashes);
  });

  it('never drops a property that only looks like a list of settings', () => {
    for (const type of POLICY_TYPES.filter(({ collection }) => collection.children.length === 0)) {
      expect(normalise(type, { displayName: 'A', settings: ['x'] }).content.properties['settings']).toEqual(['x']);
    }
  });
});
