/** How an archive of policies is laid out, so that another tool reads it. */
export const LAYOUTS = ['intuneManagement', 'intuneCd', 'graph'] as const;
export type Layout = (typeof LAYOUTS)[number];

interface Names {
  /** `Id` of the view item in Micke-K/IntuneManagement, `Extensions/EndpointManager.psm1`. */
  intuneManagement?: string;
  /** `self.path` of the backup module in almenscorner/IntuneCD, `src/IntuneCD/backup/Intune`. */
  intuneCd?: string;
}

/** By key of the policy catalogue; a tool that does not export a type has no name for its folder. */
const FOLDERS: Readonly<Record<string, Names>> = {
  settingsCatalog: { intuneManagement: 'SettingsCatalog', intuneCd: 'Settings Catalog' },
  endpointSecurityPolicy: { intuneManagement: 'SettingsCatalog', intuneCd: 'Settings Catalog' },
  autopilotDevicePreparation: { intuneManagement: 'SettingsCatalog', intuneCd: 'Settings Catalog' },
  deviceConfiguration: { intuneManagement: 'DeviceConfiguration', intuneCd: 'Device Configurations' },
  customOmaUri: { intuneManagement: 'DeviceConfiguration', intuneCd: 'Device Configurations' },
  windowsUpdateRing: { intuneManagement: 'UpdatePolicies', intuneCd: 'Device Configurations' },
  iosUpdatePolicy: { intuneManagement: 'UpdatePolicies', intuneCd: 'Device Configurations' },
  groupPolicyConfiguration: { intuneManagement: 'AdministrativeTemplates', intuneCd: 'Group Policy Configurations' },
  groupPolicyUploadedDefinitionFile: { intuneManagement: 'ADMXFiles' },
  reusablePolicySetting: { intuneManagement: 'ReusableSettings' },
  hardwareConfiguration: { intuneManagement: 'HardwareConfigurations' },
  inventoryPolicy: { intuneManagement: 'InventoryPolicies' },
  deviceCompliancePolicy: { intuneManagement: 'CompliancePolicies', intuneCd: 'Compliance Policies/Policies' },
  compliancePolicyV2: { intuneManagement: 'CompliancePoliciesV2', intuneCd: 'Compliance Policies/Policies' },
  deviceComplianceScript: { intuneManagement: 'ComplianceScripts', intuneCd: 'Compliance Policies/Scripts' },
  intent: { intuneManagement: 'EndpointSecurity', intuneCd: 'Management Intents' },
  deviceManagementScript: { intuneManagement: 'PowerShellScripts', intuneCd: 'Scripts/Powershell' },
  deviceShellScript: { intuneManagement: 'MacScripts', intuneCd: 'Scripts/Shell' },
  deviceCustomAttributeShellScript: { intuneManagement: 'MacCustomAttributes', intuneCd: 'Custom Attributes' },
  deviceHealthScript: { intuneManagement: 'DeviceHealthScripts', intuneCd: 'Proactive Remediations' },
  windowsFeatureUpdateProfile: { intuneManagement: 'FeatureUpdates', intuneCd: 'Feature Updates' },
  windowsQualityUpdateProfile: { intuneManagement: 'QualityUpdates', intuneCd: 'Quality Updates' },
  windowsDriverUpdateProfile: { intuneManagement: 'DriverUpdateProfiles', intuneCd: 'Driver Updates' },
  mobileApp: { intuneManagement: 'Applications', intuneCd: 'Applications' },
  mobileAppConfiguration: { intuneManagement: 'AppConfigurationManagedDevice', intuneCd: 'App Configuration' },
  androidOemConfig: { intuneManagement: 'AndroidOEMConfig', intuneCd: 'App Configuration' },
  targetedManagedAppConfiguration: { intuneManagement: 'AppConfigurationManagedApp', intuneCd: 'App Protection' },
  iosManagedAppProtection: { intuneManagement: 'AppProtection', intuneCd: 'App Protection' },
  androidManagedAppProtection: { intuneManagement: 'AppProtection', intuneCd: 'App Protection' },
  windowsManagedAppProtection: { intuneManagement: 'AppProtection', intuneCd: 'App Protection' },
  windowsInformationProtection: { intuneManagement: 'AppProtection', intuneCd: 'App Protection' },
  policySet: { intuneManagement: 'PolicySets' },
  enrollmentRestriction: { intuneManagement: 'EnrollmentRestrictions', intuneCd: 'Enrollment Configurations' },
  enrollmentStatusPage: { intuneManagement: 'EnrollmentStatusPage', intuneCd: 'Enrollment Profiles/Windows/ESP' },
  windowsHelloForBusinessEnrollment: { intuneCd: 'Enrollment Configurations' },
  coManagementAuthority: { intuneManagement: 'CoManagementSettings', intuneCd: 'Enrollment Configurations' },
  enrollmentNotification: { intuneCd: 'Enrollment Configurations' },
  windowsRestore: { intuneCd: 'Enrollment Configurations' },
  windowsAutopilotDeploymentProfile: { intuneManagement: 'AutoPilot', intuneCd: 'Enrollment Profiles/Windows' },
  appleUserInitiatedEnrollmentProfile: { intuneManagement: 'AppleEnrollmentTypes' },
  depOnboardingSetting: { intuneCd: 'Enrollment Profiles/Apple' },
  deviceCategory: { intuneManagement: 'DeviceCategories', intuneCd: 'Device Categories' },
  termsAndConditions: { intuneManagement: 'TermsAndConditions' },
  assignmentFilter: { intuneManagement: 'AssignmentFilters', intuneCd: 'Filters' },
  roleScopeTag: { intuneManagement: 'ScopeTags', intuneCd: 'Scope Tags' },
  roleDefinition: { intuneManagement: 'RoleDefinitions', intuneCd: 'Roles' },
  notificationMessageTemplate: {
    intuneManagement: 'Notifications',
    intuneCd: 'Compliance Policies/Message Templates',
  },
  intuneBrandingProfile: { intuneManagement: 'IntuneBranding' },
  deviceManagementSettings: { intuneCd: 'Device Management Settings' },
  conditionalAccessPolicy: { intuneManagement: 'ConditionalAccess', intuneCd: 'Conditional Access' },
  namedLocation: { intuneManagement: 'NamedLocations' },
  authenticationStrengthPolicy: { intuneManagement: 'AuthenticationStrengths' },
  authenticationContext: { intuneManagement: 'AuthenticationContext' },
  cloudPcProvisioningPolicy: { intuneManagement: 'W365ProvisioningPolicies' },
  cloudPcUserSetting: { intuneManagement: 'W365UserSettings' },
};

/** The folder of a type in a tool's layout, `/` between its parts; undefined when the tool has none for it. */
export function folderOf(layout: Exclude<Layout, 'graph'>, typeKey: string): string | undefined {
  return Object.hasOwn(FOLDERS, typeKey) ? FOLDERS[typeKey]?.[layout] : undefined;
}

/**
 * Keys of the types that a file below `folders` (outermost first) may be of: by the innermost folder that any tool names,
 * in any case. Empty when none does. `Management Intents/<template>/` and `Applications/<platform>/` lie one deeper.
 */
export function typesOfFolder(folders: readonly string[]): string[] {
  const path = folders.map((name) => name.toLowerCase());
  for (let end = path.length; end > 0; end -= 1) {
    const tail = `/${path.slice(0, end).join('/')}`;
    const found = Object.entries(FOLDERS).filter(([, names]) =>
      Object.values(names).some((name: string) => tail.endsWith(`/${name.toLowerCase()}`)),
    );
    if (found.length > 0) return found.map(([key]) => key);
  }
  return [];
}
