import type { CollectionSpec, Navigation } from './collection-spec.js';
import { APPS, assign, ASSIGNMENTS, BETA, BOTH, defineCollection, writes } from './define.js';
import { filterOn, NO_FILTER } from './filter-spec.js';
import type { WriteAction, WriteSpec } from './write-spec.js';

const PROTECTED_APPS: Navigation = { name: 'apps', onList: 'omitted', onItem: 'filled', ownPath: true };
const LOCKER_FILES: readonly Navigation[] = ['protectedAppLockerFiles', 'exemptAppLockerFiles'].map((name) => ({
  name,
  onList: 'filled',
  onItem: 'filled',
  ownPath: true,
}));

const TARGET_APPS: WriteAction = {
  kind: 'replace-children',
  bodyKey: 'apps',
  child: 'apps',
  status: 204,
  alsoSet: ['appGroupType'],
};

/** Managed app policies: prefixed ids, an opaque version, apps written by an action of their own (IntuneCD, IntuneManagement). */
function managedAppWrites(given: Partial<WriteSpec> = {}): WriteSpec {
  return writes(APPS.write, {
    updates: [{ method: 'PATCH', status: 204 }],
    delete: 204,
    assign: assign({ status: 204, ids: 'incl', source: true }),
    actions: { targetApps: TARGET_APPS },
    ids: 'T_guid',
    version: 'opaque',
    computed: ['isAssigned', 'deployedAppCount'],
    ...given,
  });
}

/** App protection and app configuration. */
export const APP_POLICIES: readonly CollectionSpec[] = [
  defineCollection({
    key: 'iosManagedAppProtections',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.iosManagedAppProtection',
    navigation: [ASSIGNMENTS, PROTECTED_APPS],
    readPermissions: APPS.read,
    writes: managedAppWrites(),
  }),
  defineCollection({
    key: 'androidManagedAppProtections',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.androidManagedAppProtection',
    navigation: [ASSIGNMENTS, PROTECTED_APPS],
    readPermissions: APPS.read,
    writes: managedAppWrites(),
  }),
  defineCollection({
    key: 'windowsManagedAppProtections',
    root: 'deviceAppManagement',
    versions: BETA,
    entityType: 'microsoft.graph.windowsManagedAppProtection',
    navigation: [ASSIGNMENTS, PROTECTED_APPS],
    readPermissions: APPS.read,
    writes: managedAppWrites(),
  }),
  defineCollection({
    key: 'targetedManagedAppConfigurations',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.targetedManagedAppConfiguration',
    // On the list `$expand=assignments` is of no use (IntuneManagement's ExpandAssignmentsList).
    navigation: [{ ...ASSIGNMENTS, onList: 'empty' }, PROTECTED_APPS, { ...PROTECTED_APPS, name: 'settings' }],
    readPermissions: APPS.read,
    writes: managedAppWrites({
      ids: 'A_guid',
      actions: {
        targetApps: TARGET_APPS,
        changeSettings: { kind: 'replace-children', bodyKey: 'settings', child: 'settings', status: 204 },
      },
    }),
    folders: ['appconfigurationmanagedapp'],
  }),
  defineCollection({
    key: 'mdmWindowsInformationProtectionPolicies',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.mdmWindowsInformationProtectionPolicy',
    navigation: [ASSIGNMENTS, ...LOCKER_FILES],
    readPermissions: APPS.read,
    writes: managedAppWrites({ actions: {}, ids: 'guid', computed: ['isAssigned'] }),
    folders: ['windowsinformationprotection'],
  }),
  defineCollection({
    key: 'windowsInformationProtectionPolicies',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.windowsInformationProtectionPolicy',
    navigation: [ASSIGNMENTS, ...LOCKER_FILES],
    readPermissions: APPS.read,
    writes: managedAppWrites({
      actions: {},
      ids: 'guid',
      updates: [{ method: 'PATCH', status: 200 }],
      computed: ['isAssigned'],
    }),
  }),
  defineCollection({
    key: 'managedAppPolicies',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.managedAppPolicy',
    polymorphic: true,
    filter: NO_FILTER,
    readPermissions: APPS.read,
    viewOf: [
      'iosManagedAppProtections',
      'androidManagedAppProtections',
      'windowsManagedAppProtections',
      'targetedManagedAppConfigurations',
      'mdmWindowsInformationProtectionPolicies',
      'windowsInformationProtectionPolicies',
    ],
    folders: ['appprotection', 'app protection'],
  }),
  defineCollection({
    key: 'mobileAppConfigurations',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.managedDeviceMobileAppConfiguration',
    polymorphic: true,
    types: new Set([
      'androidForWorkMobileAppConfiguration',
      'androidManagedStoreAppConfiguration',
      'iosMobileAppConfiguration',
    ]),
    navigation: [ASSIGNMENTS],
    filter: filterOn(
      'displayName',
      { 'microsoft.graph.androidManagedStoreAppConfiguration/appSupportsOemConfig': ['eq', 'ne'] },
      true,
    ),
    readPermissions: APPS.read,
    writes: writes(APPS.write, {
      updates: [{ method: 'PATCH', status: 204 }],
      assign: assign({ status: 204 }),
      version: 'number',
      required: ['displayName', 'targetedMobileApps'],
    }),
    folders: ['appconfigurationmanageddevice', 'app configuration', 'androidoemconfig'],
  }),
];
