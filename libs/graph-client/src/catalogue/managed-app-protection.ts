import type { PolicyType, PolicyTypeKey } from './policy-type.js';

/**
 * App protection of one platform. The concrete collection is read, not `/managedAppPolicies`: only it expands apps and
 * has assignments, but it leaves `@odata.type` out (Micke-K/IntuneManagement, EndpointManager.psm1 L431-447). Ids begin
 * with `T_`. `version` is an opaque text that changes with every write (Microsoft365DSC#6535). Apps need
 * `$expand=apps` on the item (IntuneCD, ManagedAppProtection).
 */
export function managedAppProtection(key: PolicyTypeKey, platform: 'ios' | 'android', label: string): PolicyType {
  const odataType = `#microsoft.graph.${platform}ManagedAppProtection`;
  return {
    key,
    label,
    category: 'App protection',
    path: `/beta/deviceAppManagement/${platform}ManagedAppProtections`,
    nameField: 'displayName',
    scopeTagField: 'roleScopeTagIds',
    odataTypes: [odataType],
    impliedOdataType: odataType,
    itemExpand: 'apps',
    settings: 'inline',
    assignments: 'own-collection',
    volatileFields: [
      'createdDateTime',
      'lastModifiedDateTime',
      'version',
      'isAssigned',
      'deployedAppCount',
      'deploymentSummary',
    ],
    readOnlyFields: [
      'id',
      'createdDateTime',
      'lastModifiedDateTime',
      'version',
      'isAssigned',
      'deployedAppCount',
      'apps',
      'deploymentSummary',
    ],
    secretPaths: [],
    permission: 'DeviceManagementApps.Read.All',
    pageSize: 1000,
    listLacks: ['apps', 'assignments'],
  };
}
