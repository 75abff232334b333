import type { GraphBody } from '../../store/graph-body.js';
import type { Dice } from './dice.js';
import type { Audience } from './groups.js';
import {
  androidRestrictions,
  certificate,
  iosRestrictions,
  switches,
  workProfileRestrictions,
} from './profile-values.js';
import type { Company } from './company.js';

/** A kind of device configuration profile. */
export interface ProfileKind {
  /** Without `#microsoft.graph.`. */
  type: string;
  /** How many of hundred profiles are of it, roughly. */
  weight: number;
  platform: string;
  area: string;
  audience: Audience;
  filter: string;
  values: (dice: Dice, company: Company) => GraphBody;
}

const WINDOWS = { platform: 'Win', audience: 'windows', filter: 'windows10AndLater' } as const;
const IOS = { platform: 'iOS', audience: 'apple', filter: 'iOS' } as const;
const MAC = { platform: 'macOS', audience: 'apple', filter: 'macOS' } as const;
const ANDROID = { platform: 'Android', audience: 'android', filter: 'androidForWork' } as const;

function root({ domain }: Company, dice: Dice): GraphBody {
  const name = `${dice.pick(['root', 'issuing', 'proxy', 'radius'])}-${dice.int(1, 9)}.${domain}`;
  return { certFileName: `${name}.cer`, trustedRootCertificate: certificate(name) };
}

function network({ prefix, sites }: Company, dice: Dice): { networkName: string; ssid: string } {
  const name = `${prefix}-${dice.pick(sites)}-${dice.pick(['corp', 'guest', 'scan', 'voice'])}`;
  return { networkName: name, ssid: name };
}

const NO_PROXY: GraphBody = {
  proxySettings: 'none',
  proxyManualAddress: null,
  proxyManualPort: null,
  proxyAutomaticConfigurationUrl: null,
};

