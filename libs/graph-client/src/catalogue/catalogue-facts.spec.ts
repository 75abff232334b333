import { describe, expect, it } from '@jest/globals';
import { GraphFacts, type PolicyTypeRow } from '../../testing/graph-facts.js';
import { classify } from './policy-facts.js';
import type { GraphCollection, PolicyType } from './policy-type.js';
import { POLICY_TYPES, policyType } from './policy-types.js';

/** Rows of the facts that are no types here, because: */
const NOT_DECLARED: ReadonlyMap<string, string> = new Map([
  [
    'managedAppPolicies',
    'lists what the concrete collections hold, without assignments; read once more it would be stored twice',
  ],
  ['roleAssignments', 'is read below each role definition, the only place that tells which role is assigned'],
  ['depEnrollmentProfiles', 'stands below an Apple token and is kept with it'],
]);

/** Collections that Microsoft does not describe, although tools read them. */
const NOT_DESCRIBED: ReadonlySet<string> = new Set([
  'inventoryPolicies',
  'managedDeviceCleanupRules',
  'deviceManagementSettings',
  'provisioningPolicies',
  'userSettings',
]);

/** What the catalogue says otherwise than the facts, and why. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['iosUpdatePolicy category', 'Apple update: a category of one type beside Windows update says whose updates'],
  ['windowsInformationProtection odataTypes', 'two collections, so two types'],
  ['intent restore', 'made by an action of its template'],
  ['groupPolicyUploadedDefinitionFile restore', 'the file has to be uploaded by hand'],
  ['depOnboardingSetting restore', 'the token has to be uploaded by hand'],
  ['policySet read', 'either of two permissions, as the two sources differ'],
]);

/** What `restore_kind` of the facts is here. */
const RESTORE: Readonly<Record<string, PolicyType['restore']>> = {
  create: 'create',
  'create-if-no-binary': 'create',
  singleton: 'update-only',
  metadata: 'none',
};

/** Left out of account for every type, though some have but one of them. */
const TIMES = ['createdDateTime', 'lastModifiedDateTime'];

const OEM_TYPE = '#microsoft.graph.androidManagedStoreAppConfiguration';

/** Ids that lead out of the catalogue. */
const DIRECTORY = ['group', 'user', 'application', 'role'];

const collections = [...new Set(POLICY_TYPES.map(({ collection }) => collection))];
const facts = GraphFacts.load();

/** A collection's path as the description writes it. */
function pattern({ path }: GraphCollection): string {
  return path.replace(/^\/(beta|v1\.0)/, '');
}

/** Every path that reading a collection asks for. */
function pathsOf(collection: GraphCollection): string[] {
  const list = pattern(collection);
  const item = `${list}/{}`;
  // The description tells relations behind a cast with the types that have them: profile-relations.spec.ts.
  const parts = collection.children.filter(({ relation }) => relation === undefined);
  const children = parts.flatMap(({ path, each }) => {
    const child = path === '' ? item : `${item}/${path}`;
    if (!each) return [child];
    const below = each.path.startsWith('/')
      ? each.path.replace(/^\/beta/, '').replace('{id}', '{}')
      : `${child}/{}/${each.path}`;
    return [child, below, ...(each.list ? [each.list.path.replace(/^\/beta/, '')] : [])];
  });
  const assignments = collection.assignments === 'own-collection' ? [`${item}/assignments`] : [];
  return [list, ...(collection.item ? [item] : []), ...children, ...assignments];
}

function otherwise(key: string, what: string): boolean {
  return OTHERWISE.has(`${key} ${what}`);
}

