import type { SeedObject } from '../../src/store/seed-tenant.js';
import { stableGuid } from '../../src/store/stable-id.js';
import { assignedTo, CREATED, MODIFIED, sample, SAMPLE_GROUPS } from './sample-parts.js';

const LOCATION_ID = stableGuid('sample namedLocations');
const [PILOT, KIOSKS] = SAMPLE_GROUPS;

export const CONDITIONAL_ACCESS_SAMPLES: readonly SeedObject[] = [
  sample('conditionalAccessPolicies', {
    displayName: 'Sample - Strong sign-in outside the offices',
    createdDateTime: CREATED,
    modifiedDateTime: MODIFIED,
    state: 'enabledForReportingButNotEnforced',
    sessionControls: {
      disableResilienceDefaults: null,
      signInFrequency: {
        isEnabled: true,
        type: 'hours',
        value: 12,
        authenticationType: 'primaryAndSecondaryAuthentication',
        frequencyInterval: 'timeBased',
      },
    },
    conditions: {
      clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'],
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      applications: {
        includeApplications: ['All'],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
      },
      users: {
        includeUsers: [],
        excludeUsers: [],
        includeGroups: [PILOT?.id ?? ''],
        excludeGroups: [KIOSKS?.id ?? ''],
        includeRoles: [],
        excludeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
      },
      platforms: { includePlatforms: ['all'], excludePlatforms: ['linux'] },
      locations: { includeLocations: ['All'], excludeLocations: [LOCATION_ID] },
      devices: null,
    },
    grantControls: {
      operator: 'OR',
      builtInControls: ['compliantDevice'],
      customAuthenticationFactors: [],
      termsOfUse: [],
    },
  }),
  sample('namedLocations', {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    displayName: 'Sample - Offices',
    createdDateTime: CREATED,
    modifiedDateTime: MODIFIED,
    isTrusted: true,
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '198.51.100.0/24' }],
  }),
  sample('authenticationStrengthPolicies', {
    displayName: 'Sample - Keys only',
    description: null,
    createdDateTime: CREATED,
    modifiedDateTime: MODIFIED,
    policyType: 'custom',
    requirementsSatisfied: 'mfa',
    allowedCombinations: ['fido2'],
    combinationConfigurations: [
      {
        '@odata.type': '#microsoft.graph.fido2CombinationConfiguration',
        id: stableGuid('sample combination'),
        appliesToCombinations: ['fido2'],
        allowedAAGUIDs: [stableGuid('sample key model')],
      },
    ],
  }),
  sample(
    'authenticationContextClassReferences',
    { displayName: 'Sample - Payroll', description: null, isAvailable: true },
    'c7',
  ),
  sample('provisioningPolicies', {
    displayName: 'Sample - Cloud PCs',
    description: null,
    provisioningType: 'dedicated',
    imageId: 'microsoftwindowsdesktop_windows-ent-cpc_win11-25h2-ent-cpc-m365',
    imageDisplayName: 'Windows 11 Enterprise + Microsoft 365 Apps 25H2',
    imageType: 'gallery',
    enableSingleSignOn: true,
    cloudPcNamingTemplate: 'CPC-%USERNAME:5%-%RAND:5%',
    domainJoinConfigurations: [
      {
        domainJoinType: 'azureADJoin',
        regionName: 'automatic',
        regionGroup: 'europeUnion',
        onPremisesConnectionId: null,
      },
    ],
    windowsSetting: { locale: 'en-US' },
    scopeIds: ['0'],
    createdDateTime: CREATED,
    lastModifiedDateTime: MODIFIED,
    assignments: assignedTo('provisioningPolicies').slice(1),
  }),
  sample('userSettings', {
    displayName: 'Sample - Self service restore',
    localAdminEnabled: false,
    resetEnabled: true,
    restorePointSetting: { frequencyInHours: 12, frequencyType: 'twelveHours', userRestoreEnabled: true },
    createdDateTime: CREATED,
    lastModifiedDateTime: MODIFIED,
    assignments: assignedTo('userSettings').slice(1),
  }),
];
