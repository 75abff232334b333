import { defineType, graphTypes, listOf } from './define-type.js';
import { APPS_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'App protection';

/**
 * App protection of one platform. The concrete collection is read, not `/managedAppPolicies`: only it expands apps and
 * has assignments, but it leaves `@odata.type` out (Micke-K/IntuneManagement, EndpointManager.psm1 L431-447). Ids begin
 * with `T_`. `version` is an opaque text that changes with every write (Microsoft365DSC#6535). Apps and assignments need
 * `$expand` on the item (TenuVault registry.ts).
 */
function managedAppProtection(platform: 'ios' | 'android' | 'windows', label: string): PolicyType {
  return defineType({
    key: `${platform}ManagedAppProtection`,
    label,
    category: CATEGORY,
    collection: listOf(`deviceAppManagement/${platform}ManagedAppProtections`, APPS_PERMISSIONS, {
      item: { query: { $expand: 'apps,assignments' } },
      assignments: 'expanded',
      lacks: ['apps', 'assignments'],
    }),
    odataTypes: graphTypes(`${platform}ManagedAppProtection`),
    volatile: ['version', 'isAssigned', 'deployedAppCount', 'deploymentSummary'],
    readOnly: ['apps'],
  });
}

/** Windows Information Protection, which Microsoft has retired: read, but not brought back. */
function informationProtection(key: string, name: string, path: string, label: string): PolicyType {
  return defineType({
    key,
    label,
    category: CATEGORY,
    collection: listOf(`deviceAppManagement/${path}`, APPS_PERMISSIONS, {
      item: { query: { $expand: 'assignments,protectedAppLockerFiles,exemptAppLockerFiles' } },
      assignments: 'expanded',
      lacks: ['protectedAppLockerFiles', 'exemptAppLockerFiles', 'assignments'],
    }),
    odataTypes: graphTypes(name),
    volatile: ['version', 'isAssigned'],
    restore: 'none',
  });
}

export const APP_PROTECTION_TYPES: readonly PolicyType[] = [
  managedAppProtection('ios', 'App protection policy iOS'),
  managedAppProtection('android', 'App protection policy Android'),
  managedAppProtection('windows', 'App protection policy Windows'),
  informationProtection(
    'windowsInformationProtection',
    'mdmWindowsInformationProtectionPolicy',
    'mdmWindowsInformationProtectionPolicies',
    'Windows Information Protection policy (retired)',
  ),
  informationProtection(
    'windowsInformationProtectionWithoutEnrollment',
    'windowsInformationProtectionPolicy',
    'windowsInformationProtectionPolicies',
    'Windows Information Protection policy without enrollment (retired)',
  ),
];
