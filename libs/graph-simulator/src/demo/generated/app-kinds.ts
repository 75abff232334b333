import type { GraphBody } from '../../store/graph-body.js';
import type { Company } from './company.js';
import type { Dice } from './dice.js';
import type { Audience } from './groups.js';

/** A kind of app: its Graph type and the properties of that type. */
export interface AppKind {
  /** Without `#microsoft.graph.`. */
  type: string;
  /** How many of hundred apps are of it, roughly. */
  weight: number;
  audience: Audience;
  filter: string;
  /** Type of its assignments' settings; none where they have none. */
  settings?: (dice: Dice) => GraphBody;
  values: (product: Product, dice: Dice, company: Company) => GraphBody;
}

export interface Product {
  name: string;
  publisher: string;
  /** Reverse domain name. */
  bundle: string;
  version: string;
}

const RETURN_CODES: GraphBody[] = [
  { returnCode: 0, type: 'success' },
  { returnCode: 1707, type: 'success' },
  { returnCode: 3010, type: 'softReboot' },
  { returnCode: 1641, type: 'hardReboot' },
  { returnCode: 1618, type: 'retry' },
];

function win32(product: Product, dice: Dice): GraphBody {
  const file = product.name.replaceAll(/[^A-Za-z0-9]/g, '');
  const detection = {
    '@odata.type': '#microsoft.graph.win32LobAppFileSystemRule',
    ruleType: 'detection',
    check32BitOn64System: false,
    path: `%ProgramFiles%\\${product.publisher}`,
    fileOrFolderName: `${file}.exe`,
    operationType: 'version',
    operator: 'greaterThanOrEqual',
    comparisonValue: product.version,
  };
  return {
    committedContentVersion: '1',
    fileName: `${file}.intunewin`,
    size: dice.int(2_000_000, 900_000_000),
    installCommandLine: `"${file}.exe" /quiet /norestart LOG="%TEMP%\\${file}.log"`,
    uninstallCommandLine: `"%ProgramFiles%\\${product.publisher}\\uninstall.exe" /S`,
    applicableArchitectures: dice.pick(['x64', 'x86,x64', 'x64,arm64']),
    allowedArchitectures: null,
    allowAvailableUninstall: dice.chance(0.5),
    displayVersion: product.version,
    minimumFreeDiskSpaceInMB: null,
    minimumMemoryInMB: null,
    minimumNumberOfProcessors: null,
    minimumCpuSpeedInMHz: null,
    minimumSupportedWindowsRelease: dice.pick(['21H2', '22H2', 'Windows11_23H2']),
    msiInformation: null,
    setupFilePath: `${file}.exe`,
    installExperience: { runAsAccount: 'system', maxRunTimeInMinutes: 60, deviceRestartBehavior: 'basedOnReturnCode' },
    returnCodes: RETURN_CODES.map((code) => ({ ...code })),
    rules: [detection],
    detectionRules: [],
    requirementRules: [],
  };
}

function mac(product: Product, dice: Dice): GraphBody {
  const file = product.name.replaceAll(/[^A-Za-z0-9]/g, '');
  return {
    committedContentVersion: '1',
    fileName: `${file}-${product.version}.pkg`,
    size: dice.int(2_000_000, 600_000_000),
    ignoreVersionDetection: dice.chance(0.3),
    primaryBundleId: product.bundle,
    primaryBundleVersion: product.version,
    includedApps: [{ bundleId: product.bundle, bundleVersion: product.version }],
    minimumSupportedOperatingSystem: { v13_0: false, v14_0: true, v15_0: false },
  };
}

const HIDE: (dice: Dice) => GraphBody = (dice) => ({
  '@odata.type': '#microsoft.graph.win32LobAppAssignmentSettings',
  notifications: dice.pick(['showAll', 'showReboot', 'hideAll']),
  restartSettings: null,
  installTimeSettings: null,
  deliveryOptimizationPriority: dice.pick(['notConfigured', 'foreground']),
});

