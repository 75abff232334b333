import { bodiesOf, textOf, type GraphBody } from '../../store/graph-body.js';
import { androidProtection, iosProtection } from '../app-protection-drafts.js';
import { without } from './bodies.js';
import type { Dice } from './dice.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

const BUNDLES = [
  'com.microsoft.Office.Outlook',
  'com.microsoft.Office.Word',
  'com.microsoft.skype.teams',
  'com.microsoft.msedge',
];
const PACKAGES = [
  'com.microsoft.office.outlook',
  'com.microsoft.office.word',
  'com.microsoft.teams',
  'com.microsoft.emmx',
];
const WINDOWS_APPS = ['com.microsoft.edge'];
const PURPOSES = ['Staff', 'Partners', 'Own devices', 'Board', 'Level 1', 'Level 2', 'Level 3'];
const APP_FILTERS = { iOS: 'iOSMobileApplicationManagement', Android: 'androidMobileApplicationManagement' } as const;

/** App protection, and app configuration for managed apps and for devices. */
export function addAppPolicies(tenant: TenantDraft): void {
  const dice = tenant.dice('app policies');
  tenant.repeat(tenant.counts.appProtections, (at) => {
    if (at % 5 === 4) return windowsProtection(dice);
    return at % 2 === 0 ? protection(dice, 'iOS') : protection(dice, 'Android');
  });
  tenant.repeat(tenant.counts.managedAppConfigurations, () => managedAppConfiguration(tenant, dice));
  tenant.repeat(tenant.counts.deviceAppConfigurations, (at) =>
    at % 2 === 0 ? iosConfiguration(tenant, dice) : androidConfiguration(tenant, dice, at),
  );
}

function protection(dice: Dice, platform: 'iOS' | 'Android'): Draft {
  const chosen = dice.some(platform === 'iOS' ? BUNDLES : PACKAGES, dice.int(1, 4));
  const values: GraphBody = { pinRequired: dice.chance(0.9), minimumPinLength: dice.pick([4, 6, 8]) };
  const { body } =
    platform === 'iOS' ? iosProtection('', [], chosen, values) : androidProtection('', [], chosen, values);
  return {
    collection: platform === 'iOS' ? 'iosManagedAppProtections' : 'androidManagedAppProtections',
    name: { platform, area: 'MAM', purpose: dice.pick(PURPOSES) },
    values: {
      ...without(body, 'displayName', 'description', 'apps'),
      version: `"${dice.int(10_000, 99_999)}-0000-0000-0000-${dice.int(100_000, 999_999)}000000"`,
    },
    id: (guid) => `T_${guid}`,
    children: { apps: bodiesOf(body, 'apps') },
    assign: { audience: 'users', everyone: false, filters: [APP_FILTERS[platform]] },
  };
}

function windowsProtection(dice: Dice): Draft {
  return {
    collection: 'windowsManagedAppProtections',
    name: { platform: 'Win', area: 'MAM', purpose: dice.pick(PURPOSES) },
    values: {
      version: `"${dice.int(10_000, 99_999)}-0000-0000-0000-000000000000"`,
      printBlocked: dice.chance(0.5),
      allowedInboundDataTransferSources: 'allApps',
      allowedOutboundClipboardSharingLevel: dice.pick(['anyDestinationAnySource', 'none']),
      allowedOutboundDataTransferDestinations: dice.pick(['allApps', 'none']),
      appActionIfUnableToAuthenticateUser: 'block',
      maximumAllowedDeviceThreatLevel: 'notConfigured',
      mobileThreatDefenseRemediationAction: 'block',
      minimumRequiredSdkVersion: null,
      minimumRequiredOsVersion: '10.0.22631',
      periodOfflineBeforeWipeIsEnforced: 'P90D',
      periodOfflineBeforeAccessCheck: 'PT12H',
    },
    id: (guid) => `T_${guid}`,
    children: {
      apps: WINDOWS_APPS.map((windowsAppId) => ({
        id: `${windowsAppId}.windows`,
        version: '1',
        mobileAppIdentifier: { '@odata.type': '#microsoft.graph.windowsAppIdentifier', windowsAppId },
      })),
    },
    assign: { audience: 'users', everyone: false },
  };
}

