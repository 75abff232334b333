import type { FilterSpec } from './filter-spec.js';
import type { WriteSpec } from './write-spec.js';

export type GraphVersion = 'v1.0' | 'beta';

/** How a child of an object is given where a caller asks for it with `$expand`; `refused` is a 400. */
export type ExpandBehaviour = 'filled' | 'empty' | 'omitted' | 'refused';

/** A relation of an object to its children or to other objects. */
export interface Navigation {
  name: string;
  /** `$expand` on the list of objects. */
  onList: ExpandBehaviour;
  /** `$expand` on one object. */
  onItem: ExpandBehaviour;
  /** Whether `/{id}/{name}` is a path of its own; where not, Graph answers `No method match route template`. */
  ownPath: boolean;
  /** One object (`definition`, `presentation`) and not a list. */
  single?: boolean;
  /** A relation of a type below the declared one: only behind a cast to that type. */
  derived?: true;
  /** Relations of the children themselves. */
  children?: readonly Navigation[];
  /** Where the members come from when the object does not hold them itself. */
  source?: NavigationSource;
  /** Whether members can be added, changed and deleted below the relation's own path; the statuses are those of its collection. */
  writable?: ChildWrites;
}

export interface ChildWrites {
  create?: number;
  update?: number;
  delete?: number;
}

export type NavigationSource =
  /** The object holds `{id}` of members of another collection; what is not found there is shown as it is held. */
  | { kind: 'reference'; collection: CollectionKey }
  /** Members of another collection whose `by` refers to this object; `without` are properties that are not shown here. */
  | { kind: 'back-reference'; collection: CollectionKey; by: string; without: readonly string[]; odataType: string }
  /** Definitions of every setting in the child's instance tree. */
  | { kind: 'setting-definitions' }
  /** Settings catalog policies that mention the object's id. */
  | { kind: 'mentioned-by'; collection: CollectionKey };

/** A property that an answer does not tell although the service holds it. */
export interface Withheld {
  name: string;
  /** `list`: the item tells it. `unselected`: told only where `$select` names it, on one object. `always`: never told. */
  on: 'list' | 'unselected' | 'always';
  /** What stands in its place; `absent` leaves the property out. */
  shownAs: 'null' | 'emptyList' | 'absent';
}

export type CollectionRoot =
  | 'deviceManagement'
  | 'deviceAppManagement'
  | 'deviceManagement/virtualEndpoint'
  | 'identity/conditionalAccess'
  | 'identity/conditionalAccess/authenticationStrength';

/** How Graph serves one collection. */
export interface CollectionSpec {
  key: CollectionKey;
  root: CollectionRoot;
  /** Last segment of the path; the key, but where two collections share a segment. */
  segment: string;
  versions: readonly GraphVersion[];
  /** Declared type of the list's members, without `#`. */
  entityType: string;
  /** Members of several types: each carries `@odata.type`. Members of the declared type itself never do at minimal metadata. */
  polymorphic: boolean;
  /** Types that stand in this collection beside the declared one, without `microsoft.graph.`. */
  types: ReadonlySet<string>;
  nameField: 'name' | 'displayName' | 'profileName' | 'tokenName';
  pageSize: number;
  /** Served from a Cosmos store: `@odata.count` of the page, double-encoded `$skiptoken`, children in pages as well. */
  cosmos: boolean;
  navigation: readonly Navigation[];
  withheld: readonly Withheld[];
  filter: FilterSpec;
  /** Properties that `$orderby` takes. */
  orderBy: readonly string[];
  /** Any one of these application permissions allows reading. */
  readPermissions: readonly string[];
  /** Absent: the collection can only be read. */
  writes?: WriteSpec;
  /** Not a collection but one complex value at that path, which every tenant has: these are its properties when nothing was set. */
  singleton?: Readonly<Record<string, string | number | boolean | null>>;
  /** A list of the members of other collections; writes go there. */
  viewOf?: readonly CollectionKey[];
  /** Noun that Intune's audit events use. */
  auditType: string;
  /** Folder names under which export tools keep such objects, in lower case. */
  folders: readonly string[];
}

export type CollectionKey =
  | 'configurationPolicies'
  | 'inventoryPolicies'
  | 'deviceConfigurations'
  | 'groupPolicyConfigurations'
  | 'groupPolicyUploadedDefinitionFiles'
  | 'groupPolicyDefinitions'
  | 'intents'
  | 'templates'
  | 'configurationPolicyTemplates'
  | 'configurationSettings'
  | 'reusablePolicySettings'
  | 'hardwareConfigurations'
  | 'deviceCompliancePolicies'
  | 'compliancePolicies'
  | 'deviceComplianceScripts'
  | 'deviceManagementScripts'
  | 'deviceHealthScripts'
  | 'deviceShellScripts'
  | 'deviceCustomAttributeShellScripts'
  | 'windowsFeatureUpdateProfiles'
  | 'windowsQualityUpdateProfiles'
  | 'windowsQualityUpdatePolicies'
  | 'windowsDriverUpdateProfiles'
  | 'managedAppPolicies'
  | 'iosManagedAppProtections'
  | 'androidManagedAppProtections'
  | 'windowsManagedAppProtections'
  | 'targetedManagedAppConfigurations'
  | 'mdmWindowsInformationProtectionPolicies'
  | 'windowsInformationProtectionPolicies'
  | 'mobileAppConfigurations'
  | 'mobileApps'
  | 'mobileAppCategories'
  | 'policySets'
  | 'iosLobAppProvisioningConfigurations'
  | 'wdacSupplementalPolicies'
  | 'assignmentFilters'
  | 'roleScopeTags'
  | 'roleDefinitions'
  | 'roleAssignments'
  | 'notificationMessageTemplates'
  | 'termsAndConditions'
  | 'deviceCategories'
  | 'intuneBrandingProfiles'
  | 'managedDeviceCleanupRules'
  | 'operationApprovalPolicies'
  | 'deviceManagementSettings'
  | 'deviceEnrollmentConfigurations'
  | 'windowsAutopilotDeploymentProfiles'
  | 'appleUserInitiatedEnrollmentProfiles'
  | 'depOnboardingSettings'
  | 'androidDeviceOwnerEnrollmentProfiles'
  | 'conditionalAccessPolicies'
  | 'namedLocations'
  | 'authenticationStrengthPolicies'
  | 'authenticationContextClassReferences'
  | 'provisioningPolicies'
  | 'userSettings';
