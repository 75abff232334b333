import type { CollectionKey } from '../../src/graph/collections.js';
import type { GraphBody } from '../../src/store/graph-body.js';
import type { SeedObject } from '../../src/store/seed-tenant.js';
import { stableGuid } from '../../src/store/stable-id.js';
import { base64, choice, common, sample, SAMPLE_GROUPS } from './sample-parts.js';

/** A managed app policy's group assignment; its ids are made of the group alone. */
function managedAssignments(): GraphBody[] {
  const [pilot] = SAMPLE_GROUPS;
  return [
    {
      id: `${pilot?.id ?? ''}_incl`,
      source: 'direct',
      sourceId: '00000000-0000-0000-0000-000000000000',
      target: {
        '@odata.type': '#microsoft.graph.groupAssignmentTarget',
        deviceAndAppManagementAssignmentFilterId: null,
        deviceAndAppManagementAssignmentFilterType: 'none',
        groupId: pilot?.id ?? '',
      },
    },
  ];
}

function protectedApp(identifier: GraphBody, id: string): GraphBody {
  return { id, version: '-1', mobileAppIdentifier: identifier };
}

/** A managed app policy: prefixed id, opaque version. */
function managedPolicy(key: CollectionKey, prefix: 'T_' | 'A_' | '', name: string, more: GraphBody): SeedObject {
  const guid = stableGuid(`sample ${key}`);
  const body = {
    ...common(name),
    version: `"${stableGuid(`sample version ${key}`)}"`,
    isAssigned: true,
    assignments: managedAssignments(),
    ...more,
  };
  return sample(key, body, `${prefix}${guid}`);
}

const PIN: GraphBody = {
  appGroupType: 'selectedPublicApps',
  deployedAppCount: 1,
  targetedAppManagementLevels: 'unspecified',
  pinRequired: true,
  minimumPinLength: 6,
  pinCharacterSet: 'numeric',
  simplePinBlocked: true,
  dataBackupBlocked: true,
  allowedOutboundDataTransferDestinations: 'managedApps',
  allowedOutboundClipboardSharingLevel: 'managedAppsWithPasteIn',
  periodOfflineBeforeAccessCheck: 'PT12H',
  periodOfflineBeforeWipeIsEnforced: 'P90D',
};

const WIP: GraphBody = {
  enforcementLevel: 'encryptAndAuditOnly',
  enterpriseDomain: 'sample.example',
  enterpriseProtectedDomainNames: [{ displayName: '0', resources: ['sample.example'] }],
  protectionUnderLockConfigRequired: false,
  revokeOnUnenrollDisabled: false,
  iconsVisible: true,
  protectedApps: [
    {
      '@odata.type': '#microsoft.graph.windowsInformationProtectionStoreApp',
      displayName: 'Mail',
      description: null,
      publisherName: 'CN=Sample Publisher, C=US',
      productName: 'Sample.Mail',
      denied: false,
    },
  ],
  exemptApps: [],
  protectedAppLockerFiles: [
    {
      id: stableGuid('sample locker file'),
      displayName: 'Denied apps',
      fileHash: null,
      file: base64('<AppLockerPolicy Version="1"/>'),
      version: `"${stableGuid('sample locker version')}"`,
    },
  ],
  exemptAppLockerFiles: [
    {
      id: stableGuid('sample exempt file'),
      displayName: 'Old client',
      fileHash: null,
      file: base64('<RuleCollection Type="Exe" EnforcementMode="Enabled"/>'),
      version: `"${stableGuid('sample exempt version')}"`,
    },
  ],
};

export const APP_POLICY_SAMPLES: readonly SeedObject[] = [
  managedPolicy('iosManagedAppProtections', 'T_', 'Sample - iOS - App protection', {
    ...PIN,
    faceIdBlocked: false,
    apps: [
      protectedApp(
        { '@odata.type': '#microsoft.graph.iosMobileAppIdentifier', bundleId: 'com.microsoft.office.outlook' },
        'com.microsoft.office.outlook.ios',
      ),
    ],
  }),
  managedPolicy('androidManagedAppProtections', 'T_', 'Sample - Android - App protection', {
    ...PIN,
    encryptAppData: true,
    screenCaptureBlocked: true,
    apps: [
      protectedApp(
        { '@odata.type': '#microsoft.graph.androidMobileAppIdentifier', packageId: 'com.microsoft.office.outlook' },
        'com.microsoft.office.outlook.android',
      ),
    ],
  }),
  managedPolicy('windowsManagedAppProtections', 'T_', 'Sample - Windows - Edge protection', {
    allowedInboundDataTransferSources: 'allApps',
    allowedOutboundClipboardSharingLevel: 'none',
    allowedOutboundDataTransferDestinations: 'none',
    appActionIfUnableToAuthenticateUser: 'block',
    maximumAllowedDeviceThreatLevel: 'notConfigured',
    mobileThreatDefenseRemediationAction: 'block',
    periodOfflineBeforeAccessCheck: 'P1D',
    periodOfflineBeforeWipeIsEnforced: 'P90D',
    printBlocked: true,
    deployedAppCount: 1,
    apps: [
      protectedApp(
        { '@odata.type': '#microsoft.graph.windowsAppIdentifier', windowsAppId: 'com.microsoft.edge' },
        'com.microsoft.edge.windows',
      ),
    ],
  }),
  managedPolicy('targetedManagedAppConfigurations', 'A_', 'Sample - Outlook - App configuration', {
    appGroupType: 'selectedPublicApps',
    deployedAppCount: 1,
    targetedAppManagementLevels: 'unspecified',
    customSettings: [{ name: 'com.microsoft.outlook.Mail.FocusedInbox', value: 'false' }],
    settings: [choice('0', 'com.microsoft.edge.mamedgeappconfigsettings.smartscreenenabled', '1')],
    apps: [
      protectedApp(
        { '@odata.type': '#microsoft.graph.iosMobileAppIdentifier', bundleId: 'com.microsoft.office.outlook' },
        'com.microsoft.office.outlook.ios',
      ),
    ],
  }),
  managedPolicy('mdmWindowsInformationProtectionPolicies', '', 'Sample - WIP - Enrolled', WIP),
  managedPolicy('windowsInformationProtectionPolicies', '', 'Sample - WIP - Not enrolled', {
    ...WIP,
    mdmEnrollmentUrl: null,
    pinMinimumLength: 6,
    daysWithoutContactBeforeUnenroll: 30,
  }),
];