function managedAppConfiguration(tenant: TenantDraft, dice: Dice): Draft {
  const bundles = dice.some(BUNDLES, dice.int(1, 3));
  const { domain } = tenant.company;
  return {
    collection: 'targetedManagedAppConfigurations',
    name: { platform: 'Mobile', area: 'App config', purpose: dice.pick(['Edge', 'Outlook', 'Teams', 'Bookmarks']) },
    values: {
      version: `"${dice.int(10_000, 99_999)}-0000-0000-0000-000000000000"`,
      appGroupType: 'selectedPublicApps',
      targetedAppManagementLevels: 'unspecified',
      customSettings: [
        { name: 'com.microsoft.intune.mam.managedbrowser.bookmarks', value: `Intranet|https://intranet.${domain}` },
        { name: 'com.microsoft.intune.mam.managedbrowser.NewTabPage.CustomURL', value: `https://${domain}/?a=1&b=2#x` },
        { name: 'IntuneMAMAllowedAccountsOnly', value: dice.pick(['Enabled', 'Disabled']) },
      ],
    },
    id: (guid) => `A_${guid}`,
    children: {
      settings: [],
      apps: bundles.map((bundleId) => ({
        id: `${bundleId.toLowerCase()}.ios`,
        version: '1',
        mobileAppIdentifier: { '@odata.type': '#microsoft.graph.iosMobileAppIdentifier', bundleId },
      })),
    },
    assign: { audience: 'users', everyone: false, filters: Object.values(APP_FILTERS) },
  };
}

/** Ids of apps whose type starts so. */
function appsOf(tenant: TenantDraft, types: RegExp): string[] {
  return tenant
    .of('mobileApps')
    .filter(({ object }) => types.test(textOf(object, '@odata.type') ?? ''))
    .map(({ object }) => object.id);
}

function iosConfiguration(tenant: TenantDraft, dice: Dice): Draft {
  const xml = '<dict><key>server</key><string>https://erp.example/?x=1&amp;y=2</string></dict>';
  const encoded = dice.chance(0.5);
  return {
    collection: 'mobileAppConfigurations',
    name: { platform: 'iOS', area: 'App config', purpose: dice.pick(['Outlook', 'Edge', 'ERP client', 'Scanner']) },
    values: {
      '@odata.type': '#microsoft.graph.iosMobileAppConfiguration',
      targetedMobileApps: dice.some(appsOf(tenant, /\.ios/), 1),
      version: dice.int(1, 9),
      encodedSettingXml: encoded ? Buffer.from(xml).toString('base64') : null,
      settings: encoded
        ? []
        : [
            {
              appConfigKey: 'IntuneMAMUPN',
              appConfigKeyType: 'stringType',
              appConfigKeyValue: '{{userprincipalname}}',
            },
          ],
    },
    assign: { audience: 'apple', filters: ['iOS'] },
  };
}

function androidConfiguration(tenant: TenantDraft, dice: Dice, at: number): Draft {
  const packageId = dice.pick(PACKAGES);
  const payload = {
    kind: 'androidenterprise#managedConfiguration',
    productId: `app:${packageId}`,
    managedProperty: [{ key: 'server', valueString: `https://erp${at}.example` }],
  };
  return {
    collection: 'mobileAppConfigurations',
    name: {
      platform: 'Android',
      area: 'App config',
      purpose: dice.pick(['Outlook', 'OEMConfig', 'Launcher', 'Scanner']),
    },
    values: {
      '@odata.type': '#microsoft.graph.androidManagedStoreAppConfiguration',
      targetedMobileApps: dice.some(appsOf(tenant, /\.androidManagedStoreApp/), 1),
      version: dice.int(1, 9),
      packageId: `app:${packageId}`,
      payloadJson: Buffer.from(JSON.stringify(payload)).toString('base64'),
      appSupportsOemConfig: dice.chance(0.2),
      profileApplicability: dice.pick(['default', 'androidWorkProfile', 'androidDeviceOwner']),
      connectedAppsEnabled: false,
      permissionActions: [{ permission: 'android.permission.CAMERA', action: dice.pick(['prompt', 'autoGrant']) }],
    },
    assign: { audience: 'android', filters: ['androidForWork'] },
  };
}
