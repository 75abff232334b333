import { describe, expect, it } from '@jest/globals';
import { isBody, type JsonValue } from '../../store/graph-body.js';
import { generatedContent } from './generated-tenants.js';
import type { GeneratedObject } from './generated-object.js';
import { countsOf, TENANT_SIZES, type Counted, type TenantSize } from './tenant-sizes.js';

/**
 * The proposed seeds of the Graph contract, section 6, once more and apart from the generator's own table: SMB, mid,
 * enterprise.
 */
const PROPOSED: readonly (readonly [Counted, number, number, number])[] = [
  ['settingsCatalog', 35, 130, 420],
  ['deviceConfigurations', 12, 60, 260],
  ['groupPolicies', 2, 12, 45],
  ['intents', 2, 10, 30],
  ['compliance', 5, 14, 45],
  ['powerShellScripts', 6, 25, 90],
  ['remediations', 4, 30, 140],
  ['shellScripts', 1, 6, 25],
  ['customAttributes', 0, 2, 8],
  ['complianceScripts', 0, 2, 8],
  ['appProtections', 2, 6, 16],
  ['managedAppConfigurations', 1, 6, 20],
  ['deviceAppConfigurations', 2, 8, 35],
  ['apps', 30, 140, 700],
  ['enrollment', 7, 12, 25],
  ['autopilot', 1, 4, 15],
  ['appleEnrollment', 0, 3, 12],
  ['featureUpdates', 1, 4, 8],
  ['qualityUpdates', 0, 2, 3],
  ['driverUpdates', 1, 4, 8],
  ['conditionalAccess', 8, 25, 90],
  ['namedLocations', 2, 10, 45],
  ['authenticationStrengths', 0, 2, 5],
  ['filters', 4, 24, 90],
  ['scopeTags', 0, 6, 40],
  ['roles', 0, 4, 18],
  ['roleAssignments', 0, 8, 60],
  ['notifications', 1, 4, 15],
  ['terms', 0, 1, 4],
  ['categories', 3, 8, 20],
  ['reusableSettings', 1, 6, 30],
  ['admxFiles', 0, 3, 12],
  ['policySets', 0, 1, 4],
  ['groupsInUse', 20, 150, 900],
  ['groups', 60, 900, 12_000],
];

const CONTENTS = new Map(TENANT_SIZES.map((size) => [size, generatedContent(size)] as const));

function of(size: TenantSize, collection: string): GeneratedObject[] {
  return CONTENTS.get(size)?.objects.filter((made) => made.collection === collection) ?? [];
}

function instances(value: JsonValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + instances(part), 0);
  if (!isBody(value)) return 0;
  const own = typeof value.settingDefinitionId === 'string' ? 1 : 0;
  return Object.values(value).reduce<number>((sum, part) => sum + instances(part), own);
}

function percentile(numbers: readonly number[], part: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * part)] ?? 0;
}

/** Bytes of the object with these children, as a backup would keep it. */
function bytes({ object, children }: GeneratedObject, ...names: string[]): number {
  return JSON.stringify({ ...object, ...Object.fromEntries(names.map((name) => [name, children[name] ?? []])) }).length;
}

function within(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}

describe('the sizes of the generated tenants', () => {
  it.each(PROPOSED)('%s are %d, %d and %d', (kind, ...proposed) => {
    expect(TENANT_SIZES.map((size) => countsOf(size)[kind])).toEqual(proposed);
  });
});

describe.each(TENANT_SIZES)('the shape of the generated %s tenant', (size) => {
  const catalog = of(size, 'configurationPolicies');

  it('has settings as deep and policies as large as the anchors', () => {
    const tops = catalog.map(({ children }) => children.settings?.length ?? 0);
    const nested = catalog.map(({ children }) => instances(children.settings ?? []));
    within(percentile(tops, 0.1), 1, 2);
    within(tops.filter((top) => top > 25).length / tops.length, 0.06, 0.12);
    within(tops.filter((top) => top > 100).length, 1, Math.max(1, Math.ceil(catalog.length * 0.025)));
    within(percentile(nested, 0.9), 30, 60);
    // The anchors (5.6 and 23 KB) have the type of every value, which minimal metadata leaves out: about 85 bytes each.
    const sizes = catalog.map((made) => bytes(made, 'settings'));
    within(percentile(sizes, 0.5), 4_000, 6_500);
    within(percentile(sizes, 0.9), 15_000, 28_000);
    within(Math.max(...sizes), 100_000, 220_000);
  });

  it('has compliance policies of about 1.9 KB and update rings of about 2.1 KB', () => {
    const compliance = of(size, 'deviceCompliancePolicies').map((made) => bytes(made, 'scheduledActionsForRule'));
    within(percentile(compliance, 0.5), 1_400, 2_400);
    const rings = of(size, 'deviceConfigurations').filter(
      ({ object }) => object['@odata.type'] === '#microsoft.graph.windowsUpdateForBusinessConfiguration',
    );
    within(
      percentile(
        rings.map((made) => bytes(made)),
        0.5,
      ),
      1_800,
      2_400,
    );
  });

  it('is mostly Windows, with Apple beside it, and mostly tagged with the default scope tag', () => {
    const windows = catalog.filter(({ object }) => object.platforms === 'windows10').length / catalog.length;
    within(windows, 0.7, 0.95);
    const platforms = new Set(catalog.map(({ object }) => object.platforms));
    expect(platforms).toEqual(new Set(['windows10', 'macOS', 'iOS']));
    const tags = (CONTENTS.get(size)?.objects ?? []).flatMap(({ object }) =>
      Array.isArray(object.roleScopeTagIds) ? [object.roleScopeTagIds] : [],
    );
    within(tags.filter((list) => list.includes('0')).length / tags.length, 0.95, 1);
  });

  it('has the leftovers of years: a few assignments to deleted groups, names given twice, endpoint security of several kinds', () => {
    const { objects = [], groups = [] } = CONTENTS.get(size) ?? {};
    const known = new Set(groups.map(({ id }) => id));
    const targets = objects.flatMap(({ children }) =>
      (children.assignments ?? []).map(({ target }) => (isBody(target) ? target : {})),
    );
    const deleted = targets.filter(({ groupId }) => typeof groupId === 'string' && !known.has(groupId)).length;
    within(deleted / targets.length, 0.001, 0.02);
    const names = objects
      .filter(({ builtIn }) => !builtIn)
      .map(({ collection, object }) => `${collection} ${JSON.stringify(object.displayName ?? object.name)}`);
    within(names.length - new Set(names).size, 1, 2 + names.length * 0.02);
    const families = new Set(
      catalog.map(({ object }) => (isBody(object.templateReference) ? object.templateReference.templateFamily : '')),
    );
    expect(families.size).toBeGreaterThanOrEqual(5);
  });

  it('has some twenty values in an administrative template, and drivers in a driver profile', () => {
    const values = of(size, 'groupPolicyConfigurations').map(({ children }) => children.definitionValues?.length ?? 0);
    within(values.reduce((sum, count) => sum + count, 0) / values.length, size === 'smb' ? 5 : 12, 30);
    const drivers = of(size, 'windowsDriverUpdateProfiles').map(({ children }) => children.driverInventories ?? []);
    for (const list of drivers) within(list.length, 6, 40);
    const statuses = new Set(drivers.flat().map(({ approvalStatus }) => approvalStatus));
    expect(statuses).toEqual(
      new Set(size === 'smb' ? ['approved'] : ['approved', 'needsReview', 'declined', 'suspended']),
    );
  });
});
