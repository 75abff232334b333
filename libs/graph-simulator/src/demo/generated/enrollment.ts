import type { GraphBody } from '../../store/graph-body.js';
import { addAppleTokens } from './apple-enrollment.js';
import type { Dice } from './dice.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

/** Enrollment configurations, Autopilot profiles and Apple's tokens with their profiles. */
export function addEnrollment(tenant: TenantDraft): void {
  const dice = tenant.dice('enrollment');
  const count = tenant.counts.enrollment;
  const defaults = [statusPage, limit, restrictions, hello].map((make) => make(tenant, dice, 0));
  for (const draft of defaults) tenant.add(draft);
  tenant.repeat(count - defaults.length, (at) => {
    if (at === 0) return statusPage(tenant, dice, 1, true);
    const make = [platformRestriction, limit, statusPage, coManagement, platformRestriction][at % 5] ?? limit;
    return make(tenant, dice, at + 1);
  });
  tenant.repeat(tenant.counts.autopilot, (at) => autopilot(tenant, dice, at));
  addAppleTokens(tenant);
}

/** A configuration of that type; priority 0 is the tenant's default, assigned to all and not to be deleted. */
function configuration(
  tenant: TenantDraft,
  dice: Dice,
  kind: { type: string; suffix: string; configurationType: string; name: string; priority: number },
  values: GraphBody,
): Draft {
  const isDefault = kind.priority === 0;
  const account = tenant.guid('intune account');
  const all = { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' };
  return {
    collection: 'deviceEnrollmentConfigurations',
    name: isDefault
      ? 'All users and all devices'
      : { platform: 'ENR', area: kind.name, purpose: dice.pick(tenant.company.sites) },
    fixedName: isDefault,
    values: {
      '@odata.type': `#microsoft.graph.${kind.type}`,
      deviceEnrollmentConfigurationType: kind.configurationType,
      priority: kind.priority,
      version: isDefault ? 0 : dice.int(1, 12),
      ...values,
    },
    id: (guid) => (isDefault ? `${account}_Default${kind.suffix}` : `${guid}_${kind.suffix}`),
    ...(isDefault
      ? {
          children: {
            assignments: [
              {
                id: `${account}_Default${kind.suffix}_adadadad-808e-44e2-905a-0b7873a8a531`,
                source: 'direct',
                sourceId: `${account}_Default${kind.suffix}`,
                target: {
                  ...all,
                  deviceAndAppManagementAssignmentFilterId: null,
                  deviceAndAppManagementAssignmentFilterType: 'none',
                },
              },
            ],
          },
        }
      : { assign: { audience: 'users' as const, filters: ['windows10AndLater'] } }),
  };
}

function statusPage(tenant: TenantDraft, dice: Dice, priority: number, brokenApp = false): Draft {
  const apps = priority === 0 ? [] : dice.some(tenant.idsOf('mobileApps'), dice.int(1, 5));
  // The page waits for an app that somebody deleted: Intune leaves the id where it is.
  const deleted = brokenApp ? [tenant.guid('deleted app')] : [];
  const suffix = 'Windows10EnrollmentCompletionPageConfiguration';
  const type = 'windows10EnrollmentCompletionPageConfiguration';
  const configurationType =
    priority === 0
      ? 'defaultWindows10EnrollmentCompletionPageConfiguration'
      : 'windows10EnrollmentCompletionPageConfiguration';
  return configuration(
    tenant,
    dice,
    { type, suffix, configurationType, name: 'ESP', priority },
    {
      showInstallationProgress: priority > 0,
      blockDeviceSetupRetryByUser: dice.chance(0.3),
      allowDeviceResetOnInstallFailure: true,
      allowLogCollectionOnInstallFailure: true,
      customErrorMessage: dice.pick([
        'Setup could not be completed. Call the help desk: +49 89 0000-0.',
        'Bitte Service Desk anrufen',
      ]),
      installProgressTimeoutInMinutes: dice.pick([60, 90, 120]),
      allowDeviceUseOnInstallFailure: dice.chance(0.5),
      selectedMobileAppIds: [...apps, ...deleted],
      allowNonBlockingAppInstallation: false,
      installQualityUpdates: dice.chance(0.3),
      trackInstallProgressForAutopilotOnly: true,
      disableUserStatusTrackingAfterFirstUser: true,
    },
  );
}

function limit(tenant: TenantDraft, dice: Dice, priority: number): Draft {
  const configurationType = priority === 0 ? 'defaultLimit' : 'limit';
  const kind = {
    type: 'deviceEnrollmentLimitConfiguration',
    suffix: 'Limit',
    configurationType,
    name: 'Limit',
    priority,
  };
  return configuration(tenant, dice, kind, { limit: dice.int(2, 15) });
}

function blocked(dice: Dice): GraphBody {
  return {
    platformBlocked: dice.chance(0.2),
    personalDeviceEnrollmentBlocked: dice.chance(0.6),
    osMinimumVersion: dice.pick(['', null, '10.0.19045']),
    osMaximumVersion: null,
    blockedManufacturers: dice.chance(0.1) ? ['Ghost & Co'] : [],
    blockedSkus: [],
  };
}

function restrictions(tenant: TenantDraft, dice: Dice, priority: number): Draft {
  const type = 'deviceEnrollmentPlatformRestrictionsConfiguration';
  const kind = {
    type,
    suffix: 'PlatformRestrictions',
    configurationType: 'defaultPlatformRestrictions',
    name: 'Platforms',
    priority,
  };
  return configuration(tenant, dice, kind, {
    iosRestriction: blocked(dice),
    windowsRestriction: blocked(dice),
    windowsHomeSkuRestriction: blocked(dice),
    windowsMobileRestriction: null,
    androidRestriction: blocked(dice),
    androidForWorkRestriction: blocked(dice),
    macRestriction: null,
    macOSRestriction: blocked(dice),
  });
}

function platformRestriction(tenant: TenantDraft, dice: Dice, priority: number): Draft {
  const type = 'deviceEnrollmentPlatformRestrictionConfiguration';
  const kind = {
    type,
    suffix: 'SinglePlatformRestriction',
    configurationType: 'singlePlatformRestriction',
    name: 'Restriction',
    priority,
  };
  const platformType = dice.pick(['windows', 'ios', 'mac', 'androidForWork']);
  return configuration(tenant, dice, kind, { platformType, platformRestriction: blocked(dice) });
}

function hello(tenant: TenantDraft, dice: Dice, priority: number): Draft {
  const type = 'deviceEnrollmentWindowsHelloForBusinessConfiguration';
  const kind = {
    type,
    suffix: 'WindowsHelloForBusiness',
    configurationType: 'defaultWindowsHelloForBusiness',
    name: 'Hello',
    priority,
  };
  return configuration(tenant, dice, kind, {
    pinMinimumLength: 6,
    pinMaximumLength: 127,
    pinUppercaseCharactersUsage: 'disallowed',
    pinLowercaseCharactersUsage: 'disallowed',
    pinSpecialCharactersUsage: 'disallowed',
    state: dice.pick(['notConfigured', 'enabled', 'disabled']),
    securityDeviceRequired: true,
    unlockWithBiometricsEnabled: true,
    remotePassportEnabled: true,
    pinPreviousBlockCount: 0,
    pinExpirationInDays: 0,
    enhancedBiometricsState: 'notConfigured',
    securityKeyForSignIn: 'notConfigured',
    enhancedSignInSecurity: 0,
  });
}

function coManagement(tenant: TenantDraft, dice: Dice, priority: number): Draft {
  const type = 'deviceComanagementAuthorityConfiguration';
  const kind = {
    type,
    suffix: 'DeviceComanagementAuthority',
    configurationType: type,
    name: 'Co-management',
    priority,
  };
  return configuration(tenant, dice, kind, {
    managedDeviceAuthority: 0,
    installConfigurationManagerAgent: dice.chance(0.6),
    configurationManagerAgentCommandLineArgument: `CCMSETUPCMD="CCMHOSTNAME=cmg.${tenant.company.domain}"`,
  });
}

function autopilot(tenant: TenantDraft, dice: Dice, at: number): Draft {
  const hybrid = at % 4 === 3;
  const shared = dice.chance(0.2);
  return {
    collection: 'windowsAutopilotDeploymentProfiles',
    name: {
      platform: 'Win',
      area: 'Autopilot',
      purpose: dice.pick(['User driven', 'Self deploying', 'Kiosk', 'Pilot']),
    },
    values: {
      '@odata.type': `#microsoft.graph.${hybrid ? 'activeDirectory' : 'azureAD'}WindowsAutopilotDeploymentProfile`,
      language: dice.pick(['os-default', 'de-DE', 'en-US']),
      locale: dice.pick(['os-default', 'de-DE', 'en-US']),
      extractHardwareHash: true,
      hardwareHashExtractionEnabled: true,
      deviceNameTemplate: dice.pick(['', `${tenant.company.prefix}-%SERIAL%`, `${tenant.company.prefix}-%RAND:6%`]),
      deviceType: 'windowsPc',
      enableWhiteGlove: dice.chance(0.5),
      preprovisioningAllowed: dice.chance(0.5),
      managementServiceAppId: null,
      outOfBoxExperienceSetting: {
        privacySettingsHidden: true,
        eulaHidden: true,
        userType: 'standard',
        deviceUsageType: shared ? 'shared' : 'singleUser',
        keyboardSelectionPageSkipped: dice.chance(0.7),
        escapeLinkHidden: true,
      },
      ...(hybrid && { hybridAzureADJoinSkipConnectivityCheck: dice.chance(0.5) }),
    },
    assign: { audience: 'windows' },
  };
}