export const APP_KINDS: readonly AppKind[] = [
  { type: 'win32LobApp', weight: 42, audience: 'windows', filter: 'windows10AndLater', settings: HIDE, values: win32 },
  {
    type: 'winGetApp',
    weight: 10,
    audience: 'windows',
    filter: 'windows10AndLater',
    settings: (dice) => ({
      '@odata.type': '#microsoft.graph.winGetAppAssignmentSettings',
      notifications: dice.pick(['showAll', 'hideAll']),
      restartSettings: null,
      installTimeSettings: null,
    }),
    values: (_product, dice) => ({
      packageIdentifier: `9${dice.int(10_000_000, 99_999_999)}AB`,
      manifestHash: null,
      installExperience: { runAsAccount: dice.pick(['user', 'system']) },
    }),
  },
  {
    type: 'officeSuiteApp',
    weight: 2,
    audience: 'windows',
    filter: 'windows10AndLater',
    values: (_product, dice, company) => ({
      autoAcceptEula: true,
      installProgressDisplayLevel: 'none',
      localesToInstall: company.languages.slice(0, 3),
      officePlatformArchitecture: 'x64',
      officeSuiteAppDefaultFileFormat: 'officeOpenXMLFormat',
      productIds: dice.pick([['o365ProPlusRetail'], ['o365ProPlusRetail', 'visioProRetail'], ['projectProRetail']]),
      shouldUninstallOlderVersionsOfOffice: true,
      targetVersion: '',
      updateChannel: dice.pick(['current', 'monthlyEnterprise', 'deferred']),
      updateVersion: '',
      useSharedComputerActivation: dice.chance(0.2),
      excludedApps: { groove: true, access: dice.chance(0.5), lync: true, publisher: dice.chance(0.5) },
      officeConfigurationXml: null,
    }),
  },
  {
    type: 'iosVppApp',
    weight: 14,
    audience: 'apple',
    filter: 'iOS',
    settings: (dice) => ({
      '@odata.type': '#microsoft.graph.iosVppAppAssignmentSettings',
      useDeviceLicensing: true,
      vpnConfigurationId: null,
      uninstallOnDeviceRemoval: dice.chance(0.5),
      isRemovable: null,
      preventManagedAppBackup: null,
      preventAutoAppUpdate: null,
    }),
    values: (product, dice, company) => ({
      bundleId: product.bundle,
      appStoreUrl: `https://apps.apple.com/app/id${dice.int(100_000_000, 999_999_999)}`,
      applicableDeviceType: { iPad: true, iPhoneAndIPod: true },
      licensingType: { supportsUserLicensing: true, supportsDeviceLicensing: true },
      releaseDateTime: '2019-04-01T00:00:00Z',
      totalLicenseCount: dice.int(10, 5_000),
      usedLicenseCount: dice.int(0, 10),
      vppTokenAccountType: 'business',
      vppTokenAppleId: `vpp@${company.domain}`,
      vppTokenOrganizationName: company.name,
    }),
  },
  {
    type: 'iosStoreApp',
    weight: 5,
    audience: 'apple',
    filter: 'iOS',
    values: (product, dice) => ({
      bundleId: product.bundle,
      appStoreUrl: `https://apps.apple.com/app/id${dice.int(100_000_000, 999_999_999)}`,
      applicableDeviceType: { iPad: true, iPhoneAndIPod: true },
      minimumSupportedOperatingSystem: { v15_0: false, v16_0: true, v17_0: false },
    }),
  },
  {
    type: 'androidManagedStoreApp',
    weight: 14,
    audience: 'android',
    filter: 'androidForWork',
    settings: (dice) => ({
      '@odata.type': '#microsoft.graph.androidManagedStoreAppAssignmentSettings',
      androidManagedStoreAppTrackIds: [],
      autoUpdateMode: dice.pick(['default', 'postponed', 'priority']),
    }),
    values: (product) => ({
      packageId: product.bundle,
      appIdentifier: product.bundle,
      appStoreUrl: `https://play.google.com/store/apps/details?id=${product.bundle}`,
      isPrivate: false,
      isSystemApp: false,
      supportsOemConfig: false,
      totalLicenseCount: 0,
      usedLicenseCount: 0,
      appTracks: [],
    }),
  },
  { type: 'macOSPkgApp', weight: 5, audience: 'apple', filter: 'macOS', values: mac },
  { type: 'macOSDmgApp', weight: 3, audience: 'apple', filter: 'macOS', values: mac },
  {
    type: 'webApp',
    weight: 5,
    audience: 'users',
    filter: 'windows10AndLater',
    values: (product, dice) => ({
      appUrl: `https://${product.bundle}.example/start?tenant=${dice.int(1, 99)}&lang=de#home`,
      useManagedBrowser: dice.chance(0.3),
    }),
  },
];
