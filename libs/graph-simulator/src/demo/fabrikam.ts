import { androidProtection, iosProtection } from './app-protection-drafts.js';
import { IOS_COMPLIANCE, WINDOWS_COMPLIANCE } from './compliance-values.js';
import { catalog, compliance, driverProfile, profile, updateRing } from './draft-builders.js';
import type { PolicyDraft, Target } from './policy-draft.js';
import { choice, integer } from './setting-instances.js';

const POLICY = 'device_vendor_msft_policy_config_';
const DEVICES: Target[] = [{ to: 'devices' }];
const EVERYBODY: Target[] = [{ to: 'group', group: 'Everybody' }];

/** Fabrikam: a small firm with ten policies. */
export const FABRIKAM_POLICIES: readonly PolicyDraft[] = [
  catalog({
    name: 'Windows security',
    description: 'What the insurer asked for',
    targets: DEVICES,
    settings: [
      choice(`${POLICY}defender_allowrealtimemonitoring`, 1),
      choice(`${POLICY}defender_puaprotection`, 1),
      choice('device_vendor_msft_bitlocker_requiredeviceencryption', 1),
      integer(`${POLICY}devicelock_maxinactivitytimedevicelock`, 10),
    ],
  }),
  catalog({
    name: 'OneDrive',
    targets: DEVICES,
    settings: [
      choice(`${POLICY}onedrivengscv2~policy~onedrivengsc_silentaccountconfig`, 1),
      choice(`${POLICY}onedrivengscv2~policy~onedrivengsc_filesondemandenabled`, 1),
    ],
  }),
  catalog({
    name: 'Edge',
    targets: EVERYBODY,
    settings: [
      choice(`${POLICY}microsoft_edge~policy~microsoft_edge~smartscreen_smartscreenenabled`, 1),
      choice(`${POLICY}microsoft_edge~policy~microsoft_edge~passwordmanager_passwordmanagerenabled`, 0),
    ],
  }),
  updateRing('Windows updates', DEVICES, 5, 30),
  profile('windowsHealthMonitoringConfiguration', 'Endpoint analytics', DEVICES, {
    allowDeviceHealthMonitoring: 'enabled',
    configDeviceHealthMonitoringScope: 'bootPerformance',
    configDeviceHealthMonitoringCustomScope: null,
  }),
  compliance('windows10CompliancePolicy', 'Windows compliance', DEVICES, {
    ...WINDOWS_COMPLIANCE,
    bitLockerEnabled: true,
    defenderEnabled: true,
  }),
  compliance('iosCompliancePolicy', 'iPhone compliance', EVERYBODY, IOS_COMPLIANCE),
  driverProfile('Drivers', DEVICES, 'automatic', 7),
  iosProtection('App protection iOS', EVERYBODY, ['com.microsoft.Office.Outlook', 'com.microsoft.skype.teams']),
  androidProtection('App protection Android', EVERYBODY, ['com.microsoft.office.outlook', 'com.microsoft.teams']),
];

export const FABRIKAM_GROUPS: readonly string[] = ['Everybody', 'Office', 'Workshop'];
