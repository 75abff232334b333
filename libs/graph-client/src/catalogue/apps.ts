import { ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf } from './define-type.js';
import { APPS_PERMISSIONS, CONFIGURATION_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Apps';

/** Only Windows apps with an installer of their own depend on others or take their place. */
const RELATED_TYPES = graphTypes('win32LobApp', 'win32CatalogApp');

/**
 * The portal's own filter: without it the list brings Microsoft's whole catalogue of manageable apps
 * (IntuneManagement L485-510). The list leaves scope tags and icons out. Installers never come back, so that an app of
 * one's own is restored as far as its data goes; an upload has to follow.
 */
const MOBILE_APP = defineType({
  key: 'mobileApp',
  label: 'App',
  category: CATEGORY,
  collection: listOf('deviceAppManagement/mobileApps', APPS_PERMISSIONS, {
    listQuery: {
      $filter:
        "(microsoft.graph.managedApp/appAvailability eq null or microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)",
    },
    item: { query: { $expand: 'assignments,categories' } },
    children: [{ name: 'relationships', path: 'relationships', odataTypes: RELATED_TYPES }],
    assignments: 'expanded',
    lacks: ['roleScopeTagIds', 'categories', 'relationships', 'assignments'],
  }),
  odataTypes: 'from list',
  volatile: [
    'uploadState',
    'publishingState',
    'isAssigned',
    'dependentAppCount',
    'supersedingAppCount',
    'supersededAppCount',
    'usedLicenseCount',
    'totalLicenseCount',
    'assignedLicenses',
    'revokeLicenseActionResults',
  ],
  readOnly: ['isFeatured', 'committedContentVersion', 'size', 'categories', 'relationships'],
  base64Fields: [
    'detectionRules[].scriptContent',
    'requirementRules[].scriptContent',
    'rules[].scriptContent',
    'preInstallScript.scriptContent',
    'postInstallScript.scriptContent',
    'officeConfigurationXml',
  ],
  references: [
    { path: 'categories[].id', to: 'mobileAppCategory' },
    { path: 'relationships[].targetId', to: 'mobileApp' },
  ],
});

/** Microsoft's own ones carry the year 1 as their time of change. */
const MOBILE_APP_CATEGORY = defineType({
  key: 'mobileAppCategory',
  label: 'App category',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceAppManagement/mobileAppCategories', APPS_PERMISSIONS),
  scopeTagField: null,
  odataTypes: graphTypes('mobileAppCategory'),
});

/** What the items of a policy set are of; those of app protection do not say of which platform, and are left out. */
const SET_ITEMS: readonly (readonly [string, string])[] = [
  ['mobileApp', 'mobileApp'],
  ['deviceConfiguration', 'deviceConfiguration'],
  ['deviceManagementConfigurationPolicy', 'settingsCatalog'],
  ['deviceCompliancePolicy', 'deviceCompliancePolicy'],
  ['deviceManagementScript', 'deviceManagementScript'],
  ['enrollmentRestrictionsConfiguration', 'enrollmentRestriction'],
  ['windows10EnrollmentCompletionPageConfiguration', 'enrollmentStatusPage'],
  ['windowsAutopilotDeploymentProfile', 'windowsAutopilotDeploymentProfile'],
  ['managedDeviceMobileAppConfiguration', 'mobileAppConfiguration'],
  ['targetedManagedAppConfiguration', 'targetedManagedAppConfiguration'],
  ['mdmWindowsInformationProtectionPolicy', 'windowsInformationProtection'],
  ['iosLobAppProvisioningConfiguration', 'iosLobAppProvisioningConfiguration'],
];
const SET_REFERENCES = SET_ITEMS.map(([item, to]) => ({
  path: `items[].{#microsoft.graph.${item}PolicySetItem}.payloadId`,
  to,
}));

/** `$expand=assignments` is refused on the list. Microsoft's pages name the permission of configuration, peers that of apps. */
const POLICY_SET = defineType({
  key: 'policySet',
  label: 'Policy set',
  category: CATEGORY,
  collection: listOf(
    'deviceAppManagement/policySets',
    {
      read: [...CONFIGURATION_PERMISSIONS.read, ...APPS_PERMISSIONS.read],
      write: [...CONFIGURATION_PERMISSIONS.write, ...APPS_PERMISSIONS.write],
    },
    {
      item: { query: { $expand: 'items,assignments' } },
      assignments: 'expanded',
      lacks: ['items', 'assignments'],
    },
  ),
  scopeTagField: 'roleScopeTags',
  odataTypes: graphTypes('policySet'),
  volatile: ['status', 'errorCode', 'items[].status', 'items[].errorCode'],
  readOnly: ['items'],
  references: SET_REFERENCES,
});

/** The profile is signed by Apple and public to every device that gets it; it is binary and stays as it is. */
const IOS_LOB_APP_PROVISIONING = defineType({
  key: 'iosLobAppProvisioningConfiguration',
  label: 'iOS app provisioning profile',
  category: CATEGORY,
  collection: listOf('deviceAppManagement/iosLobAppProvisioningConfigurations', APPS_PERMISSIONS, ASSIGNMENTS_ON_LIST),
  odataTypes: graphTypes('iosLobAppProvisioningConfiguration'),
  volatile: ['version', 'deviceStatuses', 'userStatuses', 'groupAssignments'],
  readOnly: ['expirationDateTime'],
});

const WDAC_SUPPLEMENTAL_POLICY = defineType({
  key: 'wdacSupplementalPolicy',
  label: 'S mode supplemental policy',
  category: CATEGORY,
  collection: listOf('deviceAppManagement/wdacSupplementalPolicies', APPS_PERMISSIONS, ASSIGNMENTS_ON_LIST),
  odataTypes: graphTypes('windowsDefenderApplicationControlSupplementalPolicy'),
  volatile: ['creationDateTime', 'version', 'deploySummary', 'deviceStatuses'],
});

export const APP_TYPES: readonly PolicyType[] = [
  MOBILE_APP,
  MOBILE_APP_CATEGORY,
  POLICY_SET,
  IOS_LOB_APP_PROVISIONING,
  WDAC_SUPPLEMENTAL_POLICY,
];
