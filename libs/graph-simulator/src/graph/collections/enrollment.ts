import type { CollectionSpec } from './collection-spec.js';
import { assign, ASSIGNMENTS, BOTH, defineCollection, SERVICE, UNTAGGED, writes } from './define.js';

/** Enrollment: tenant defaults of priority 0 are the service's own; several types are assigned one target at a time. */
export const ENROLLMENT: readonly CollectionSpec[] = [
  defineCollection({
    key: 'deviceEnrollmentConfigurations',
    root: 'deviceManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.deviceEnrollmentConfiguration',
    polymorphic: true,
    types: new Set([
      'deviceComanagementAuthorityConfiguration',
      'deviceEnrollmentLimitConfiguration',
      'deviceEnrollmentNotificationConfiguration',
      'deviceEnrollmentPlatformRestrictionConfiguration',
      'deviceEnrollmentPlatformRestrictionsConfiguration',
      'deviceEnrollmentWindowsHelloForBusinessConfiguration',
      'windows10EnrollmentCompletionPageConfiguration',
      'windowsRestoreDeviceEnrollmentConfiguration',
    ]),
    navigation: [ASSIGNMENTS],
    readPermissions: SERVICE.read,
    writes: writes(SERVICE.write, {
      assign: assign({ bodyKey: 'enrollmentConfigurationAssignments', source: true }),
      actions: { setPriority: { kind: 'priority', status: 200 } },
      ids: 'enrollment',
      immutable: ['platformType', 'deviceEnrollmentConfigurationType'],
      immutableRefusal: 'PlatformType cannot be changed once created.',
      computed: ['priority'],
      version: 'number',
      builtIn: (body) => body.priority === 0,
    }),
    folders: [
      'enrollmentstatuspage',
      'enrollmentrestrictions',
      'enrollment configurations',
      'comanagementsettings',
      'windowshelloforbusiness',
    ],
  }),
  defineCollection({
    key: 'windowsAutopilotDeploymentProfiles',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.windowsAutopilotDeploymentProfile',
    polymorphic: true,
    types: new Set(['activeDirectoryWindowsAutopilotDeploymentProfile', 'azureADWindowsAutopilotDeploymentProfile']),
    navigation: [ASSIGNMENTS, { name: 'assignedDevices', onList: 'omitted', onItem: 'omitted', ownPath: true }],
    readPermissions: SERVICE.read,
    writes: writes(SERVICE.write, {
      assign: { style: 'each', status: 201, source: true },
      computed: ['enableWhiteGlove', 'extractHardwareHash', 'language', 'outOfBoxExperienceSettings'],
    }),
    folders: ['autopilot'],
  }),
  defineCollection({
    key: 'appleUserInitiatedEnrollmentProfiles',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.appleUserInitiatedEnrollmentProfile',
    navigation: [ASSIGNMENTS],
    readPermissions: SERVICE.read,
    writes: writes(SERVICE.write, {
      defaults: UNTAGGED,
      assign: { style: 'each', status: 201, source: false },
      immutable: ['platform'],
      immutableRefusal: 'Platform cannot be changed once created.',
      computed: ['priority'],
      actions: { setPriority: { kind: 'priority', status: 204 } },
    }),
    folders: ['appleenrollmenttypes'],
  }),
  // A token is uploaded in the portal; the profiles below it are written here.
  defineCollection({
    key: 'depOnboardingSettings',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.depOnboardingSetting',
    nameField: 'tokenName',
    navigation: [
      {
        name: 'enrollmentProfiles',
        onList: 'omitted',
        onItem: 'filled',
        ownPath: true,
        writable: { create: 201, update: 204, delete: 200 },
      },
    ],
    readPermissions: SERVICE.read,
    writes: writes(SERVICE.write, {
      create: undefined,
      updates: [],
      delete: undefined,
      times: { modified: 'lastModifiedDateTime' },
    }),
    folders: ['appleenrollmentprofiles', 'enrollment profiles'],
  }),
  defineCollection({
    key: 'androidDeviceOwnerEnrollmentProfiles',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.androidDeviceOwnerEnrollmentProfile',
    readPermissions: SERVICE.read,
    writes: writes(SERVICE.write, {
      required: ['displayName', 'tokenExpirationDateTime'],
      computed: [
        'tokenValue',
        'tokenCreationDateTime',
        'qrCodeContent',
        'qrCodeImage',
        'accountId',
        'enrolledDeviceCount',
        'enrollmentTokenUsageCount',
      ],
      actions: {
        createToken: { kind: 'create-token', status: 204 },
        revokeToken: { kind: 'revoke-token', status: 204 },
      },
    }),
  }),
];
