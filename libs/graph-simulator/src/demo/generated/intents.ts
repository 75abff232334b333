import type { GraphBody } from '../../store/graph-body.js';
import type { TenantDraft } from './tenant-draft.js';

/** Templates of old baselines; their ids are the same in every tenant (IntuneManagement, IntuneCD). */
const TEMPLATES: readonly [id: string, name: string, type: string, prefix: string][] = [
  [
    '034ccd46-190c-4afc-adf1-ad7cc11262eb',
    'MDM Security Baseline for Windows 10 and later',
    'securityBaseline',
    'deviceConfiguration--windows10EndpointProtectionConfiguration_',
  ],
  [
    '2209e067-9c8c-462e-9981-5a8c79165dcc',
    'Microsoft Defender for Endpoint baseline',
    'advancedThreatProtectionSecurityBaseline',
    'deviceConfiguration--windows10GeneralConfiguration_',
  ],
  [
    'a8d6fa0e-1e66-455b-bb51-8ce0dde1559e',
    'Microsoft Edge baseline',
    'microsoftEdgeSecurityBaseline',
    'deviceConfiguration--windows10GeneralConfiguration_edge',
  ],
];
const SETTINGS = `
  applicationGuardEnabled smartScreenEnableInShell smartScreenBlockOverrideForFiles firewallBlockStatefulFTP
  defenderPreventCredentialStealingType defenderScriptDownloadedPayloadExecutionType defenderEmailContentExecutionType
  lanManagerAuthenticationLevel bitLockerDisableWarningForOtherDiskEncryption deviceGuardLaunchSystemGuard
  localSecurityOptionsHideUsername passwordMinimumLength screenCaptureBlocked cortanaBlocked
  defenderCloudBlockLevel defenderMonitorFileActivity defenderScanMaxCpu wirelessDisplayRequirePinForPairing
  windowsSpotlightBlocked internetSharingBlocked autoRestartNotificationDismissal powerShellExecution`
  .trim()
  .split(/\s+/);
const CATEGORIES = ['Firewall', 'BitLocker', 'Defender', 'Device lock'];

/** Old endpoint security policies and baselines, made of a template: settings by category. */
export function addIntents(tenant: TenantDraft): void {
  const dice = tenant.dice('intents');
  for (const [id, name, templateType] of TEMPLATES) {
    tenant.add({
      collection: 'templates',
      name,
      values: {
        '@odata.type': '#microsoft.graph.securityBaselineTemplate',
        templateType,
        templateSubtype: 'none',
        platformType: 'windows10AndLater',
        versionInfo: 'November 2021',
        isDeprecated: true,
        intentCount: 0,
        publishedDateTime: '2021-11-01T00:00:00Z',
      },
      id: () => id,
      dates: 'none',
      tagField: 'none',
      builtIn: true,
    });
  }
  tenant.repeat(tenant.counts.intents, (at) => {
    const [templateId, name, , prefix] = dice.pick(TEMPLATES);
    const settings = dice.some(SETTINGS, dice.int(3, SETTINGS.length)).map((setting, order): GraphBody => {
      const id = tenant.guid(`intent ${at} ${order}`);
      const definitionId = `${prefix}${setting}`;
      if (/Length|Level|Cpu|Activity/.test(setting)) {
        const value = dice.int(1, 14);
        return { '@odata.type': `${TYPE}Integer${INSTANCE}`, id, definitionId, value, valueJson: String(value) };
      }
      if (/Type$|Dismissal|Execution/.test(setting)) {
        const value = dice.pick(['block', 'auditMode', 'enable', 'userDefined']);
        return { '@odata.type': `${TYPE}String${INSTANCE}`, id, definitionId, value, valueJson: JSON.stringify(value) };
      }
      const value = dice.chance(0.7);
      return { '@odata.type': `${TYPE}Boolean${INSTANCE}`, id, definitionId, value, valueJson: String(value) };
    });
    return {
      collection: 'intents',
      name: { platform: 'Win', area: name.replace(/ for .*| baseline/, ''), purpose: 'Baseline 2021' },
      values: { templateId, isMigratingToConfigurationPolicy: false },
      children: {
        settings,
        categories: CATEGORIES.map((category, order) => ({
          id: tenant.guid(`category ${templateId} ${category}`),
          displayName: category,
          hasRequiredSetting: false,
          settings: settings.filter((_setting, place) => place % CATEGORIES.length === order),
        })),
      },
      dates: 'modified',
      assign: { audience: 'windows' },
    };
  });
}

const TYPE = '#microsoft.graph.deviceManagement';
const INSTANCE = 'SettingInstance';
