import type { GraphBody } from '../store/graph-body.js';
import type { PolicyDraft, Target } from './policy-draft.js';

export interface CatalogDraft {
  name: string;
  description?: string | null;
  /** Defaults to Windows. */
  platforms?: string;
  technologies?: string;
  /** Template family and name of an endpoint security policy. */
  template?: [family: string, id: string, displayName: string];
  targets: Target[];
  /** Told apart from another policy of the same name. */
  key?: string;
  settings: GraphBody[];
}

/** A settings catalog policy, or one of the endpoint security templates. */
export function catalog(draft: CatalogDraft): PolicyDraft {
  const [family, templateId, templateName] = draft.template ?? ['none', '', null];
  return {
    collection: 'configurationPolicies',
    key: draft.key ?? draft.name,
    targets: draft.targets,
    body: {
      name: draft.name,
      description: draft.description === undefined ? '' : draft.description,
      platforms: draft.platforms ?? 'windows10',
      technologies: draft.technologies ?? 'mdm',
      creationSource: null,
      priorityMetaData: null,
      templateReference: {
        templateId,
        templateFamily: family,
        templateDisplayName: templateName,
        templateDisplayVersion: templateName === null ? null : 'Version 1',
      },
      settings: draft.settings.map((settingInstance, index) => ({ id: String(index), settingInstance })),
    },
  };
}

/** A profile of `deviceConfigurations`; `type` without `#microsoft.graph.`. */
export function profile(
  type: string,
  displayName: string,
  targets: Target[],
  values: GraphBody,
  description: string | null = null,
): PolicyDraft {
  return {
    collection: 'deviceConfigurations',
    key: displayName,
    targets,
    body: {
      '@odata.type': `#microsoft.graph.${type}`,
      displayName,
      description,
      supportsScopeTags: true,
      deviceManagementApplicabilityRuleOsEdition: null,
      deviceManagementApplicabilityRuleOsVersion: null,
      deviceManagementApplicabilityRuleDeviceMode: null,
      ...values,
    },
  };
}

/** A compliance policy; `type` without `#microsoft.graph.`. Blocks after a day. */
export function compliance(
  type: string,
  displayName: string,
  targets: Target[],
  values: GraphBody,
  description: string | null = null,
): PolicyDraft {
  return {
    collection: 'deviceCompliancePolicies',
    key: displayName,
    targets,
    body: { '@odata.type': `#microsoft.graph.${type}`, displayName, description, ...values },
  };
}

export function driverProfile(
  displayName: string,
  targets: Target[],
  approvalType: 'automatic' | 'manual',
  deploymentDeferralInDays: number | null,
): PolicyDraft {
  return {
    collection: 'windowsDriverUpdateProfiles',
    key: displayName,
    targets,
    body: {
      displayName,
      description: '',
      approvalType,
      deploymentDeferralInDays,
      deviceReporting: null,
      newUpdates: 0,
      inventorySyncStatus: null,
    },
  };
}

/** Windows Update for Business: how many days a ring waits for quality and feature updates. */
export function updateRing(
  displayName: string,
  targets: Target[],
  qualityDays: number,
  featureDays: number,
): PolicyDraft {
  return profile('windowsUpdateForBusinessConfiguration', displayName, targets, {
    deliveryOptimizationMode: 'userDefined',
    prereleaseFeatures: 'userDefined',
    automaticUpdateMode: 'autoInstallAtMaintenanceTime',
    microsoftUpdateServiceAllowed: true,
    driversExcluded: false,
    qualityUpdatesDeferralPeriodInDays: qualityDays,
    featureUpdatesDeferralPeriodInDays: featureDays,
    qualityUpdatesPaused: false,
    featureUpdatesPaused: false,
    qualityUpdatesPauseExpiryDateTime: '0001-01-01T00:00:00Z',
    featureUpdatesPauseExpiryDateTime: '0001-01-01T00:00:00Z',
    businessReadyUpdatesOnly: 'businessReadyOnly',
    skipChecksBeforeRestart: false,
    updateWeeks: null,
    qualityUpdatesPauseStartDate: null,
    featureUpdatesPauseStartDate: null,
    featureUpdatesRollbackWindowInDays: 10,
    qualityUpdatesWillBeRolledBack: null,
    featureUpdatesWillBeRolledBack: null,
    qualityUpdatesRollbackStartDateTime: '0001-01-01T00:00:00Z',
    featureUpdatesRollbackStartDateTime: '0001-01-01T00:00:00Z',
    engagedRestartDeadlineInDays: null,
    engagedRestartSnoozeScheduleInDays: null,
    engagedRestartTransitionScheduleInDays: null,
    deadlineForFeatureUpdatesInDays: 5,
    deadlineForQualityUpdatesInDays: 3,
    deadlineGracePeriodInDays: 2,
    postponeRebootUntilAfterDeadline: false,
    autoRestartNotificationDismissal: 'notConfigured',
    scheduleRestartWarningInHours: 4,
    scheduleImminentRestartWarningInMinutes: 30,
    userPauseAccess: 'disabled',
    userWindowsUpdateScanAccess: 'enabled',
    updateNotificationLevel: 'defaultNotifications',
    allowWindows11Upgrade: true,
    installationSchedule: {
      '@odata.type': '#microsoft.graph.windowsUpdateActiveHoursInstall',
      activeHoursStart: '08:00:00.0000000',
      activeHoursEnd: '18:00:00.0000000',
    },
  });
}