describe('What the catalogue refers to', () => {
  it.each([
    ['configurationPolicies', { templateReference: { templateFamily: 'none' } }, 'settingsCatalog'],
    ['configurationPolicies', { templateReference: { templateFamily: 'baseline' } }, 'endpointSecurityPolicy'],
    [
      'configurationPolicies',
      { templateReference: { templateFamily: 'enrollmentConfiguration' } },
      'autopilotDevicePreparation',
    ],
    ['deviceConfigurations', { '@odata.type': '#microsoft.graph.windows10CustomConfiguration' }, 'customOmaUri'],
    [
      'deviceConfigurations',
      { '@odata.type': '#microsoft.graph.windowsUpdateForBusinessConfiguration' },
      'windowsUpdateRing',
    ],
    ['deviceConfigurations', { '@odata.type': '#microsoft.graph.iosUpdateConfiguration' }, 'iosUpdatePolicy'],
    ['deviceConfigurations', { '@odata.type': '#microsoft.graph.macOSCustomConfiguration' }, 'deviceConfiguration'],
    [
      'deviceEnrollmentConfigurations',
      { '@odata.type': '#microsoft.graph.deviceEnrollmentLimitConfiguration' },
      'enrollmentRestriction',
    ],
    [
      'deviceEnrollmentConfigurations',
      { '@odata.type': '#microsoft.graph.windowsRestoreDeviceEnrollmentConfiguration' },
      'windowsRestore',
    ],
    ['mobileAppConfigurations', { '@odata.type': OEM_TYPE, appSupportsOemConfig: true }, 'androidOemConfig'],
    ['mobileAppConfigurations', { '@odata.type': OEM_TYPE, appSupportsOemConfig: false }, 'mobileAppConfiguration'],
    ['mobileAppConfigurations', { '@odata.type': OEM_TYPE }, 'mobileAppConfiguration'],
  ])('takes an object of %s %j for %s', (key, object, expected) => {
    const sharing = POLICY_TYPES.filter(({ collection }) => collection.key === key);
    expect(classify(sharing, object)?.key).toBe(expected);
  });

  it.each(POLICY_TYPES.map((type) => [type.key, type] as const))('%s leads to known types', (_key, type) => {
    for (const { to } of type.references ?? []) {
      if (!DIRECTORY.includes(to)) expect(policyType(to)?.key).toBe(to);
    }
  });

  it('reads foundations under that name', () => {
    const foundations = POLICY_TYPES.filter(({ kind }) => kind === 'foundation').map(({ key }) => key);
    expect(foundations.sort()).toEqual([
      'assignmentFilter',
      'authenticationContext',
      'authenticationStrengthPolicy',
      'deviceCategory',
      'groupPolicyUploadedDefinitionFile',
      'mobileAppCategory',
      'namedLocation',
      'notificationMessageTemplate',
      'reusablePolicySetting',
      'roleDefinition',
      'roleScopeTag',
    ]);
  });

  it('has categories of a few types each, in words for people', () => {
    for (const category of new Set(POLICY_TYPES.map((type) => type.category))) {
      expect(category).toMatch(/^[A-Z][A-Za-z0-9 ]+$/);
      const types = POLICY_TYPES.filter((type) => type.category === category);
      expect(types.length).toBeLessThanOrEqual(14);
    }
    const labels = POLICY_TYPES.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

if (facts) {
  describe('The catalogue against the collected facts of Graph', () => {
    it('has every type of the list, each once, or says why not', () => {
      const listed = facts.rows.map((row) => row['type_key'] ?? '');
      expect(listed).toHaveLength(60);
      expect(listed.filter((key) => !policyType(key) && !NOT_DECLARED.has(key))).toEqual([]);
      expect(POLICY_TYPES.filter(({ key }) => NOT_DECLARED.has(key))).toEqual([]);
    });

    it('has every collection of the contract, or says why not', () => {
      const keys = new Set(collections.map(({ key }) => key));
      const missing = facts.contract.filter(({ key }) => !keys.has(key)).map(({ key }) => key);
      expect(missing.sort()).toEqual([...NOT_DECLARED.keys()].sort());
    });

    it.each(facts.rows.map((row) => [row['type_key'] ?? '', row] as const))('%s is as the list says', (key, row) => {
      const type = policyType(key);
      expect(type).toBeDefined();
      if (type) expectAsListed(type, row);
    });

    it.each(collections.map((collection) => [collection.key, collection] as const))('%s is described', (key, one) => {
      const undescribed = pathsOf(one).filter((path) => !facts.describes(path));
      expect(undescribed).toEqual(NOT_DESCRIBED.has(key) ? pathsOf(one) : []);
    });

    it.each(facts.contract.filter(({ key }) => !NOT_DECLARED.has(key)).map((row) => [row.key, row] as const))(
      '%s is as the contract says',
      (key, row) => {
        const one = collections.find((collection) => collection.key === key);
        expect(one && pattern(one)).toBe(row.listPath);
        const [pages] = /^\d+/.exec(row.pageSize ?? '') ?? [];
        if (pages !== undefined) expect(one?.pageSize).toBe(Number(pages));
        expect(one?.permissions.read).toContain(row.permissions.read);
        expect(one?.permissions.write).toContain(row.permissions.write);
      },
    );

    it.each(
      POLICY_TYPES.filter(({ collection }) => !NOT_DESCRIBED.has(collection.key)).map(
        (type) => [type.key, type] as const,
      ),
    )('%s names properties that there are', (_key, type) => {
      const known = facts.propertiesOf(pattern(type.collection));
      const named = [
        ...[type.nameField, type.scopeTagField, type.is?.where?.field].filter((name) => typeof name === 'string'),
        ...type.volatileFields,
        ...type.readOnlyFields,
        ...type.secretPaths.map(firstName),
        ...(type.base64Fields ?? []).map(firstName),
        ...(type.references ?? []).map(({ path }) => firstName(path)),
        ...type.collection.lacks,
        ...type.collection.children.flatMap(({ name, countField }) => [name, ...(countField ? [countField] : [])]),
      ];
      expect(named.filter((name) => !known.has(firstName(name)) && !TIMES.includes(name))).toEqual([]);
    });
  });
} else {
  describe('The catalogue against the collected facts of Graph', () => {
    it.skip('is not checked: the facts ../shared/graph/policy-types.csv are not there', () => undefined);
  });
}

function firstName(path: string): string {
  return path.split(/[.[]/)[0] ?? '';
}

function expectAsListed(type: PolicyType, row: PolicyTypeRow): void {
  const { key, collection } = type;
  expect(collection.path).toBe(row['list_endpoint']?.split('?')[0]);
  expect(type.nameField ?? '(none)').toBe(row['name_field']);
  expect(type.scopeTagField ?? '').toBe(row['scope_tag_field']);
  const own = row['odata_types']?.split(';').filter(Boolean) ?? [];
  if (type.odataTypes !== 'from list' && !otherwise(key, 'odataTypes')) {
    expect(type.odataTypes).toEqual(expect.arrayContaining(own));
  }
  if (!otherwise(key, 'category')) expect(type.category).toBe(row['category']);
  if (!otherwise(key, 'restore')) expect(type.restore).toBe(RESTORE[row['restore_kind'] ?? '']);
  const [read = '', write = ''] = row['permission_read_write']?.split(' / ') ?? [];
  expect(collection.permissions.read).toContain(read);
  if (!otherwise(key, 'read')) expect(collection.permissions.read[0]).toBe(read);
  expect(collection.permissions.write).toContain(write);
  if (row['assign_mode'] === 'none') expect(['none', 'inline']).toContain(collection.assignments);
  // Role assignments are children of their role.
  else if (row['assign_mode'] !== 'role-assignments') {
    expect(['expanded', 'own-collection']).toContain(collection.assignments);
  }
}
