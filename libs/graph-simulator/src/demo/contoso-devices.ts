import { androidProtection, iosProtection } from './app-protection-drafts.js';
import { ANDROID_COMPLIANCE, IOS_COMPLIANCE, MACOS_COMPLIANCE, WINDOWS_COMPLIANCE } from './compliance-values.js';
import { compliance, driverProfile, profile, updateRing } from './draft-builders.js';
import type { PolicyDraft, Target } from './policy-draft.js';

const WINDOWS: Target[] = [{ to: 'group', group: 'Intune - Windows - All corporate' }];
const RING_0: Target[] = [{ to: 'group', group: 'Intune - Windows - Ring 0 pilot' }];
const RING_1: Target[] = [{ to: 'group', group: 'Intune - Windows - Ring 1 early' }];
const BROAD: Target[] = [
  ...WINDOWS,
  { to: 'exclude', group: 'Intune - Windows - Ring 0 pilot' },
  { to: 'exclude', group: 'Intune - Windows - Ring 1 early' },
];
const STAFF: Target[] = [{ to: 'group', group: 'Intune - Users - All staff' }];

const OFFICE_APPS = [
  'com.microsoft.Office.Outlook',
  'com.microsoft.Office.Word',
  'com.microsoft.Office.Excel',
  'com.microsoft.skype.teams',
  'com.microsoft.msedge',
];
const OFFICE_PACKAGES = [
  'com.microsoft.office.outlook',
  'com.microsoft.office.word',
  'com.microsoft.office.excel',
  'com.microsoft.teams',
  'com.microsoft.emmx',
];

/** Contoso's device profiles, update rings, compliance, drivers and app protection. */
export const CONTOSO_DEVICES: readonly PolicyDraft[] = [
  updateRing('CON - Win - Updates - Ring 0 pilot', RING_0, 0, 0),
  updateRing('CON - Win - Updates - Ring 1 early', RING_1, 3, 14),
  updateRing('CON - Win - Updates - Ring 2 broad', BROAD, 7, 30),
  profile('windowsHealthMonitoringConfiguration', 'CON - Win - Endpoint analytics', WINDOWS, {
    allowDeviceHealthMonitoring: 'enabled',
    configDeviceHealthMonitoringScope: 'bootPerformance,windowsUpdates',
    configDeviceHealthMonitoringCustomScope: null,
  }),
  profile(
    'windows10CustomConfiguration',
    'CON - Win - OMA-URI - "Start" layout & taskbar',
    WINDOWS,
    {
      omaSettings: [
        {
          '@odata.type': '#microsoft.graph.omaSettingInteger',
          displayName: 'HideRecommendedSection',
          description: null,
          omaUri: './Device/Vendor/MSFT/Policy/Config/Start/HideRecommendedSection',
          secretReferenceValueId: null,
          isEncrypted: false,
          value: 1,
          isReadOnly: false,
        },
        {
          '@odata.type': '#microsoft.graph.omaSettingString',
          displayName: 'ConfigureStartPins',
          description: 'JSON of pins',
          omaUri: './User/Vendor/MSFT/Policy/Config/Start/ConfigureStartPins',
          secretReferenceValueId: null,
          isEncrypted: false,
          value: '{"pinnedList":[{"desktopAppId":"MSEdge"}]}',
        },
      ],
    },
    'Until the settings catalog has it',
  ),
  profile(
    'iosDeviceFeaturesConfiguration',
    'CON - iOS - Home screen',
    [{ to: 'group', group: 'Intune - iOS - Supervised' }],
    {
      assetTagTemplate: null,
      lockScreenFootnote: 'Property of Contoso',
      homeScreenDockIcons: [],
      homeScreenPages: [],
      notificationSettings: [],
      singleSignOnSettings: null,
      wallpaperDisplayLocation: 'notConfigured',
      wallpaperImage: null,
    },
  ),
  profile('windows10EndpointProtectionConfiguration', 'Legacy - Endpoint protection (do not use)', [], {
    smartScreenEnableInShell: true,
    smartScreenBlockOverrideForFiles: true,
    bitLockerEncryptDevice: false,
    localSecurityOptionsDisableAdministratorAccount: true,
  }),
  compliance('windows10CompliancePolicy', 'CON - Win - Compliance - Encryption and boot', WINDOWS, {
    ...WINDOWS_COMPLIANCE,
    bitLockerEnabled: true,
    secureBootEnabled: true,
    codeIntegrityEnabled: true,
    storageRequireEncryption: true,
    tpmRequired: true,
  }),
  compliance('windows10CompliancePolicy', 'CON - Win - Compliance - Defender', WINDOWS, {
    ...WINDOWS_COMPLIANCE,
    defenderEnabled: true,
    rtpEnabled: true,
    signatureOutOfDate: true,
    antivirusRequired: true,
    antiSpywareRequired: true,
    activeFirewallRequired: true,
  }),
  compliance('windows10CompliancePolicy', 'CON - Win - Compliance - OS ≥ 23H2', BROAD, {
    ...WINDOWS_COMPLIANCE,
    osMinimumVersion: '10.0.22631.3880',
    validOperatingSystemBuildRanges: [
      { description: '23H2', lowestVersion: '10.0.22631.3880', highestVersion: '10.0.22631.9999' },
      { description: '24H2', lowestVersion: '10.0.26100.1742', highestVersion: '10.0.26100.9999' },
    ],
  }),
  compliance('iosCompliancePolicy', 'CON - iOS - Compliance', STAFF, IOS_COMPLIANCE),
  compliance(
    'androidWorkProfileCompliancePolicy',
    'CON - Android - Compliance - Work profile',
    STAFF,
    ANDROID_COMPLIANCE,
    '',
  ),
  compliance(
    'macOSCompliancePolicy',
    'CON - macOS - Compliance',
    [{ to: 'group', group: 'Intune - macOS - All corporate' }],
    MACOS_COMPLIANCE,
  ),
  driverProfile('CON - Win - Drivers - Ring 0 pilot', RING_0, 'automatic', 0),
  driverProfile('CON - Win - Drivers - Ring 2 broad', BROAD, 'automatic', 10),
  driverProfile('CON - Win - Drivers - Surface Hub (manual)', [], 'manual', null),
  iosProtection('CON - MAM - iOS - Staff', STAFF, OFFICE_APPS),
  iosProtection(
    'CON - MAM - iOS - Partners',
    [{ to: 'group', group: 'Intune - Users - Partners' }],
    OFFICE_APPS.slice(0, 2),
    { pinRequired: true, minimumPinLength: 8 },
  ),
  androidProtection('CON - MAM - Android - Staff', STAFF, OFFICE_PACKAGES),
  androidProtection(
    'CON - MAM - Android - Partners',
    [{ to: 'group', group: 'Intune - Users - Partners' }],
    OFFICE_PACKAGES.slice(0, 2),
    { minimumPinLength: 8 },
  ),
];
