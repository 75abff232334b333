/** How a child of an object is given where a caller asks for it with `$expand`. */
export type ExpandBehaviour = 'filled' | 'empty' | 'omitted';

export interface Navigation {
  name: string;
  /** `$expand` on the list of objects. */
  onList: ExpandBehaviour;
  /** `$expand` on one object. */
  onItem: ExpandBehaviour;
  /** Whether `/{id}/{name}` is a path of its own; where not, Graph answers `No method match route template`. */
  ownPath: boolean;
}

export interface CollectionSpec {
  key: CollectionKey;
  root: 'deviceManagement' | 'deviceAppManagement';
  versions: readonly GraphVersion[];
  /** Declared type of the list's members, without `#`. */
  entityType: string;
  /** Members of several types: each carries `@odata.type`. Members of the declared type itself never do at minimal metadata. */
  polymorphic: boolean;
  nameField: 'name' | 'displayName';
  pageSize: number;
  /** Served from a Cosmos store: `@odata.count` of the page, double-encoded `$skiptoken`, children in pages as well. */
  cosmos: boolean;
  navigation: readonly Navigation[];
  /** Any one of these application permissions allows reading. */
  readPermissions: readonly string[];
  /** Noun that Intune's audit events use. */
  auditType: string;
  /** Folder names under which export tools keep such objects, in lower case. */
  folders: readonly string[];
}

export type GraphVersion = 'v1.0' | 'beta';

export type CollectionKey =
  | 'configurationPolicies'
  | 'deviceConfigurations'
  | 'deviceCompliancePolicies'
  | 'windowsDriverUpdateProfiles'
  | 'iosManagedAppProtections'
  | 'androidManagedAppProtections';

const BOTH: readonly GraphVersion[] = ['v1.0', 'beta'];
const BETA: readonly GraphVersion[] = ['beta'];
const CONFIGURATION_READ = ['DeviceManagementConfiguration.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'];
const APPS_READ = ['DeviceManagementApps.Read.All', 'DeviceManagementApps.ReadWrite.All'];
const ASSIGNMENTS: Navigation = { name: 'assignments', onList: 'filled', onItem: 'filled', ownPath: true };
const MANAGED_APP_NAVIGATION: readonly Navigation[] = [
  ASSIGNMENTS,
  { name: 'apps', onList: 'omitted', onItem: 'filled', ownPath: true },
];

/**
 * The policy types of issue 2 and how Graph serves each. Page sizes, list and item differences: tools and issue reports
 * collected in the Graph contract (ugurkocde/IntuneAssignmentChecker#28, jseerden/IntuneBackupAndRestore#88,
 * msgraph-sdk-powershell#3337 for the empty assignments of configurationPolicies).
 */
export const COLLECTIONS: readonly CollectionSpec[] = [
  {
    key: 'configurationPolicies',
    root: 'deviceManagement',
    versions: BETA,
    entityType: 'microsoft.graph.deviceManagementConfigurationPolicy',
    polymorphic: false,
    nameField: 'name',
    pageSize: 25,
    cosmos: true,
    navigation: [
      { name: 'assignments', onList: 'empty', onItem: 'empty', ownPath: true },
      { name: 'settings', onList: 'omitted', onItem: 'filled', ownPath: true },
    ],
    readPermissions: CONFIGURATION_READ,
    auditType: 'DeviceManagementConfigurationPolicy',
    folders: ['configurationpolicies', 'settingscatalog', 'settings catalog'],
  },
  {
    key: 'deviceConfigurations',
    root: 'deviceManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.deviceConfiguration',
    polymorphic: true,
    nameField: 'displayName',
    pageSize: 1000,
    cosmos: false,
    navigation: [ASSIGNMENTS],
    readPermissions: CONFIGURATION_READ,
    auditType: 'DeviceConfiguration',
    folders: ['deviceconfigurations', 'deviceconfiguration', 'device configurations', 'updatepolicies'],
  },
  {
    key: 'deviceCompliancePolicies',
    root: 'deviceManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.deviceCompliancePolicy',
    polymorphic: true,
    nameField: 'displayName',
    pageSize: 1000,
    cosmos: false,
    navigation: [ASSIGNMENTS, { name: 'scheduledActionsForRule', onList: 'filled', onItem: 'filled', ownPath: false }],
    readPermissions: CONFIGURATION_READ,
    auditType: 'DeviceCompliancePolicy',
    folders: ['devicecompliancepolicies', 'compliancepolicies', 'compliance policies'],
  },
  {
    key: 'windowsDriverUpdateProfiles',
    root: 'deviceManagement',
    versions: BETA,
    entityType: 'microsoft.graph.windowsDriverUpdateProfile',
    polymorphic: false,
    nameField: 'displayName',
    pageSize: 1000,
    cosmos: false,
    navigation: [ASSIGNMENTS],
    readPermissions: CONFIGURATION_READ,
    auditType: 'WindowsDriverUpdateProfile',
    folders: ['windowsdriverupdateprofiles', 'driverupdateprofiles', 'driver update profiles'],
  },
  {
    key: 'iosManagedAppProtections',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.iosManagedAppProtection',
    polymorphic: false,
    nameField: 'displayName',
    pageSize: 1000,
    cosmos: false,
    navigation: MANAGED_APP_NAVIGATION,
    readPermissions: APPS_READ,
    auditType: 'IosManagedAppProtection',
    folders: ['iosmanagedappprotections'],
  },
  {
    key: 'androidManagedAppProtections',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.androidManagedAppProtection',
    polymorphic: false,
    nameField: 'displayName',
    pageSize: 1000,
    cosmos: false,
    navigation: MANAGED_APP_NAVIGATION,
    readPermissions: APPS_READ,
    auditType: 'AndroidManagedAppProtection',
    folders: ['androidmanagedappprotections'],
  },
];

/** The collection of that URL segment; Graph's segments are matched without regard to case. */
export function findCollection(root: string, segment: string): CollectionSpec | undefined {
  return COLLECTIONS.find((spec) => same(spec.root, root) && same(spec.key, segment));
}

/** The collection of a known key. */
export function collectionOf(key: CollectionKey): CollectionSpec {
  const spec = COLLECTIONS.find((candidate) => candidate.key === key);
  if (spec === undefined) throw new Error(`The simulator has no collection ${key}.`);
  return spec;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
