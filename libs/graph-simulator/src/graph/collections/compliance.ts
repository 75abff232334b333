import type { CollectionSpec } from './collection-spec.js';
import {
  assign,
  ASSIGNMENTS,
  BOTH,
  CATALOG_SETTINGS,
  CONFIGURATION,
  defineCollection,
  EMPTY_ASSIGNMENTS,
  SCRIPTS,
  writes,
} from './define.js';
import { filterOn } from './filter-spec.js';
import { scriptCollection } from './scripts.js';

const SCHEDULED_ACTION_CONFIGURATIONS = {
  name: 'scheduledActionConfigurations',
  onList: 'filled',
  onItem: 'filled',
  ownPath: true,
} as const;

/** Compliance: scheduled actions have no path on the older type, and `$expand` gives none on the newer (policy-types.csv). */
export const COMPLIANCE: readonly CollectionSpec[] = [
  defineCollection({
    key: 'deviceCompliancePolicies',
    root: 'deviceManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.deviceCompliancePolicy',
    polymorphic: true,
    types: new Set([
      'androidCompliancePolicy',
      'androidDeviceOwnerCompliancePolicy',
      'androidForWorkCompliancePolicy',
      'androidWorkProfileCompliancePolicy',
      'aospDeviceOwnerCompliancePolicy',
      'defaultDeviceCompliancePolicy',
      'iosCompliancePolicy',
      'macOSCompliancePolicy',
      'windows10CompliancePolicy',
      'windows10MobileCompliancePolicy',
      'windows81CompliancePolicy',
      'windowsPhone81CompliancePolicy',
    ]),
    navigation: [
      ASSIGNMENTS,
      {
        name: 'scheduledActionsForRule',
        onList: 'filled',
        onItem: 'filled',
        ownPath: false,
        children: [SCHEDULED_ACTION_CONFIGURATIONS],
      },
    ],
    filter: filterOn('displayName', {}, true),
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      updates: [{ method: 'PATCH', status: 204 }],
      assign: assign({ source: true }),
      actions: {
        scheduleActionsForRules: {
          kind: 'replace-children',
          bodyKey: 'deviceComplianceScheduledActionForRules',
          child: 'scheduledActionsForRule',
          status: 200,
        },
      },
      version: 'number',
    }),
    folders: ['compliancepolicies', 'compliance policies'],
  }),
  defineCollection({
    key: 'compliancePolicies',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.deviceManagementCompliancePolicy',
    nameField: 'name',
    navigation: [
      EMPTY_ASSIGNMENTS,
      { ...CATALOG_SETTINGS, onList: 'filled' },
      {
        name: 'scheduledActionsForRule',
        onList: 'empty',
        onItem: 'empty',
        ownPath: true,
        children: [SCHEDULED_ACTION_CONFIGURATIONS],
      },
    ],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      updates: [{ method: 'PUT', status: 204 }],
      assign: assign({ source: true }),
      actions: {
        setScheduledActions: {
          kind: 'replace-children',
          bodyKey: 'scheduledActions',
          child: 'scheduledActionsForRule',
          status: 200,
        },
      },
      required: ['name', 'platforms', 'technologies'],
      immutable: ['platforms', 'technologies', 'templateReference', 'creationSource'],
      immutableRefusal: 'Platform, PolicyType, and CreationSource cannot be changed once created.',
      computed: ['settingCount', 'isAssigned'],
    }),
    folders: ['compliancepoliciesv2'],
  }),
  scriptCollection({
    key: 'deviceComplianceScripts',
    entityType: 'microsoft.graph.deviceComplianceScript',
    contents: ['detectionScriptContent'],
    writes: writes(SCRIPTS.write, {
      approvalType: 'script',
      assign: assign({ bodyKey: 'deviceHealthScriptAssignments', ids: ':' }),
      required: ['displayName', 'detectionScriptContent'],
      version: 'text',
    }),
    folders: ['compliancescripts', 'compliance scripts'],
  }),
];
