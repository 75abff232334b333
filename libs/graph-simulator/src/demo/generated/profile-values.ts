import type { GraphBody } from '../../store/graph-body.js';
import type { Dice } from './dice.js';

/** Restrictions of `iosGeneralDeviceConfiguration` that are on or off. */
const IOS_RESTRICTIONS = `
  accountBlockModification activationLockAllowWhenSupervised airDropBlocked airDropForceUnmanagedDropTarget
  airPrintBlocked appleNewsBlocked appleWatchBlockPairing appRemovalBlocked appStoreBlockAutomaticDownloads
  appStoreBlocked appStoreBlockInAppPurchases appStoreRequirePassword bluetoothBlockModification cameraBlocked
  cellularBlockDataRoaming cellularBlockPersonalHotspot certificatesBlockUntrustedTlsCertificates
  configurationProfileBlockChanges deviceBlockEraseContentAndSettings deviceBlockNameModification
  diagnosticDataBlockSubmission documentsBlockManagedDocumentsInUnmanagedApps
  documentsBlockUnmanagedDocumentsInManagedApps enterpriseAppBlockTrust faceTimeBlocked gameCenterBlocked`
  .trim()
  .split(/\s+/);
const ANDROID_RESTRICTIONS = `
  accountsBlockModification bluetoothBlockConfiguration bluetoothBlockContactSharing cameraBlocked
  cellularBlockWiFiTethering dataRoamingBlocked dateTimeConfigurationBlocked factoryResetBlocked googleAccountsBlocked`
  .trim()
  .split(/\s+/);
const WORK_PROFILE_RESTRICTIONS = `
  passwordBlockFaceUnlock passwordBlockFingerprintUnlock securityRequireVerifyApps workProfileAllowWidgets
  workProfileBlockAddingAccounts workProfileBlockCamera workProfileBlockCrossProfileCallerId
  workProfileBlockCrossProfileCopyPaste workProfileBlockScreenCapture workProfileRequirePassword`
  .trim()
  .split(/\s+/);

/** Each name on or off, so many of them on. */
export function switches(names: readonly string[], on: number, dice: Dice): GraphBody {
  const chosen = new Set(dice.some(names, on));
  return Object.fromEntries(names.map((name) => [name, chosen.has(name)]));
}

export function iosRestrictions(dice: Dice): GraphBody {
  return {
    ...switches(IOS_RESTRICTIONS, dice.int(2, 12), dice),
    passcodeMinimumLength: dice.pick([null, 6, 8]),
    passcodeMinutesOfInactivityBeforeLock: dice.pick([null, 5, 15]),
    passcodeRequiredType: 'numeric',
    emailInDomainSuffixes: [],
    networkUsageRules: [],
    appsVisibilityList: [],
    appsVisibilityListType: 'none',
  };
}

export function androidRestrictions(dice: Dice): GraphBody {
  return {
    ...switches(ANDROID_RESTRICTIONS, dice.int(1, 5), dice),
    appsDefaultPermissionPolicy: dice.pick(['deviceDefault', 'prompt', 'autoGrant']),
    enrollmentProfile: dice.pick(['notConfigured', 'fullyManaged', 'dedicatedDevice']),
    kioskModeApps: [],
    factoryResetDeviceAdministratorEmails: [],
  };
}

export function workProfileRestrictions(dice: Dice): GraphBody {
  return {
    ...switches(WORK_PROFILE_RESTRICTIONS, dice.int(1, 5), dice),
    passwordMinimumLength: dice.pick([null, 4, 6]),
    passwordRequiredType: 'numericComplex',
    requiredPasswordComplexity: dice.pick(['none', 'low', 'medium', 'high']),
    workProfileDataSharingType: dice.pick(['deviceDefault', 'preventAny', 'allowPersonalToWork']),
    workProfileDefaultAppPermissionPolicy: 'deviceDefault',
    allowedGoogleAccountDomains: [],
  };
}

/** A root certificate's bytes: nobody has its key, as nobody made one. */
export function certificate(subject: string): string {
  const body = Buffer.from(`simulated certificate of ${subject} `.repeat(18)).toString('base64');
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`).toString('base64');
}

/** An Apple configuration profile of about that many bytes, as base64. */
export function mobileConfig(identifier: string, name: string, bytes: number): string {
  const escaped = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const head = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>PayloadIdentifier</key><string>${identifier}</string>
<key>PayloadDisplayName</key><string>${escaped}</string>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadVersion</key><integer>1</integer>
<key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>com.apple.font</string>
<key>Font</key><data>
`;
  const foot = '</data></dict></array></dict></plist>\n';
  const line = `${Buffer.from(`filling of ${identifier}`.padEnd(48, '.')).toString('base64')}\n`;
  const lines = Math.max(1, Math.ceil((bytes - head.length - foot.length) / line.length));
  return Buffer.from(head + line.repeat(lines) + foot).toString('base64');
}

/** OMA-URI settings of a custom Windows profile; some hold a secret, which the simulator shows masked. */
export function omaSettings(tenantGuid: (text: string) => string, profile: string, dice: Dice): GraphBody[] {
  return Array.from({ length: dice.pick([1, 1, 2, 3, 5, 9]) }, (_, at): GraphBody => {
    const common = { displayName: `Setting ${at + 1}`, description: dice.pick([null, '', 'From the vendor']) };
    const plain: GraphBody = { ...common, secretReferenceValueId: null, isEncrypted: false };
    const roll = dice.next();
    if (roll < 0.4) {
      const omaUri = `./Device/Vendor/MSFT/Policy/Config/Experience/${dice.pick(['AllowCortana', 'AllowFindMyDevice'])}`;
      return {
        '@odata.type': '#microsoft.graph.omaSettingInteger',
        ...plain,
        omaUri,
        value: dice.int(0, 1),
        isReadOnly: false,
      };
    }
    if (roll < 0.7) {
      const omaUri = './Device/Vendor/MSFT/Policy/Config/Start/ConfigureStartPins';
      const value = '{"pinnedList":[{"desktopAppId":"MSEdge"},{"packagedAppId":"Ledger & Co_x64"}]}';
      return { '@odata.type': '#microsoft.graph.omaSettingString', ...plain, omaUri, value };
    }
    if (roll < 0.85) {
      const omaUri = `./Device/Vendor/MSFT/Policy/ConfigOperations/ADMXInstall/Ledger/Policy/Ledger${at}`;
      const value = Buffer.from('<policyDefinitions revision="1.0"></policyDefinitions>').toString('base64');
      return {
        '@odata.type': '#microsoft.graph.omaSettingStringXml',
        ...plain,
        omaUri,
        fileName: 'ledger.admx',
        value,
      };
    }
    return {
      '@odata.type': '#microsoft.graph.omaSettingString',
      ...common,
      omaUri: `./Vendor/MSFT/Ledger/Key${at}`,
      isEncrypted: true,
      secretReferenceValueId: `${tenantGuid('oma secrets')}_${profile}_${tenantGuid(`${profile} ${at}`)}`,
      value: `simulated-secret-${at}`,
    };
  });
}
