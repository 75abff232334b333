import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { bodiesOf, isBody, textOf, type GraphBody, type JsonValue } from '../../store/graph-body.js';
import {
  assignableOf,
  checkReferences,
  nameOf,
  targetsOf,
  type GeneratedContent,
} from '../../../testing/generated-objects.js';
import { generatedContent, generatedTenant } from './generated-tenants.js';
import { seedObject, type GeneratedObject } from './generated-object.js';
import { isLeftoverName } from './naming.js';
import { countsOf, TENANT_SIZES, type Counted } from './tenant-sizes.js';

/** Configuration objects that the sizes were meant to have together. */
const TOTALS = { smb: 130, mid: 580, enterprise: 2350 };

const CONTENTS = new Map(TENANT_SIZES.map((size) => [size, generatedContent(size)] as const));

/** Collections that make up each row of the table of counts. */
const ROWS: Record<Exclude<Counted, 'groups' | 'groupsInUse' | 'appleEnrollment'>, string[]> = {
  settingsCatalog: ['configurationPolicies'],
  deviceConfigurations: ['deviceConfigurations'],
  groupPolicies: ['groupPolicyConfigurations'],
  intents: ['intents'],
  compliance: ['deviceCompliancePolicies', 'compliancePolicies'],
  powerShellScripts: ['deviceManagementScripts'],
  remediations: ['deviceHealthScripts'],
  shellScripts: ['deviceShellScripts'],
  customAttributes: ['deviceCustomAttributeShellScripts'],
  complianceScripts: ['deviceComplianceScripts'],
  appProtections: ['iosManagedAppProtections', 'androidManagedAppProtections', 'windowsManagedAppProtections'],
  managedAppConfigurations: ['targetedManagedAppConfigurations'],
  deviceAppConfigurations: ['mobileAppConfigurations'],
  apps: ['mobileApps'],
  enrollment: ['deviceEnrollmentConfigurations'],
  autopilot: ['windowsAutopilotDeploymentProfiles'],
  featureUpdates: ['windowsFeatureUpdateProfiles'],
  qualityUpdates: ['windowsQualityUpdateProfiles'],
  driverUpdates: ['windowsDriverUpdateProfiles'],
  conditionalAccess: ['conditionalAccessPolicies'],
  namedLocations: ['namedLocations'],
  authenticationStrengths: ['authenticationStrengthPolicies'],
  filters: ['assignmentFilters'],
  scopeTags: ['roleScopeTags'],
  roles: ['roleDefinitions'],
  roleAssignments: ['roleAssignments'],
  notifications: ['notificationMessageTemplates'],
  terms: ['termsAndConditions'],
  categories: ['deviceCategories'],
  reusableSettings: ['reusablePolicySettings'],
  admxFiles: ['groupPolicyUploadedDefinitionFiles'],
  policySets: ['policySets'],
};

function share(part: readonly unknown[], whole: readonly unknown[]): number {
  return part.length / whole.length;
}

function nestedCount(value: JsonValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + nestedCount(part), 0);
  if (!isBody(value)) return 0;
  const own = typeof value.settingDefinitionId === 'string' ? 1 : 0;
  return Object.values(value).reduce<number>((sum, part) => sum + nestedCount(part), own);
}

function percentile(numbers: number[], of: number): number {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length * of)] ?? 0;
}

