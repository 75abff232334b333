import {
  ASSIGNMENTS_APART,
  CATALOG_SETTINGS,
  COMPLIANCE_ACTION_REFERENCES,
  defineType,
  graphTypes,
  listOf,
  onItem,
  SETTING_REFERENCES,
  SETTING_SECRETS,
} from './define-type.js';
import { DEVICE_REPORTS } from './device-configuration.js';
import { CONFIGURATION_PERMISSIONS, SCRIPTS_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Compliance';

/**
 * `scheduledActionsForRule` comes only by the nested `$expand`; its own collection answers 400 `No method match route
 * template` (microsoft-graph-docs#16701). IntuneCD reads it so on the list (backup/Intune/Compliance.py).
 */
const DEVICE_COMPLIANCE_POLICY = defineType({
  key: 'deviceCompliancePolicy',
  label: 'Compliance policy',
  category: CATEGORY,
  collection: listOf('deviceManagement/deviceCompliancePolicies', CONFIGURATION_PERMISSIONS, {
    listQuery: { $expand: 'scheduledActionsForRule($expand=scheduledActionConfigurations),assignments' },
    assignments: 'expanded',
    lacks: ['scheduledActionsForRule', 'assignments'],
  }),
  odataTypes: 'from list',
  volatile: ['version', ...DEVICE_REPORTS],
  base64Fields: ['deviceCompliancePolicyScript.rulesContent'],
  references: [
    ...COMPLIANCE_ACTION_REFERENCES,
    { path: 'deviceCompliancePolicyScript.deviceComplianceScriptId', to: 'deviceComplianceScript' },
  ],
});

/**
 * Here it is the other way round: `$expand` of actions and of assignments answers empty lists (TenuVault registry.ts), that
 * of settings fills them, on the list, too (IntuneManagement).
 */
const COMPLIANCE_POLICY_V2 = defineType({
  key: 'compliancePolicyV2',
  label: 'Compliance policy (settings catalog)',
  category: CATEGORY,
  collection: listOf('deviceManagement/compliancePolicies', CONFIGURATION_PERMISSIONS, {
    ...ASSIGNMENTS_APART,
    listQuery: { $expand: 'settings' },
    children: [
      { ...CATALOG_SETTINGS, onList: true },
      {
        name: 'scheduledActionsForRule',
        path: 'scheduledActionsForRule',
        query: { $expand: 'scheduledActionConfigurations' },
      },
    ],
    lacks: ['settings', 'scheduledActionsForRule', 'assignments'],
  }),
  nameField: 'name',
  odataTypes: graphTypes('deviceManagementCompliancePolicy'),
  volatile: ['settingCount', 'isAssigned', 'creationSource'],
  readOnly: ['scheduledActionsForRule'],
  secretPaths: SETTING_SECRETS,
  references: [...SETTING_REFERENCES, ...COMPLIANCE_ACTION_REFERENCES],
});

const DEVICE_COMPLIANCE_SCRIPT = defineType({
  key: 'deviceComplianceScript',
  label: 'Custom compliance discovery script',
  category: CATEGORY,
  collection: listOf('deviceManagement/deviceComplianceScripts', SCRIPTS_PERMISSIONS, onItem('detectionScriptContent')),
  odataTypes: graphTypes('deviceComplianceScript'),
  volatile: ['version', 'runSummary', 'deviceRunStates'],
  base64Fields: ['detectionScriptContent'],
});

export const COMPLIANCE_TYPES: readonly PolicyType[] = [
  DEVICE_COMPLIANCE_POLICY,
  COMPLIANCE_POLICY_V2,
  DEVICE_COMPLIANCE_SCRIPT,
];
