import { managedAppProtection } from './managed-app-protection.js';
import type { PolicyType } from './policy-type.js';

const READ_CONFIGURATION = 'DeviceManagementConfiguration.Read.All';

/** Device side reports below the template based types: navigation properties and counters, never content. */
const DEVICE_REPORTS = [
  'deviceStatuses',
  'userStatuses',
  'deviceStatusOverview',
  'userStatusOverview',
  'deviceSettingStateSummaries',
];

/**
 * Settings catalog and modern endpoint security, told apart by `templateReference.templateFamily`.
 * List and `/settings` serve 25 a page (IntuneAssignmentChecker#28, IntuneCD#125, IntuneBackupAndRestore#88).
 * `$expand=assignments` on one object answers an empty list whatever is assigned (TenuVault, registry.ts), hence the
 * collection of its own. Secret values come back as an encrypted token, never in plain text.
 */
const SETTINGS_CATALOG: PolicyType = {
  key: 'settingsCatalog',
  label: 'Settings catalog policy',
  category: 'Device configuration',
  path: '/beta/deviceManagement/configurationPolicies',
  nameField: 'name',
  scopeTagField: 'roleScopeTagIds',
  odataTypes: ['#microsoft.graph.deviceManagementConfigurationPolicy'],
  impliedOdataType: '#microsoft.graph.deviceManagementConfigurationPolicy',
  settings: 'own-collection',
  assignments: 'own-collection',
  volatileFields: ['createdDateTime', 'lastModifiedDateTime', 'settingCount', 'isAssigned'],
  readOnlyFields: [
    'id',
    'createdDateTime',
    'lastModifiedDateTime',
    'settingCount',
    'isAssigned',
    'creationSource',
    'priorityMetaData',
  ],
  secretPaths: ['settings[].**{#microsoft.graph.deviceManagementConfigurationSecretSettingValue}.value'],
  permission: READ_CONFIGURATION,
  pageSize: 25,
  listLacks: ['settings', 'assignments'],
};

/**
 * Template based profiles, update rings and iOS update policies, 139 types in one collection; 1,000 a page
 * (Intune-PowerShell-SDK#26). `$expand=assignments` works on list and item. Encrypted OMA values read `****`;
 * `payload` is a mobileconfig that may embed secrets. v1.0 hides the beta-only types.
 */
const DEVICE_CONFIGURATION: PolicyType = {
  key: 'deviceConfiguration',
  label: 'Device configuration profile',
  category: 'Device configuration',
  path: '/beta/deviceManagement/deviceConfigurations',
  nameField: 'displayName',
  scopeTagField: 'roleScopeTagIds',
  odataTypes: 'from list',
  expand: 'assignments',
  settings: 'inline',
  assignments: 'expanded-on-list',
  volatileFields: ['createdDateTime', 'lastModifiedDateTime', 'version', 'supportsScopeTags', ...DEVICE_REPORTS],
  readOnlyFields: [
    'id',
    'createdDateTime',
    'lastModifiedDateTime',
    'version',
    'supportsScopeTags',
    'isAssigned',
    'groupAssignments',
    ...DEVICE_REPORTS,
  ],
  secretPaths: ['omaSettings[].value', 'preSharedKey', 'sharedSecret', 'payload'],
  permission: READ_CONFIGURATION,
  pageSize: 1000,
  listLacks: ['assignments'],
};

/**
 * `scheduledActionsForRule` comes only by the nested `$expand`; its own collection answers 400 `No method match route
 * template` (microsoft-graph-docs#16701). IntuneCD reads it so on the list (backup/Intune/Compliance.py).
 */
const DEVICE_COMPLIANCE_POLICY: PolicyType = {
  key: 'deviceCompliancePolicy',
  label: 'Compliance policy',
  category: 'Compliance',
  path: '/beta/deviceManagement/deviceCompliancePolicies',
  nameField: 'displayName',
  scopeTagField: 'roleScopeTagIds',
  odataTypes: 'from list',
  expand: 'scheduledActionsForRule($expand=scheduledActionConfigurations),assignments',
  settings: 'inline',
  assignments: 'expanded-on-list',
  volatileFields: ['createdDateTime', 'lastModifiedDateTime', 'version', ...DEVICE_REPORTS],
  readOnlyFields: ['id', 'createdDateTime', 'lastModifiedDateTime', 'version', ...DEVICE_REPORTS],
  secretPaths: [],
  permission: READ_CONFIGURATION,
  pageSize: 1000,
  listLacks: ['scheduledActionsForRule', 'assignments'],
};

/** `newUpdates`, `deviceReporting` and `inventorySyncStatus` are counters of the service (IntuneCD `remove_keys`). */
const WINDOWS_DRIVER_UPDATE_PROFILE: PolicyType = {
  key: 'windowsDriverUpdateProfile',
  label: 'Driver update profile',
  category: 'Windows update',
  path: '/beta/deviceManagement/windowsDriverUpdateProfiles',
  nameField: 'displayName',
  scopeTagField: 'roleScopeTagIds',
  odataTypes: ['#microsoft.graph.windowsDriverUpdateProfile'],
  impliedOdataType: '#microsoft.graph.windowsDriverUpdateProfile',
  expand: 'assignments',
  settings: 'inline',
  assignments: 'expanded-on-list',
  volatileFields: [
    'createdDateTime',
    'lastModifiedDateTime',
    'newUpdates',
    'deviceReporting',
    'inventorySyncStatus',
    'driverInventories',
  ],
  readOnlyFields: [
    'id',
    'createdDateTime',
    'lastModifiedDateTime',
    'newUpdates',
    'deviceReporting',
    'inventorySyncStatus',
    'driverInventories',
  ],
  secretPaths: [],
  permission: READ_CONFIGURATION,
  pageSize: 1000,
  listLacks: ['assignments'],
};

/** Every policy type that the product reads, each declared once. */
export const POLICY_TYPES: readonly PolicyType[] = [
  SETTINGS_CATALOG,
  DEVICE_CONFIGURATION,
  DEVICE_COMPLIANCE_POLICY,
  WINDOWS_DRIVER_UPDATE_PROFILE,
  managedAppProtection('iosManagedAppProtection', 'ios', 'App protection policy iOS'),
  managedAppProtection('androidManagedAppProtection', 'android', 'App protection policy Android'),
];

/** The type of that key; undefined for a key that this version does not know. */
export function policyType(key: string): PolicyType | undefined {
  return POLICY_TYPES.find((type) => type.key === key);
}
