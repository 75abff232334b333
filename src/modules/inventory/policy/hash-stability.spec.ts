import { describe, expect, it } from '@jest/globals';
import { typed } from '../../../../test/support/batched-graph.js';
import { hashesOf, normalisePolicy, type NormalisedPolicy } from './canonical-policy.js';
import { canonicalJson, inOrderJson, type JsonObject } from './json.js';

const GRAPH = '#microsoft.graph.';
const target = (kind: string, told: JsonObject): JsonObject => ({
  '@odata.type': `${GRAPH}${kind}AssignmentTarget`,
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: 'none',
  ...told,
});

/** Policies of the shapes that normalising treats apart, with the hashes that they have had from the first version on. */
const POLICIES: [type: string, object: JsonObject, assignments: JsonObject[], hashes: NormalisedPolicy['hashes']][] = [
  [
    'settingsCatalog',
    {
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata',
      id: 'c1',
      name: 'Firewall – “Z” 😀',
      description: '',
      platforms: 'windows10',
      roleScopeTagIds: ['3', '0'],
      templateReference: { templateId: 'ABC_1', templateFamily: 'none', templateDisplayName: null },
      settings: ['b', 'a', 'b'].map((id, at) => ({
        id: String(at),
        settingInstance: {
          settingDefinitionId: id,
          '@odata.type': `${GRAPH}deviceManagementConfigurationGroupSettingCollectionInstance`,
          settingInstanceTemplateReference: { settingInstanceTemplateId: 'DEF' },
          groupSettingCollectionValue: [
            {
              children: [
                { settingDefinitionId: 'y', simpleSettingValue: { value: 7 - at } },
                { 10: 'x', 9: [], 8: 1 },
              ],
            },
            {
              '@odata.type': `${GRAPH}deviceManagementConfigurationGroupSettingValue`,
              children: [{ settingDefinitionId: 'x', simpleSettingValue: { value: `"${at}"\n` } }],
            },
          ],
        },
      })),
    },
    [
      { id: '1', source: 'direct', target: target('group', { groupId: 'FFFF' }) },
      {
        id: '2',
        intent: 'required',
        settings: { b: [2, 1], a: null },
        target: target('exclusionGroup', { groupId: 'A' }),
      },
      {
        id: '3',
        target: target('allDevices', {
          deviceAndAppManagementAssignmentFilterId: 'F1',
          deviceAndAppManagementAssignmentFilterType: 'include',
        }),
      },
    ],
    {
      contentHash: 'ea2d2c47e769269b35355952d4edcc7aaf87b329f104a60bcc3baba4b4278557',
      bodyHash: '2c2a61a9686910d8f896f7eb30f44579b2f05bfa8f1255f2c241519f8f9cd4c0',
      assignmentsHash: '2c98bdd12012ddc57d8d546561a9512c1131b102a286b604faf1882a2c35c029',
    },
  ],
  [
    'deviceConfiguration',
    {
      '@odata.type': `${GRAPH}iosDeviceFeaturesConfiguration`,
      id: 'd1',
      displayName: 'Home',
      description: 'About',
      lastModifiedDateTime: '2026-01-01T00:00:00Z',
      homeScreenPages: [{ displayName: 'Z' }, { displayName: 'A' }],
      listed: [{ 2: 'b', 10: 'a' }, { b: null, a: 'z' }, 'text', 3, [true, false]],
      proxyPassword: 'secret',
      [`${GRAPH}assign`]: {},
    },
    [],
    {
      contentHash: '114113c5f7e608b047b1472f6d2d5f3519b35b11e9efa247d71d6cd6c686d590',
      bodyHash: 'e354f73ac233f382cd9e7231edbfaf0493cfcf367b0944ca7b136a2a02f3617f',
      assignmentsHash: 'ef8844f5293cad46fbb36dae86b1abdb2f907f8e6e6266af581425a89fe5abb9',
    },
  ],
  [
    'groupPolicyConfiguration',
    {
      id: 'g1',
      displayName: 'ADMX',
      definitionValues: ['d2', 'd1'].map((id) => ({
        id: `value-${id}`,
        enabled: true,
        zone: 1,
        definition: { id, displayName: id },
        presentationValues: [{ id: 'p', presentation: { id: '42', label: 'L' }, value: id }],
      })),
    },
    [],
    {
      contentHash: '349e2c43011e4c0ed93b65c07ac9bb3e3d6fd3f861c08e4dd2cb70ec0294ed1c',
      bodyHash: 'fe0900cfbcc9d93a31ed8cd12e78406616eee2344a5c76d92857ce976ebe1ce5',
      assignmentsHash: 'ef8844f5293cad46fbb36dae86b1abdb2f907f8e6e6266af581425a89fe5abb9',
    },
  ],
];

describe('hashes of policies', () => {
  it.each(POLICIES)('stay what they were: %s', (key, object, assignments, hashes) => {
    expect(normalisePolicy(typed(key), { externalId: 'x', object, assignments }).hashes).toEqual(hashes);
  });

  it.each(POLICIES)(
    'are those of the content as it is stored, whose names have no order: %s',
    (key, object, assignments) => {
      const { content, hashes } = normalisePolicy(typed(key), { externalId: 'x', object, assignments });
      expect(hashesOf(JSON.parse(JSON.stringify(reversed(content))) as typeof content)).toEqual(hashes);
    },
  );

  it('write names that are whole numbers where they belong', () => {
    const value = { a: [{ 9: 1, 10: 2 }], text: '"7":' };
    expect(inOrderJson(value)).toBe('{"a":[{"10":2,"9":1}],"text":"\\"7\\":"}');
    expect(inOrderJson(value)).toBe(canonicalJson(value));
  });

  it('leave what was read as it was, masked or not', () => {
    for (const [key, object, assignments] of POLICIES) {
      const before = structuredClone(object);
      normalisePolicy(typed(key), { externalId: 'x', object, assignments });
      expect(object).toEqual(before);
    }
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
