import { PROFILE_RELATIONS } from '../derived-relations.js';
import { DEVICE_CONFIGURATION_TYPES } from '../device-configuration-types.js';
import type { CollectionSpec } from './collection-spec.js';
import { assign, ASSIGNMENTS, BOTH, CONFIGURATION, defineCollection, UNTAGGED, writes } from './define.js';
import { filterOn } from './filter-spec.js';

const PRESENTATIONS = {
  name: 'presentationValues',
  onList: 'filled',
  onItem: 'filled',
  ownPath: true,
  children: [{ name: 'presentation', onList: 'filled', onItem: 'filled', ownPath: true, single: true }],
} as const;

/**
 * Device configuration beside the settings catalog. `isof` and the omission of children: tools collected in the Graph
 * contract; definition values and their presentation values have to be read level by level (IntuneManagement, CIPP).
 */
export const CONFIGURATION_COLLECTIONS: readonly CollectionSpec[] = [
  defineCollection({
    key: 'deviceConfigurations',
    root: 'deviceManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.deviceConfiguration',
    polymorphic: true,
    types: DEVICE_CONFIGURATION_TYPES,
    navigation: [ASSIGNMENTS, ...PROFILE_RELATIONS],
    filter: filterOn('displayName', {}, true),
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      updates: [{ method: 'PATCH', status: 204 }],
      assign: assign({ source: true, oldBodyKey: 'deviceConfigurationGroupAssignments' }),
      computed: ['supportsScopeTags'],
      initial: { supportsScopeTags: true },
      version: 'number',
    }),
    folders: ['deviceconfiguration', 'device configurations', 'updatepolicies'],
  }),
  defineCollection({
    key: 'groupPolicyConfigurations',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.groupPolicyConfiguration',
    navigation: [
      ASSIGNMENTS,
      {
        name: 'definitionValues',
        onList: 'omitted',
        onItem: 'filled',
        ownPath: true,
        writable: { create: 201, update: 200, delete: 204 },
        children: [
          {
            name: 'definition',
            onList: 'filled',
            onItem: 'filled',
            ownPath: true,
            single: true,
            source: { kind: 'reference', collection: 'groupPolicyDefinitions' },
          },
          PRESENTATIONS,
        ],
      },
    ],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      delete: 204,
      assign: assign(),
      actions: { updateDefinitionValues: { kind: 'definition-values', status: 204 } },
      computed: ['policyConfigurationIngestionType'],
    }),
    folders: ['administrativetemplates', 'group policy configurations'],
  }),
  defineCollection({
    key: 'groupPolicyDefinitions',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.groupPolicyDefinition',
    navigation: [{ name: 'presentations', onList: 'filled', onItem: 'filled', ownPath: true }],
    readPermissions: CONFIGURATION.read,
  }),
  // The file and its languages are never told again; a file is taken away with `remove`, not with DELETE.
  defineCollection({
    key: 'groupPolicyUploadedDefinitionFiles',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.groupPolicyUploadedDefinitionFile',
    navigation: [
      { name: 'groupPolicyOperations', onList: 'filled', onItem: 'filled', ownPath: true },
      { name: 'definitions', onList: 'omitted', onItem: 'omitted', ownPath: true },
    ],
    withheld: [
      { name: 'content', on: 'always', shownAs: 'null' },
      { name: 'groupPolicyUploadedLanguageFiles', on: 'always', shownAs: 'emptyList' },
    ],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      defaults: UNTAGGED,
      delete: undefined,
      actions: {
        addLanguageFiles: { kind: 'accept', status: 204 },
        updateLanguageFiles: { kind: 'accept', status: 204 },
        removeLanguageFiles: { kind: 'accept', status: 204 },
        remove: { kind: 'remove', status: 204 },
        uploadNewVersion: {
          kind: 'set-properties',
          properties: ['content', 'groupPolicyUploadedLanguageFiles'],
          status: 204,
        },
      },
      required: ['fileName', 'content'],
      times: { created: 'uploadDateTime', modified: 'lastModifiedDateTime' },
      computed: ['status', 'revision', 'policyType', 'languageCodes'],
      initial: { status: 'available', policyType: 'admxIngested' },
    }),
    folders: ['admxfiles'],
  }),
  defineCollection({
    key: 'intents',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementIntent',
    navigation: [
      { ...ASSIGNMENTS, onList: 'omitted' },
      { name: 'settings', onList: 'omitted', onItem: 'filled', ownPath: true },
      {
        name: 'categories',
        onList: 'omitted',
        onItem: 'filled',
        ownPath: true,
        children: [{ name: 'settings', onList: 'filled', onItem: 'filled', ownPath: true }],
      },
    ],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      create: undefined,
      updates: [{ method: 'PATCH', status: 200, only: ['displayName', 'description', 'roleScopeTagIds'] }],
      assign: assign({ status: 204 }),
      actions: {
        createCopy: { kind: 'copy', status: 200 },
        updateSettings: { kind: 'intent-settings', status: 204 },
      },
      times: { modified: 'lastModifiedDateTime' },
      computed: ['isAssigned', 'templateId'],
    }),
    folders: ['endpointsecurity', 'management intents'],
  }),
  defineCollection({
    key: 'templates',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementTemplate',
    polymorphic: true,
    types: new Set(['securityBaselineTemplate']),
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      create: undefined,
      updates: [],
      delete: undefined,
      actions: { createInstance: { kind: 'create-instance', status: 200 } },
    }),
  }),
  defineCollection({
    key: 'hardwareConfigurations',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.hardwareConfiguration',
    navigation: [ASSIGNMENTS],
    withheld: [{ name: 'configurationFileContent', on: 'list', shownAs: 'absent' }],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      assign: assign({ bodyKey: 'hardwareConfigurationAssignments' }),
      required: ['displayName', 'fileName', 'configurationFileContent'],
      version: 'number',
    }),
    folders: ['biosconfigurations'],
  }),
];
