import {
  ASSIGNMENTS_APART,
  ASSIGNMENTS_ON_LIST,
  CATALOG_SETTINGS,
  defineType,
  graphTypes,
  listOf,
  onItem,
  SETTING_REFERENCES,
  SETTING_SECRETS,
} from './define-type.js';
import { CONFIGURATION_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';
import { PROFILE_REFERENCES, PROFILE_RELATION_NAMES, PROFILE_RELATIONS } from './profile-relations.js';

const CATEGORY = 'Device configuration';

/** Device side reports below the template based types: navigation properties and counters, never content. */
export const DEVICE_REPORTS = [
  'deviceStatuses',
  'userStatuses',
  'deviceStatusOverview',
  'userStatusOverview',
  'deviceSettingStateSummaries',
] as const;

/**
 * List and `/settings` serve 25 a page (IntuneAssignmentChecker#28, IntuneCD#125, IntuneBackupAndRestore#88).
 * `$expand=assignments` on one object answers an empty list whatever is assigned (TenuVault, registry.ts), hence the
 * collection of its own.
 */
export const CONFIGURATION_POLICIES = listOf('deviceManagement/configurationPolicies', CONFIGURATION_PERMISSIONS, {
  ...ASSIGNMENTS_APART,
  pageSize: 25,
  children: [{ ...CATALOG_SETTINGS, definitions: 'settingDefinitions' }],
  lacks: ['settings', 'assignments'],
});

/** What all types of `configurationPolicies` have in common. Secret values come back as an encrypted token, never plain. */
export const CATALOG_POLICY = {
  collection: CONFIGURATION_POLICIES,
  nameField: 'name',
  odataTypes: graphTypes('deviceManagementConfigurationPolicy'),
  volatile: ['settingCount', 'isAssigned', 'creationSource', 'priorityMetaData'],
  secretPaths: SETTING_SECRETS,
  references: SETTING_REFERENCES,
} as const;

/**
 * Template based profiles, 139 types in one collection. `$expand=assignments` works on list and item. v1.0 hides the
 * types that only beta has.
 */
export const DEVICE_CONFIGURATIONS = listOf('deviceManagement/deviceConfigurations', CONFIGURATION_PERMISSIONS, {
  ...ASSIGNMENTS_ON_LIST,
  children: PROFILE_RELATIONS,
  lacks: ['assignments', ...PROFILE_RELATION_NAMES],
});

/**
 * What all types of `deviceConfigurations` have in common. Encrypted OMA values read `****`; `payload` is a mobileconfig
 * that may embed secrets.
 */
export const DEVICE_CONFIGURATION_PROFILE = {
  collection: DEVICE_CONFIGURATIONS,
  volatile: ['version', 'supportsScopeTags', 'groupAssignments', ...DEVICE_REPORTS],
  secretPaths: ['omaSettings[].value', 'preSharedKey', 'sharedSecret', 'payload'],
  base64Fields: [
    'omaSettings[].{#microsoft.graph.omaSettingStringXml}.value',
    'configurationXml',
    'customXml',
    'eapXml',
    'startMenuLayoutXml',
    'startMenuLayoutEdgeAssetsXml',
    'defenderExploitProtectionXml',
  ],
} as const;

/** Everything of `deviceConfigurations` that has `omaSettings`. */
const OMA_TYPES = graphTypes(
  'windows10CustomConfiguration',
  'androidCustomConfiguration',
  'androidWorkProfileCustomConfiguration',
  'androidForWorkCustomConfiguration',
  'windowsPhone81CustomConfiguration',
);

const SETTINGS_CATALOG = defineType({
  ...CATALOG_POLICY,
  key: 'settingsCatalog',
  label: 'Settings catalog policy',
  category: CATEGORY,
});

const DEVICE_CONFIGURATION = defineType({
  ...DEVICE_CONFIGURATION_PROFILE,
  key: 'deviceConfiguration',
  label: 'Device configuration profile',
  category: CATEGORY,
  odataTypes: 'from list',
  readOnly: PROFILE_RELATION_NAMES,
  references: PROFILE_REFERENCES,
});

/**
 * Plain text of an encrypted value is a call of its own that Graph grants to writing permissions alone
 * (Microsoft365DSC#4412), so a sync never makes it; the value stays masked and the restore asks for it.
 */
const CUSTOM_OMA_URI = defineType({
  ...DEVICE_CONFIGURATION_PROFILE,
  key: 'customOmaUri',
  label: 'Custom profile (OMA-URI)',
  category: CATEGORY,
  odataTypes: OMA_TYPES,
  is: { odataTypes: OMA_TYPES },
});

const IOS_UPDATE = graphTypes('iosUpdateConfiguration');

const IOS_UPDATE_POLICY = defineType({
  ...DEVICE_CONFIGURATION_PROFILE,
  key: 'iosUpdatePolicy',
  label: 'iOS/iPadOS update policy',
  category: 'Apple update',
  odataTypes: IOS_UPDATE,
  is: { odataTypes: IOS_UPDATE },
});

/** Not in Microsoft's description; built like `configurationPolicies` (IntuneManagement, EndpointManager.psm1 L622-633). */
const INVENTORY_POLICY = defineType({
  key: 'inventoryPolicy',
  label: 'Properties catalog policy (device inventory)',
  category: CATEGORY,
  collection: listOf('deviceManagement/inventoryPolicies', CONFIGURATION_PERMISSIONS, {
    ...ASSIGNMENTS_APART,
    pageSize: 25,
    children: [CATALOG_SETTINGS],
    lacks: ['settings', 'assignments'],
  }),
  nameField: 'name',
  scopeTagField: null,
  odataTypes: 'from list',
  volatile: ['version', 'settingCount', 'isAssigned'],
  secretPaths: SETTING_SECRETS,
});

/** `settingInstance` is told only where `$select` names it (IntuneManagement L795-806, TenuVault registry.ts). */
const REUSABLE_POLICY_SETTING = defineType({
  key: 'reusablePolicySetting',
  label: 'Reusable settings group',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceManagement/reusablePolicySettings', CONFIGURATION_PERMISSIONS, {
    item: { query: { $select: 'id,displayName,description,settingDefinitionId,settingInstance,version' } },
    lacks: ['settingInstance'],
  }),
  scopeTagField: null,
  odataTypes: graphTypes('deviceManagementReusablePolicySetting'),
  volatile: ['version', 'referencingConfigurationPolicyCount', 'referencingConfigurationPolicies'],
  secretPaths: ['settingInstance.**{#microsoft.graph.deviceManagementConfigurationSecretSettingValue}.value'],
});

const HARDWARE_CONFIGURATION = defineType({
  key: 'hardwareConfiguration',
  label: 'BIOS configuration',
  category: CATEGORY,
  collection: listOf(
    'deviceManagement/hardwareConfigurations',
    CONFIGURATION_PERMISSIONS,
    onItem('configurationFileContent'),
  ),
  odataTypes: graphTypes('hardwareConfiguration'),
  volatile: ['version', 'deviceRunStates', 'userRunStates', 'runSummary'],
  base64Fields: ['configurationFileContent'],
});

export const DEVICE_CONFIGURATION_TYPES: readonly PolicyType[] = [
  SETTINGS_CATALOG,
  DEVICE_CONFIGURATION,
  CUSTOM_OMA_URI,
  INVENTORY_POLICY,
  REUSABLE_POLICY_SETTING,
  HARDWARE_CONFIGURATION,
];

export const APPLE_UPDATE_TYPES: readonly PolicyType[] = [IOS_UPDATE_POLICY];
