import type { CollectionSpec } from './collection-spec.js';
import {
  assign,
  CATALOG_SETTINGS,
  CONFIGURATION,
  defineCollection,
  EMPTY_ASSIGNMENTS,
  UNTAGGED,
  writes,
} from './define.js';
import { EQUAL, filterOn, FLAGS } from './filter-spec.js';

const KEPT = ['platforms', 'technologies', 'templateReference', 'creationSource'];
const KEPT_REFUSAL = 'Platform, PolicyType, and CreationSource cannot be changed once created.';
const CATALOG_FILTER = filterOn('name', {
  'templateReference/templateFamily': EQUAL,
  'templateReference/templateId': EQUAL,
  technologies: FLAGS,
  platforms: FLAGS,
  creationSource: EQUAL,
});

/**
 * The settings catalog and what belongs to it. Pages of 25, the count of the page and the skip token encoded twice:
 * ugurkocde/IntuneAssignmentChecker#28, jseerden/IntuneBackupAndRestore#88. Assignments that `$expand` gives empty:
 * msgraph-sdk-powershell#3337. PATCH without settings, PUT with 204, what cannot be changed: KelvinTegelaar/CIPP#3744.
 */
export const SETTINGS_CATALOG: readonly CollectionSpec[] = [
  defineCollection({
    key: 'configurationPolicies',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementConfigurationPolicy',
    nameField: 'name',
    pageSize: 25,
    cosmos: true,
    navigation: [EMPTY_ASSIGNMENTS, CATALOG_SETTINGS],
    filter: CATALOG_FILTER,
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      updates: [
        { method: 'PATCH', status: 204, only: ['name', 'description', 'roleScopeTagIds'] },
        { method: 'PUT', status: 204 },
      ],
      assign: assign({ source: true }),
      required: ['name', 'platforms', 'technologies'],
      immutable: KEPT,
      immutableRefusal: KEPT_REFUSAL,
      computed: ['settingCount', 'isAssigned'],
      actions: { createCopy: { kind: 'copy', status: 200 }, reorder: { kind: 'reorder', status: 204 } },
    }),
    folders: ['settingscatalog', 'settings catalog'],
  }),
  // Not in Microsoft's description; the shape is that of configurationPolicies (Micke-K/IntuneManagement EndpointManager.psm1).
  defineCollection({
    key: 'inventoryPolicies',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementInventoryPolicy',
    nameField: 'name',
    pageSize: 25,
    cosmos: true,
    navigation: [EMPTY_ASSIGNMENTS, CATALOG_SETTINGS],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      defaults: UNTAGGED,
      updates: [{ method: 'PUT', status: 204 }],
      assign: assign({ source: true }),
      required: ['name'],
      computed: ['settingCount'],
    }),
  }),
  defineCollection({
    key: 'reusablePolicySettings',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementReusablePolicySetting',
    navigation: [
      {
        name: 'referencingConfigurationPolicies',
        onList: 'empty',
        onItem: 'filled',
        ownPath: true,
        source: { kind: 'mentioned-by', collection: 'configurationPolicies' },
      },
    ],
    withheld: [{ name: 'settingInstance', on: 'unselected', shownAs: 'absent' }],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      defaults: UNTAGGED,
      updates: [{ method: 'PUT', status: 204 }],
      required: ['displayName', 'settingDefinitionId', 'settingInstance'],
      immutable: ['settingDefinitionId'],
      immutableRefusal: 'SettingDefinitionId cannot be changed once created.',
      computed: ['referencingConfigurationPolicyCount'],
      actions: { clone: { kind: 'copy', status: 200 } },
      version: 'number',
    }),
    folders: ['reusablesettings', 'reusable policies'],
  }),
  defineCollection({
    key: 'configurationSettings',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementConfigurationSettingDefinition',
    polymorphic: true,
    types: new Set([
      'deviceManagementConfigurationChoiceSettingDefinition',
      'deviceManagementConfigurationChoiceSettingCollectionDefinition',
      'deviceManagementConfigurationSimpleSettingDefinition',
      'deviceManagementConfigurationSimpleSettingCollectionDefinition',
      'deviceManagementConfigurationSettingGroupDefinition',
      'deviceManagementConfigurationSettingGroupCollectionDefinition',
      'deviceManagementConfigurationRedirectSettingDefinition',
    ]),
    pageSize: 25,
    cosmos: true,
    filter: filterOn('displayName', { name: EQUAL, categoryId: EQUAL }),
    readPermissions: CONFIGURATION.read,
  }),
  defineCollection({
    key: 'configurationPolicyTemplates',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementConfigurationPolicyTemplate',
    filter: filterOn('displayName', { templateFamily: EQUAL, lifecycleState: EQUAL, platforms: FLAGS }),
    readPermissions: CONFIGURATION.read,
  }),
];
