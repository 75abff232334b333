import type { GraphBody } from '../store/graph-body.js';
import type { PolicyDraft, Target } from './policy-draft.js';

/** Values that iOS and Android protections share. */
const SHARED: GraphBody = {
  periodOfflineBeforeAccessCheck: 'PT12H',
  periodOnlineBeforeAccessCheck: 'PT30M',
  allowedInboundDataTransferSources: 'allApps',
  allowedOutboundDataTransferDestinations: 'managedApps',
  organizationalCredentialsRequired: false,
  allowedOutboundClipboardSharingLevel: 'managedAppsWithPasteIn',
  dataBackupBlocked: true,
  deviceComplianceRequired: true,
  managedBrowserToOpenLinksRequired: true,
  saveAsBlocked: true,
  periodOfflineBeforeWipeIsEnforced: 'P90D',
  pinRequired: true,
  maximumPinRetries: 5,
  simplePinBlocked: true,
  minimumPinLength: 6,
  pinCharacterSet: 'numeric',
  periodBeforePinReset: 'PT0S',
  allowedDataStorageLocations: ['oneDriveForBusiness', 'sharePoint'],
  contactSyncBlocked: false,
  printBlocked: true,
  fingerprintBlocked: false,
  disableAppPinIfDevicePinIsSet: false,
  maximumRequiredOsVersion: null,
  minimumRequiredAppVersion: null,
  minimumWarningAppVersion: null,
  minimumWipeAppVersion: null,
  appActionIfDeviceComplianceRequired: 'block',
  appActionIfMaximumPinRetriesExceeded: 'wipe',
  pinRequiredInsteadOfBiometricTimeout: 'PT30M',
  allowedOutboundClipboardSharingExceptionLength: 0,
  notificationRestriction: 'blockOrganizationalData',
  previousPinBlockCount: 3,
  managedBrowser: 'microsoftEdge',
  maximumAllowedDeviceThreatLevel: 'notConfigured',
  mobileThreatDefenseRemediationAction: 'block',
  blockDataIngestionIntoOrganizationDocuments: false,
  allowedDataIngestionLocations: ['oneDriveForBusiness', 'sharePoint', 'camera'],
  appActionIfUnableToAuthenticateUser: null,
  dialerRestrictionLevel: 'allApps',
  targetedAppManagementLevels: 'unspecified',
  appGroupType: 'selectedPublicApps',
};

export function iosProtection(
  displayName: string,
  targets: Target[],
  bundleIds: string[],
  values: GraphBody = {},
): PolicyDraft {
  const apps = bundleIds.map((bundleId) => ({
    id: `${bundleId.toLowerCase()}.ios`,
    version: '1',
    mobileAppIdentifier: { '@odata.type': '#microsoft.graph.iosMobileAppIdentifier', bundleId },
  }));
  const own: GraphBody = {
    minimumRequiredOsVersion: '17.0',
    minimumWarningOsVersion: '18.0',
    appDataEncryptionType: 'whenDeviceLocked',
    faceIdBlocked: false,
    minimumRequiredSdkVersion: null,
    customBrowserProtocol: '',
    filterOpenInToOnlyManagedApps: false,
    disableProtectionOfManagedOutboundOpenInData: false,
    protectInboundDataFromUnknownSources: false,
    thirdPartyKeyboardsBlocked: true,
    exemptedAppProtocols: [{ name: 'Default', value: 'tel;telprompt;skype;app-settings;calshow;itms' }],
  };
  return {
    collection: 'iosManagedAppProtections',
    key: displayName,
    targets,
    body: {
      displayName,
      description: 'Level 2 enterprise enhanced data protection',
      ...SHARED,
      ...own,
      ...values,
      apps,
    },
  };
}

export function androidProtection(
  displayName: string,
  targets: Target[],
  packageIds: string[],
  values: GraphBody = {},
): PolicyDraft {
  const apps = packageIds.map((packageId) => ({
    id: `${packageId}.android`,
    version: '1',
    mobileAppIdentifier: { '@odata.type': '#microsoft.graph.androidMobileAppIdentifier', packageId },
  }));
  const own: GraphBody = {
    minimumRequiredOsVersion: '12.0',
    minimumWarningOsVersion: '14.0',
    screenCaptureBlocked: true,
    disableAppEncryptionIfDeviceEncryptionIsEnabled: false,
    encryptAppData: true,
    minimumRequiredPatchVersion: '0000-00-00',
    minimumWarningPatchVersion: '0000-00-00',
    minimumWipePatchVersion: '0000-00-00',
    allowedAndroidDeviceManufacturers: null,
    appActionIfAndroidDeviceManufacturerNotAllowed: 'block',
    requiredAndroidSafetyNetDeviceAttestationType: 'basicIntegrityAndDeviceCertification',
    appActionIfAndroidSafetyNetDeviceAttestationFailed: 'block',
    requiredAndroidSafetyNetAppsVerificationType: 'enabled',
    appActionIfAndroidSafetyNetAppsVerificationFailed: 'warn',
    customBrowserPackageId: '',
    customBrowserDisplayName: '',
    keyboardsRestricted: false,
    allowedAndroidDeviceModels: [],
    biometricAuthenticationBlocked: false,
    deviceLockRequired: true,
    appActionIfDeviceLockNotSet: 'block',
    connectToVpnOnLaunch: false,
    exemptedAppPackages: [],
    approvedKeyboards: [],
  };
  return {
    collection: 'androidManagedAppProtections',
    key: displayName,
    targets,
    body: { displayName, description: null, ...SHARED, ...own, ...values, apps },
  };
}
