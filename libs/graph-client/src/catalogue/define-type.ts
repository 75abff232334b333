import type { Permissions } from './permissions.js';
import type { ChildCollection, GraphCollection, PolicyType } from './policy-type.js';

/**
 * A list of Intune with what most have in common: the beta version, 1,000 a page, nothing read apart. The defaults are
 * those of `deviceConfigurations` (Intune-PowerShell-SDK#26); collections that differ say so.
 * @param path without the version
 */
export function listOf(
  path: string,
  permissions: Permissions,
  differences: Partial<GraphCollection> = {},
): GraphCollection {
  return {
    key: path.slice(path.lastIndexOf('/') + 1),
    path: `/beta/${path}`,
    shape: 'list',
    budget: 'intune',
    pageSize: 1000,
    children: [],
    assignments: 'none',
    lacks: [],
    permissions,
    ...differences,
  };
}

/** Assignments come with the list by `$expand`: true of all lists but those that IntuneManagement excepts. */
export const ASSIGNMENTS_ON_LIST = {
  listQuery: { $expand: 'assignments' },
  assignments: 'expanded',
  lacks: ['assignments'],
} as const satisfies Partial<GraphCollection>;

/** Assignments at `{path}/{id}/assignments`. */
export const ASSIGNMENTS_APART = {
  assignments: 'own-collection',
  lacks: ['assignments'],
} as const satisfies Partial<GraphCollection>;

/** The list lacks `names`, so that each object is read by itself, and its assignments with it. */
export function onItem(...names: readonly string[]): Partial<GraphCollection> {
  return { item: { query: { $expand: 'assignments' } }, assignments: 'expanded', lacks: [...names, 'assignments'] };
}

/** The settings of the settings catalog and of what is built like it; 25 a page unless asked for 1,000 (IntuneCD). */
export const CATALOG_SETTINGS: ChildCollection = {
  name: 'settings',
  path: 'settings',
  query: { $top: '1000' },
  countField: 'settingCount',
  keyedBy: 'settingInstance.settingDefinitionId',
};

/** Settings that point at reusable settings or at a discovery script say so by the type of their value. */
export const SETTING_REFERENCES: NonNullable<PolicyType['references']> = [
  {
    path: 'settings[].**{#microsoft.graph.deviceManagementConfigurationReferenceSettingValue}.value',
    to: 'reusablePolicySetting',
  },
];

export const SETTING_SECRETS = [
  'settings[].**{#microsoft.graph.deviceManagementConfigurationSecretSettingValue}.value',
] as const;

/** Whom a scheduled action of a compliance policy writes to. */
export const COMPLIANCE_ACTION_REFERENCES: NonNullable<PolicyType['references']> = [
  {
    path: 'scheduledActionsForRule[].scheduledActionConfigurations[].notificationTemplateId',
    to: 'notificationMessageTemplate',
  },
  { path: 'scheduledActionsForRule[].scheduledActionConfigurations[].notificationMessageCCList[]', to: 'group' },
];

type Required = 'key' | 'label' | 'category' | 'collection' | 'odataTypes';
type Settled = 'volatileFields' | 'readOnlyFields';

/** A row of the catalogue, less what most rows have in common. */
export type Row = Pick<PolicyType, Required> &
  Partial<Omit<PolicyType, Required | Settled>> & {
    /** When it was made and changed; by default under the names that nearly all of Intune has for that. */
    times?: readonly string[];
    /** What the service changes by itself, besides the times. */
    volatile?: readonly string[];
    /** What is content, but refused on create. */
    readOnly?: readonly string[];
  };

const TIMES = ['createdDateTime', 'lastModifiedDateTime'];

/** A whole row: a policy that has a `displayName` and scope tags and can be made anew, unless it says otherwise. */
export function defineType({ times = TIMES, volatile = [], readOnly = [], ...row }: Row): PolicyType {
  const [only, ...others] = row.odataTypes === 'from list' ? [] : row.odataTypes;
  return {
    kind: 'policy',
    nameField: 'displayName',
    scopeTagField: 'roleScopeTagIds',
    secretPaths: [],
    restore: 'create',
    ...(only !== undefined && others.length === 0 ? { impliedOdataType: only } : {}),
    ...row,
    volatileFields: [...times, ...volatile],
    readOnlyFields: ['id', ...times, ...volatile, ...readOnly],
  };
}

/** `#microsoft.graph.` before each name. */
export function graphTypes(...names: readonly string[]): readonly string[] {
  return names.map((name) => `#microsoft.graph.${name}`);
}