describe.each(TENANT_SIZES)('the generated %s tenant', (size) => {
  const content = CONTENTS.get(size) as GeneratedContent;
  const counts = countsOf(size);

  it('has as many objects of each kind as the table of counts says', () => {
    const own = content.objects.filter(({ builtIn }) => !builtIn);
    const found = Object.entries(ROWS).map(([row, collections]) => [
      row,
      own.filter(({ collection }) => collections.includes(collection)).length,
    ]);
    const profiles = own.flatMap(({ children }) => children.enrollmentProfiles ?? []);
    expect({ ...Object.fromEntries(found), appleEnrollment: profiles.length, groups: content.groups.length }).toEqual({
      ...counts,
      groupsInUse: undefined,
    });
    const total = own.filter(({ collection }) => collection !== 'depOnboardingSettings').length + profiles.length;
    expect(Math.abs(total / TOTALS[size] - 1)).toBeLessThan(0.02);
    const counted = new Set([...Object.values(ROWS).flat(), 'depOnboardingSettings']);
    expect(own.filter(({ collection }) => !counted.has(collection))).toEqual([]);
  });

  it('has ids of its own for every object, group and assignment', () => {
    const ids = [...content.objects.map(({ object }) => object.id), ...content.groups.map(({ id }) => id)];
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
    for (const { children } of content.objects)
      for (const members of Object.values(children).filter((list) => list.every(({ id }) => id !== undefined)))
        expect(new Set(members.map(({ id }) => id)).size).toBe(members.length);
  });

  it('is assigned as real tenants are', () => {
    const all = assignableOf(content);
    const assigned = all.filter((made) => targetsOf(made).length > 0);
    const withExclusion = assigned.filter((made) =>
      targetsOf(made).some((target) => target['@odata.type'] === '#microsoft.graph.exclusionGroupAssignmentTarget'),
    );
    const withFilter = assigned.filter((made) =>
      targetsOf(made).some((target) => target.deviceAndAppManagementAssignmentFilterType !== 'none'),
    );
    const leftovers = all.filter((made) => targetsOf(made).length === 0 && isLeftoverName(nameOf(made)));
    expect(share(assigned, all)).toBeGreaterThan(0.66);
    expect(share(assigned, all)).toBeLessThan(0.74);
    expect(share(withExclusion, all)).toBeGreaterThanOrEqual(0.1);
    expect(share(withExclusion, all)).toBeLessThanOrEqual(0.15);
    expect(share(withFilter, all)).toBeGreaterThanOrEqual(0.15);
    expect(share(withFilter, all)).toBeLessThanOrEqual(0.25);
    expect(share(leftovers, all)).toBeGreaterThanOrEqual(0.05);
    expect(share(leftovers, all)).toBeLessThanOrEqual(0.1);
  });

  it('refers to what is there, but for a deleted app, a few deleted groups and a template file that is gone', () => {
    const { missing, groupsUsed } = checkReferences(content);
    expect(new Set(missing)).toEqual(new Set(['group', 'app of a status page', 'definition']));
    expect(missing.filter((kind) => kind !== 'group')).toHaveLength(2);
    const most = Math.ceil(assignableOf(content).length / 60);
    expect(missing.filter((kind) => kind === 'group').length).toBeLessThanOrEqual(most);
    expect(groupsUsed).toBe(counts.groupsInUse);
  });

  it('has names and descriptions that give trouble', () => {
    const names = content.objects.map(nameOf);
    for (const kind of [
      /&/,
      /#/,
      /\//,
      /'/,
      /"/,
      /%/,
      /\p{Extended_Pictographic}/u,
      /^.{200,}$/,
      /[\u3040-\u9fff]/,
      /^ | {2}/,
    ])
      expect(names.filter((name) => kind.test(name))).not.toEqual([]);
    const keys = content.objects.filter(({ builtIn }) => !builtIn).map((made) => `${made.collection} ${nameOf(made)}`);
    expect(new Set(keys).size).toBeLessThan(keys.length);
    const descriptions = content.objects.map(({ object }) => object.description);
    expect(descriptions).toContain(null);
    expect(descriptions).toContain('');
  });

  it('holds settings in realistic sizes, one policy of more than 300, and a mobileconfig of a megabyte', () => {
    const settings = content.objects
      .filter(({ collection }) => collection === 'configurationPolicies')
      .map(({ children }) => children.settings ?? []);
    const tops = settings.map((list) => list.length);
    const nested = settings.map((list) => nestedCount(list));
    expect(percentile(tops, 0.5)).toBe(5);
    expect(percentile(tops, 0.9)).toBeGreaterThanOrEqual(22);
    expect(percentile(tops, 0.9)).toBeLessThanOrEqual(32);
    expect(tops.filter((top) => top > 300)).toHaveLength(1);
    expect(
      share(
        tops.filter((top) => top > 100),
        tops,
      ),
    ).toBeLessThan(0.06);
    expect(percentile(nested, 0.5)).toBeGreaterThanOrEqual(6);
    expect(percentile(nested, 0.5)).toBeLessThanOrEqual(14);
    for (const list of settings) {
      const ids = list.map(({ settingInstance }) => textOf(settingInstance as GraphBody, 'settingDefinitionId'));
      if (!ids.some((id) => id?.includes('firewallrules'))) expect(new Set(ids).size).toBe(ids.length);
    }
    const text = JSON.stringify(settings);
    const kinds = [
      'ChoiceSettingInstance"',
      'SimpleSettingInstance"',
      'SimpleSettingCollectionInstance"',
      'GroupSettingCollectionInstance"',
      'ReferenceSettingValue"',
      '"encryptedValueToken"',
    ];
    expect(kinds.filter((kind) => !text.includes(kind))).toEqual([]);
    const payloads = content.objects.map(({ object }) => (typeof object.payload === 'string' ? object.payload : ''));
    const largest = Math.max(...payloads.map((payload) => Buffer.from(payload, 'base64').length));
    expect(largest).toBeGreaterThanOrEqual(1_048_576);
    expect(largest).toBeLessThan(1_100_000);
  });

  it('comes out the same to the byte, with every object where the simulator serves it', () => {
    const seeded = generatedTenant(size).objects;
    const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
    expect(hash(seeded)).toBe(hash(content.objects.map(seedObject)));
    const [first] = content.objects.filter(({ collection }) => collection === 'configurationPolicies');
    const policy = seeded.find(({ body }) => body.id === first?.object.id);
    expect(bodiesOf(policy?.body ?? {}, 'settings')).toEqual(first?.children.settings);
  });
});

describe('an object for the simulator', () => {
  it('is refused where no collection serves it, and not left out', () => {
    const object: GeneratedObject = {
      collection: 'nowhere' as GeneratedObject['collection'],
      object: { id: '1' },
      children: {},
      builtIn: false,
    };
    expect(() => seedObject(object)).toThrow('nowhere');
  });
});
