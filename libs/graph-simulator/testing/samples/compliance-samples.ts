import type { SeedObject } from '../../src/store/seed-tenant.js';
import { stableGuid } from '../../src/store/stable-id.js';
import { assignedFrom, assignedTo, base64, choice, common, CREATED, MODIFIED, sample } from './sample-parts.js';

const NOTIFICATION_ID = stableGuid('sample notificationMessageTemplates');
const ZERO = '00000000-0000-0000-0000-000000000000';

const DETECTION = base64('Write-Output (Get-Service -Name wuauserv).Status\nexit 0\n');
const SHELL = base64('#!/bin/zsh\n/usr/sbin/softwareupdate --list\n');

export const COMPLIANCE_SAMPLES: readonly SeedObject[] = [
  sample('deviceCompliancePolicies', {
    '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
    ...common('Sample - Windows - Compliance'),
    version: 4,
    passwordRequired: true,
    passwordMinimumLength: 8,
    passwordRequiredType: 'deviceDefault',
    bitLockerEnabled: true,
    secureBootEnabled: true,
    osMinimumVersion: '10.0.26100.2033',
    deviceThreatProtectionEnabled: true,
    deviceThreatProtectionRequiredSecurityLevel: 'medium',
    validOperatingSystemBuildRanges: [],
    deviceCompliancePolicyScript: null,
    assignments: assignedFrom('deviceCompliancePolicies'),
    scheduledActionsForRule: [
      {
        id: stableGuid('sample scheduled action'),
        ruleName: null,
        scheduledActionConfigurations: [
          {
            id: stableGuid('sample action block'),
            gracePeriodHours: 24,
            actionType: 'block',
            notificationTemplateId: ZERO,
            notificationMessageCCList: [],
          },
          {
            id: stableGuid('sample action notification'),
            gracePeriodHours: 0,
            actionType: 'notification',
            notificationTemplateId: NOTIFICATION_ID,
            notificationMessageCCList: [],
          },
        ],
      },
    ],
  }),
  sample('compliancePolicies', {
    name: 'Sample - Linux - Compliance',
    description: null,
    createdDateTime: CREATED,
    creationSource: null,
    lastModifiedDateTime: MODIFIED,
    platforms: 'linux',
    roleScopeTagIds: ['0'],
    settingCount: 1,
    technologies: 'linuxMdm',
    isAssigned: true,
    settings: [choice('0', 'linux_deviceencryption_required', 'true')],
    assignments: assignedFrom('compliancePolicies'),
    scheduledActionsForRule: [
      {
        id: stableGuid('sample linux rule'),
        ruleName: null,
        scheduledActionConfigurations: [
          {
            id: stableGuid('sample linux block'),
            actionType: 'block',
            gracePeriodHours: 0,
            notificationMessageCCList: [],
            notificationTemplateId: ZERO,
          },
        ],
      },
    ],
  }),
  sample('deviceComplianceScripts', {
    ...common('Sample - Compliance - Update service'),
    publisher: 'Sample IT',
    runAs32Bit: false,
    runAsAccount: 'system',
    enforceSignatureCheck: false,
    detectionScriptContent: DETECTION,
    version: '1',
    assignments: assignedTo('deviceComplianceScripts', { runRemediationScript: false, runSchedule: null }, ':'),
  }),
  sample('deviceManagementScripts', {
    ...common('Sample - Windows - Set time zone'),
    enforceSignatureCheck: false,
    fileName: 'Set-TimeZone.ps1',
    runAs32Bit: false,
    runAsAccount: 'system',
    scriptContent: base64("Set-TimeZone -Id 'W. Europe Standard Time'\r\n"),
    assignments: assignedTo('deviceManagementScripts', {}, ':'),
  }),
  sample('deviceHealthScripts', {
    ...common('Sample - Remediation - Update service'),
    publisher: 'Sample IT',
    runAs32Bit: false,
    runAsAccount: 'system',
    enforceSignatureCheck: false,
    deviceHealthScriptType: 'deviceHealthScript',
    detectionScriptContent: DETECTION,
    remediationScriptContent: base64('Start-Service -Name wuauserv\n'),
    detectionScriptParameters: [],
    remediationScriptParameters: [],
    highestAvailableVersion: null,
    isGlobalScript: false,
    version: '1',
    assignments: assignedTo(
      'deviceHealthScripts',
      {
        runRemediationScript: true,
        runSchedule: {
          '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule',
          interval: 1,
          time: '11:30:00.0000000',
          useUtc: false,
        },
      },
      ':',
    ),
  }),
  sample('deviceShellScripts', {
    ...common('Sample - macOS - List updates'),
    blockExecutionNotifications: true,
    executionFrequency: 'P1D',
    fileName: 'list-updates.sh',
    retryCount: 3,
    runAsAccount: 'system',
    scriptContent: SHELL,
    assignments: assignedTo('deviceShellScripts', {}, ':'),
  }),
  sample('deviceCustomAttributeShellScripts', {
    ...common('Sample - macOS - Rosetta installed'),
    customAttributeName: 'Rosetta installed',
    customAttributeType: 'string',
    fileName: 'rosetta.sh',
    runAsAccount: 'system',
    scriptContent: base64('#!/bin/zsh\n/usr/bin/pgrep -q oahd && echo yes || echo no\n'),
    assignments: assignedTo('deviceCustomAttributeShellScripts', {}, ':'),
  }),
  sample('windowsFeatureUpdateProfiles', {
    ...common('Sample - Feature update - 25H2'),
    featureUpdateVersion: 'Windows 11, version 25H2',
    deployableContentDisplayName: 'Windows 11, version 25H2',
    endOfSupportDate: '2027-10-12T00:00:00Z',
    installFeatureUpdatesOptional: false,
    installLatestWindows10OnWindows11IneligibleDevice: false,
    rolloutSettings: {
      offerStartDateTimeInUTC: null,
      offerEndDateTimeInUTC: null,
      offerIntervalInDays: null,
    },
    assignments: assignedTo('windowsFeatureUpdateProfiles'),
  }),
  sample('windowsQualityUpdateProfiles', {
    ...common('Sample - Expedite - February'),
    deployableContentDisplayName: '2026.02 B Security Updates for Windows 10 and later',
    releaseDateDisplayName: '02/10/2026',
    expeditedUpdateSettings: { qualityUpdateRelease: '2026-02-10T00:00:00Z', daysUntilForcedReboot: 1 },
    assignments: assignedTo('windowsQualityUpdateProfiles'),
  }),
  sample('windowsQualityUpdatePolicies', {
    ...common('Sample - Hotpatch'),
    hotpatchEnabled: true,
    approvalSettings: [
      {
        windowsQualityUpdateCategory: 'security',
        windowsQualityUpdateCadence: 'monthly',
        approvalMethodType: 'automatic',
        deferredDeploymentInDay: 2,
      },
    ],
    assignments: assignedTo('windowsQualityUpdatePolicies'),
  }),
  sample('windowsDriverUpdateProfiles', {
    ...common('Sample - Drivers - Pilot'),
    approvalType: 'automatic',
    deploymentDeferralInDays: 7,
    deviceReporting: 12,
    newUpdates: 3,
    inventorySyncStatus: { lastSuccessfulSyncDateTime: MODIFIED, driverInventorySyncState: 'success' },
    assignments: assignedTo('windowsDriverUpdateProfiles'),
    driverInventories: [
      {
        id: stableGuid('sample driver'),
        applicableDeviceCount: 4,
        approvalStatus: 'approved',
        category: 'recommended',
        deployDateTime: MODIFIED,
        driverClass: 'Networking',
        manufacturer: 'Sample Devices',
        name: 'Sample Devices - Net - 22.10.0.1',
        releaseDateTime: CREATED,
        version: '22.10.0.1',
      },
    ],
  }),
];
