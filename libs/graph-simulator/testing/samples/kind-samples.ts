import type { CollectionKey } from '../../src/graph/collections.js';
import type { GraphBody } from '../../src/store/graph-body.js';
import type { SeedObject } from '../../src/store/seed-tenant.js';
import { stableGuid } from '../../src/store/stable-id.js';
import { assignedFrom, choice, common, CREATED, MODIFIED, sample } from './sample-parts.js';

const NOTIFICATION_ID = stableGuid('sample notificationMessageTemplates');

/** A settings catalog policy of a template's family; null: of none. */
function catalogPolicy(name: string, technologies: string, family: string | null): SeedObject {
  return sample(
    'configurationPolicies',
    {
      createdDateTime: CREATED,
      creationSource: null,
      description: '',
      lastModifiedDateTime: MODIFIED,
      name,
      platforms: 'windows10',
      priorityMetaData: null,
      roleScopeTagIds: ['0'],
      settingCount: 1,
      technologies,
      isAssigned: true,
      templateReference: {
        templateId: family === null ? '' : `${stableGuid(`sample template ${family}`)}_1`,
        templateFamily: family ?? 'none',
        templateDisplayName: family === null ? null : 'Sample template',
        templateDisplayVersion: family === null ? null : 'Version 1',
      },
      settings: [choice('0', `sample_${technologies}_setting`, '1')],
      assignments: assignedFrom('configurationPolicies'),
    },
    stableGuid(`sample ${name}`),
  );
}

/** A profile of a polymorphic collection. */
function profile(collection: CollectionKey, type: string, name: string, id: string, more: GraphBody): SeedObject {
  const body = { '@odata.type': `#microsoft.graph.${type}`, ...common(name), assignments: [], ...more };
  return sample(collection, { ...body, version: 1 }, id);
}

function deviceConfiguration(type: string, name: string, more: GraphBody): SeedObject {
  return profile('deviceConfigurations', type, name, stableGuid(`sample ${type}`), {
    supportsScopeTags: true,
    ...more,
  });
}

/** The id ends in the kind of configuration, as in a tenant. */
function enrollment(type: string, kind: string, name: string, priority: number, more: GraphBody): SeedObject {
  const id = `${stableGuid(`sample ${kind}`)}_${kind}`;
  return profile('deviceEnrollmentConfigurations', type, name, id, { priority, ...more });
}

/** One more object of each kind that shares a collection with others. */
export const KIND_SAMPLES: readonly SeedObject[] = [
  catalogPolicy('Sample - Windows - Power', 'mdm', null),
  catalogPolicy('Sample - Windows - Device preparation', 'enrollment', 'enrollmentConfiguration'),
  deviceConfiguration('sharedPCConfiguration', 'Sample - Windows - Shared PC', {
    enabled: true,
    disablePowerPolicies: false,
  }),
  deviceConfiguration('windowsUpdateForBusinessConfiguration', 'Sample - Windows - Ring 1', {
    qualityUpdatesDeferralPeriodInDays: 5,
    featureUpdatesDeferralPeriodInDays: 30,
    qualityUpdatesPaused: false,
    qualityUpdatesPauseExpiryDateTime: '0001-01-01T00:00:00Z',
  }),
  deviceConfiguration('iosUpdateConfiguration', 'Sample - iOS - Updates at night', {
    updateScheduleType: 'updateOutsideOfActiveHours',
    activeHoursStart: '08:00:00.0000000',
    activeHoursEnd: '18:00:00.0000000',
    scheduledInstallDays: ['monday', 'friday'],
    utcTimeOffsetInMinutes: 60,
  }),
  profile(
    'mobileAppConfigurations',
    'androidManagedStoreAppConfiguration',
    'Sample - Android - OEM settings',
    stableGuid('sample oem configuration'),
    {
      targetedMobileApps: [stableGuid('sample mobileApps')],
      packageId: 'app:com.example.oemconfig',
      payloadJson: Buffer.from('{"kind":"androidenterprise#managedConfiguration"}').toString('base64'),
      appSupportsOemConfig: true,
      profileApplicability: 'androidDeviceOwner',
      connectedAppsEnabled: false,
      permissionActions: [],
    },
  ),
  enrollment(
    'deviceEnrollmentPlatformRestrictionConfiguration',
    'SinglePlatformRestriction',
    'Sample - Windows - No personal devices',
    1,
    {
      deviceEnrollmentConfigurationType: 'singlePlatformRestriction',
      platformType: 'windows',
      platformRestriction: {
        platformBlocked: false,
        personalDeviceEnrollmentBlocked: true,
        osMinimumVersion: '10.0.22631.0',
        osMaximumVersion: null,
        blockedManufacturers: [],
        blockedSkus: [],
      },
    },
  ),
  enrollment(
    'deviceEnrollmentWindowsHelloForBusinessConfiguration',
    'DefaultWindowsHelloForBusiness',
    'Sample - Windows Hello',
    0,
    {
      deviceEnrollmentConfigurationType: 'defaultWindowsHelloForBusiness',
      state: 'enabled',
      pinMinimumLength: 6,
      pinMaximumLength: 127,
      securityDeviceRequired: true,
    },
  ),
  enrollment('deviceComanagementAuthorityConfiguration', 'CoManagementAuthority', 'Sample - Co-management', 2, {
    deviceEnrollmentConfigurationType: 'deviceComanagementAuthorityConfiguration',
    managedDeviceAuthority: 0,
    installConfigurationManagerAgent: false,
    configurationManagerAgentCommandLineArgument: null,
  }),
  enrollment('deviceEnrollmentNotificationConfiguration', 'EnrollmentNotifications', 'Sample - New device mail', 3, {
    deviceEnrollmentConfigurationType: 'enrollmentNotificationsConfiguration',
    platformType: 'windows',
    templateType: 'email',
    notificationMessageTemplateId: NOTIFICATION_ID,
    notificationTemplates: [`email_${NOTIFICATION_ID}`],
    brandingOptions: 'none',
    defaultLocale: 'en-us',
  }),
  enrollment('windowsRestoreDeviceEnrollmentConfiguration', 'WindowsRestore', 'Sample - Windows restore', 0, {
    deviceEnrollmentConfigurationType: 'windowsRestore',
    state: 'enabled',
  }),
];
