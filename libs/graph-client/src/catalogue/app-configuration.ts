import { ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf } from './define-type.js';
import { APPS_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Apps';

const MOBILE_APP_CONFIGURATIONS = listOf(
  'deviceAppManagement/mobileAppConfigurations',
  APPS_PERMISSIONS,
  ASSIGNMENTS_ON_LIST,
);

/**
 * What an administrator enters for an app is content: an app's keys have any names, so that what is secret among them
 * cannot be told, and a policy without them would be none.
 */
const DEVICE_APP_CONFIGURATION = {
  collection: MOBILE_APP_CONFIGURATIONS,
  volatile: ['version', 'deviceStatuses', 'userStatuses', 'deviceStatusSummary', 'userStatusSummary'],
  readOnly: ['appSupportsOemConfig'],
  base64Fields: ['payloadJson', 'encodedSettingXml'],
  references: [{ path: 'targetedMobileApps[]', to: 'mobileApp' }],
} as const;

const MOBILE_APP_CONFIGURATION = defineType({
  ...DEVICE_APP_CONFIGURATION,
  key: 'mobileAppConfiguration',
  label: 'App configuration policy (managed devices)',
  category: CATEGORY,
  odataTypes: 'from list',
});

/** Of the same `@odata.type` as any other configuration of a managed Google Play app. */
const ANDROID_OEM_CONFIG = defineType({
  ...DEVICE_APP_CONFIGURATION,
  key: 'androidOemConfig',
  label: 'Android OEMConfig profile',
  category: CATEGORY,
  odataTypes: graphTypes('androidManagedStoreAppConfiguration'),
  is: { where: { field: 'appSupportsOemConfig', equals: true } },
});

/**
 * The list expands neither apps nor assignments. `managedAppPolicies` lists these as well and is not read. Ids begin
 * with `A_`; `version` is an opaque text that changes with every write (Microsoft365DSC#6535).
 */
const TARGETED_MANAGED_APP_CONFIGURATION = defineType({
  key: 'targetedManagedAppConfiguration',
  label: 'App configuration policy (managed apps)',
  category: CATEGORY,
  collection: listOf('deviceAppManagement/targetedManagedAppConfigurations', APPS_PERMISSIONS, {
    item: { query: { $expand: 'apps,assignments' } },
    assignments: 'expanded',
    lacks: ['apps', 'assignments'],
  }),
  odataTypes: graphTypes('targetedManagedAppConfiguration'),
  volatile: ['version', 'isAssigned', 'deployedAppCount', 'deploymentSummary'],
  readOnly: ['apps'],
});

export const APP_CONFIGURATION_TYPES: readonly PolicyType[] = [
  MOBILE_APP_CONFIGURATION,
  ANDROID_OEM_CONFIG,
  TARGETED_MANAGED_APP_CONFIGURATION,
];
