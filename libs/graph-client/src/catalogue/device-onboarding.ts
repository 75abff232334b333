import { ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf } from './define-type.js';
import { CATALOG_POLICY } from './device-configuration.js';
import { SERVICE_CONFIG_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Enrollment';

/**
 * The group that devices join while they enrol is set by an action of its own and stands neither among settings nor among
 * assignments (terraform-provider-microsoft365), so that it is not read.
 */
const AUTOPILOT_DEVICE_PREPARATION = defineType({
  ...CATALOG_POLICY,
  key: 'autopilotDevicePreparation',
  label: 'Autopilot device preparation policy',
  category: CATEGORY,
  is: { templateFamilies: ['enrollmentConfiguration'] },
});

/** The old names of four properties are told besides the new ones and refused on create (TenuVault registry.ts). */
const WINDOWS_AUTOPILOT_DEPLOYMENT_PROFILE = defineType({
  key: 'windowsAutopilotDeploymentProfile',
  label: 'Autopilot deployment profile',
  category: CATEGORY,
  collection: listOf(
    'deviceManagement/windowsAutopilotDeploymentProfiles',
    SERVICE_CONFIG_PERMISSIONS,
    ASSIGNMENTS_ON_LIST,
  ),
  odataTypes: 'from list',
  volatile: ['assignedDevices', 'language', 'extractHardwareHash', 'enableWhiteGlove', 'outOfBoxExperienceSettings'],
  readOnly: ['managementServiceAppId'],
});

const APPLE_USER_INITIATED_ENROLLMENT_PROFILE = defineType({
  key: 'appleUserInitiatedEnrollmentProfile',
  label: 'Apple user enrollment profile',
  category: CATEGORY,
  collection: listOf(
    'deviceManagement/appleUserInitiatedEnrollmentProfiles',
    SERVICE_CONFIG_PERMISSIONS,
    ASSIGNMENTS_ON_LIST,
  ),
  scopeTagField: null,
  odataTypes: graphTypes('appleUserInitiatedEnrollmentProfile'),
  readOnly: ['priority'],
});

/** Apple's token never comes back and has to be uploaded by hand; the profiles below it are kept with it. */
const DEP_ONBOARDING_SETTING = defineType({
  key: 'depOnboardingSetting',
  label: 'Apple automated enrollment token and profiles',
  category: CATEGORY,
  collection: listOf('deviceManagement/depOnboardingSettings', SERVICE_CONFIG_PERMISSIONS, {
    children: [{ name: 'enrollmentProfiles', path: 'enrollmentProfiles' }],
    lacks: ['enrollmentProfiles'],
  }),
  nameField: 'tokenName',
  odataTypes: graphTypes('depOnboardingSetting'),
  volatile: ['lastSuccessfulSyncDateTime', 'lastSyncErrorCode', 'lastSyncTriggeredDateTime', 'syncedDeviceCount'],
  readOnly: ['appleIdentifier', 'tokenExpirationDateTime', 'enrollmentProfiles'],
  secretPaths: ['enrollmentProfiles[].adminAccountPassword'],
  restore: 'manual',
  references: [{ path: 'enrollmentProfiles[].enrollmentTimeAzureAdGroupIds[]', to: 'group' }],
});

/** Whoever has the token enrols devices with it. A profile made anew gets a new one. */
const ANDROID_DEVICE_OWNER_ENROLLMENT_PROFILE = defineType({
  key: 'androidDeviceOwnerEnrollmentProfile',
  label: 'Android Enterprise enrollment profile',
  category: CATEGORY,
  collection: listOf('deviceManagement/androidDeviceOwnerEnrollmentProfiles', SERVICE_CONFIG_PERMISSIONS),
  odataTypes: graphTypes('androidDeviceOwnerEnrollmentProfile'),
  volatile: ['enrolledDeviceCount', 'enrollmentTokenUsageCount', 'tokenCreationDateTime'],
  readOnly: ['tokenValue', 'qrCodeContent', 'qrCodeImage', 'accountId'],
  secretPaths: ['tokenValue', 'qrCodeContent', 'qrCodeImage', 'wifiPassword'],
});

export const DEVICE_ONBOARDING_TYPES: readonly PolicyType[] = [
  WINDOWS_AUTOPILOT_DEPLOYMENT_PROFILE,
  AUTOPILOT_DEVICE_PREPARATION,
  APPLE_USER_INITIATED_ENROLLMENT_PROFILE,
  DEP_ONBOARDING_SETTING,
  ANDROID_DEVICE_OWNER_ENROLLMENT_PROFILE,
];