/** The kinds beside update rings and those with contents of their own. */
export const PROFILE_KINDS: readonly ProfileKind[] = [
  {
    ...WINDOWS,
    type: 'windows81TrustedRootCertificate',
    weight: 9,
    area: 'Certificate',
    values: (dice, company) => ({ ...root(company, dice), destinationStore: 'computerCertStoreRoot' }),
  },
  {
    ...IOS,
    type: 'iosTrustedRootCertificate',
    weight: 4,
    area: 'Certificate',
    values: (dice, company) => root(company, dice),
  },
  {
    ...MAC,
    type: 'macOSTrustedRootCertificate',
    weight: 4,
    area: 'Certificate',
    values: (dice, company) => ({ ...root(company, dice), deploymentChannel: 'deviceChannel' }),
  },
  {
    ...ANDROID,
    type: 'androidDeviceOwnerTrustedRootCertificate',
    weight: 3,
    area: 'Certificate',
    values: (dice, company) => root(company, dice),
  },
  {
    ...WINDOWS,
    type: 'windowsWifiEnterpriseEAPConfiguration',
    weight: 7,
    area: 'Wi-Fi',
    values: (dice, company) => ({
      ...network(company, dice),
      connectAutomatically: true,
      connectWhenNetworkNameIsHidden: dice.chance(0.3),
      forceFIPSCompliance: false,
      meteredConnectionLimit: 'unrestricted',
      proxySetting: 'none',
      wifiSecurityType: 'wpa2Enterprise',
      authenticationMethod: 'certificate',
      authenticationType: dice.pick(['user', 'machine', 'machineOrUser']),
      eapType: dice.pick(['eapTls', 'peap', 'teap']),
      trustedServerCertificateNames: [`radius.${company.domain}`],
    }),
  },
  {
    ...IOS,
    type: 'iosWiFiConfiguration',
    weight: 5,
    area: 'Wi-Fi',
    values: (dice, company) => ({
      ...network(company, dice),
      ...NO_PROXY,
      connectAutomatically: true,
      connectWhenNetworkNameIsHidden: false,
      disableMacAddressRandomization: dice.chance(0.5),
      preSharedKey: null,
      wiFiSecurityType: dice.pick(['wpaPersonal', 'wpa2Personal']),
    }),
  },
  {
    ...ANDROID,
    type: 'androidDeviceOwnerWiFiConfiguration',
    weight: 4,
    area: 'Wi-Fi',
    values: (dice, company) => ({
      ...network(company, dice),
      ...NO_PROXY,
      connectAutomatically: true,
      connectWhenNetworkNameIsHidden: false,
      preSharedKey: null,
      preSharedKeyIsSet: true,
      proxyExclusionList: null,
      wiFiSecurityType: 'wpaPersonal',
    }),
  },
  {
    ...WINDOWS,
    type: 'windows81SCEPCertificateProfile',
    weight: 6,
    area: 'SCEP',
    values: (dice, { domain }) => ({
      renewalThresholdPercentage: 20,
      keyStorageProvider: 'useTpmKspOtherwiseUseSoftwareKsp',
      subjectNameFormat: 'custom',
      subjectNameFormatString: dice.pick(['CN={{AAD_Device_ID}}', 'CN={{UserPrincipalName}},E={{EmailAddress}}']),
      subjectAlternativeNameType: 'none',
      certificateValidityPeriodValue: dice.int(1, 2),
      certificateValidityPeriodScale: 'years',
      extendedKeyUsages: [{ name: 'Client Authentication', objectIdentifier: '1.3.6.1.5.5.7.3.2' }],
      scepServerUrls: [`https://ndes.${domain}/certsrv/mscep/mscep.dll`],
      keyUsage: 'keyEncipherment,digitalSignature',
      keySize: 'size2048',
      hashAlgorithm: 'sha2',
      certificateStore: dice.pick(['user', 'machine']),
    }),
  },
  {
    ...WINDOWS,
    type: 'windows10VpnConfiguration',
    weight: 4,
    area: 'VPN',
    values: (dice, { domain, prefix }) => ({
      connectionName: `${prefix} ${dice.pick(['VPN', 'Always On', 'Admin VPN'])}`,
      servers: [{ description: null, address: `vpn${dice.int(1, 4)}.${domain}`, isDefaultServer: true }],
      profileTarget: 'user',
      connectionType: dice.pick(['ikEv2', 'automatic', 'ciscoAnyConnect']),
      enableSplitTunneling: dice.chance(0.6),
      enableAlwaysOn: dice.chance(0.5),
      authenticationMethod: 'certificate',
      routes: [{ destinationPrefix: '10.0.0.0', prefixSize: 8 }],
      dnsSuffixes: [domain],
      trustedNetworkDomains: [domain],
    }),
  },
  { ...IOS, type: 'iosGeneralDeviceConfiguration', weight: 7, area: 'Restrictions', values: iosRestrictions },
  {
    ...ANDROID,
    type: 'androidDeviceOwnerGeneralDeviceConfiguration',
    weight: 5,
    area: 'Restrictions',
    values: androidRestrictions,
  },
  {
    ...ANDROID,
    type: 'androidWorkProfileGeneralDeviceConfiguration',
    weight: 4,
    area: 'Work profile',
    values: workProfileRestrictions,
  },
  {
    ...WINDOWS,
    type: 'sharedPCConfiguration',
    weight: 2,
    area: 'Shared PC',
    values: (dice) => ({
      allowedAccounts: dice.pick(['guest', 'domain', 'guest,domain']),
      allowLocalStorage: false,
      enabled: true,
      idleTimeBeforeSleepInSeconds: dice.pick([900, 1800]),
      maintenanceStartTime: '03:00:00.0000000',
      localStorage: 'disabled',
      signInOnResume: 'enabled',
    }),
  },
  {
    ...WINDOWS,
    type: 'windowsIdentityProtectionConfiguration',
    weight: 3,
    area: 'Hello',
    values: (dice) => ({
      ...switches(
        ['pinRecoveryEnabled', 'securityDeviceRequired', 'unlockWithBiometricsEnabled', 'useSecurityKeyForSignin'],
        2,
        dice,
      ),
      pinMinimumLength: dice.pick([6, 8, null]),
      pinMaximumLength: 127,
      windowsHelloForBusinessBlocked: false,
    }),
  },
  {
    ...WINDOWS,
    type: 'editionUpgradeConfiguration',
    weight: 1,
    area: 'Edition',
    values: () => ({
      licenseType: 'productKey',
      targetEdition: 'windows10Enterprise',
      license: null,
      productKey: '#####-#####-#####-#####-#3V66',
      windowsSMode: 'noRestriction',
    }),
  },
];
