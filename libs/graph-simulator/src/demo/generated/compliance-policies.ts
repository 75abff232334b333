import { textOf, type GraphBody } from '../../store/graph-body.js';
import { ANDROID_COMPLIANCE, IOS_COMPLIANCE, MACOS_COMPLIANCE, WINDOWS_COMPLIANCE } from '../compliance-values.js';
import { choice, integer, text } from '../setting-instances.js';
import { reference } from './catalog-values.js';
import type { Dice } from './dice.js';
import type { Audience } from './groups.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

const ZERO = '00000000-0000-0000-0000-000000000000';

interface Kind {
  type: string;
  platform: string;
  audience: Audience;
  filter: string;
  values: (dice: Dice) => GraphBody;
}

const KINDS: readonly Kind[] = [
  {
    type: 'windows10CompliancePolicy',
    platform: 'Win',
    audience: 'windows',
    filter: 'windows10AndLater',
    values: (dice) => ({
      ...WINDOWS_COMPLIANCE,
      bitLockerEnabled: dice.chance(0.8),
      secureBootEnabled: dice.chance(0.8),
      codeIntegrityEnabled: dice.chance(0.4),
      tpmRequired: dice.chance(0.7),
      defenderEnabled: dice.chance(0.6),
      rtpEnabled: dice.chance(0.6),
      activeFirewallRequired: dice.chance(0.6),
      osMinimumVersion: dice.pick([null, '10.0.22631.4602', '10.0.26100.2894']),
    }),
  },
  {
    type: 'iosCompliancePolicy',
    platform: 'iOS',
    audience: 'users',
    filter: 'iOS',
    values: (dice) => ({ ...IOS_COMPLIANCE, osMinimumVersion: dice.pick(['16.7', '17.7', '18.1']) }),
  },
  {
    type: 'windows10CompliancePolicy',
    platform: 'Win',
    audience: 'windows',
    filter: 'windows10AndLater',
    values: (dice) => ({ ...WINDOWS_COMPLIANCE, antivirusRequired: true, signatureOutOfDate: dice.chance(0.8) }),
  },
  {
    type: 'androidWorkProfileCompliancePolicy',
    platform: 'Android',
    audience: 'users',
    filter: 'androidForWork',
    values: (dice) => ({ ...ANDROID_COMPLIANCE, osMinimumVersion: dice.pick(['12.0', '13.0', '14.0']) }),
  },
  {
    type: 'macOSCompliancePolicy',
    platform: 'macOS',
    audience: 'apple',
    filter: 'macOS',
    values: (dice) => ({ ...MACOS_COMPLIANCE, osMinimumVersion: dice.pick(['13.7', '14.7', '15.1']) }),
  },
];

/** Compliance: one in seven is of the newer type, for Linux; the others have scheduled actions, and some a script. */
export function addCompliance(tenant: TenantDraft): void {
  const dice = tenant.dice('compliance');
  tenant.repeat(tenant.counts.compliance, (at) =>
    at % 7 === 6 ? linux(tenant, dice) : classic(tenant, dice, KINDS[at % KINDS.length] as Kind),
  );
}

function classic(tenant: TenantDraft, dice: Dice, kind: Kind): Draft {
  const id = tenant.guid(`compliance ${dice.next()}`);
  const scripts = kind.platform === 'Win' ? tenant.idsOf('deviceComplianceScripts') : [];
  const script: GraphBody =
    scripts.length > 0 && dice.chance(0.4)
      ? {
          deviceCompliancePolicyScript: {
            deviceComplianceScriptId: dice.pick(scripts),
            rulesContent: Buffer.from(RULES).toString('base64'),
          },
        }
      : {};
  return {
    collection: 'deviceCompliancePolicies',
    name: {
      platform: kind.platform,
      area: 'Compliance',
      purpose: dice.pick(['Encryption & boot', 'OS version', 'Defender', 'Password', 'Baseline']),
    },
    values: {
      '@odata.type': `#microsoft.graph.${kind.type}`,
      ...kind.values(dice),
      ...script,
      version: dice.int(1, 30),
    },
    id: () => id,
    children: { scheduledActionsForRule: scheduledActions(tenant, dice, id, null) },
    assign: { audience: kind.audience, filters: [kind.filter] },
  };
}

const RULES = JSON.stringify({
  Rules: [
    {
      SettingName: 'LedgerAgent',
      Operator: 'GreaterEquals',
      DataType: 'Version',
      Operand: '4.2.0',
      MoreInfoUrl: 'https://intranet.example/ledger',
      RemediationStrings: [{ Language: 'en_US', Title: 'Agent too old.', Description: 'Update the agent.' }],
    },
  ],
});

/** One block, and in most policies mails to the user before it. */
function scheduledActions(tenant: TenantDraft, dice: Dice, id: string, ruleName: string | null): GraphBody[] {
  const templates = tenant.idsOf('notificationMessageTemplates');
  const action = (actionType: string, gracePeriodHours: number, notificationTemplateId: string): GraphBody => ({
    id: tenant.guid(`action ${id} ${actionType} ${gracePeriodHours}`),
    actionType,
    gracePeriodHours,
    notificationTemplateId,
    notificationMessageCCList: dice.chance(0.15) ? [tenant.assigner.group('users')] : [],
  });
  const actions = [action('block', dice.pick([0, 24, 72, 168]), ZERO)];
  const mails = templates.length === 0 ? 0 : dice.pick([0, 1, 1, 2]);
  for (let at = 0; at < mails; at += 1) actions.push(action('notification', at * 24, dice.pick(templates)));
  if (dice.chance(0.2)) actions.push(action('retire', 2160, ZERO));
  return [{ id, ruleName, scheduledActionConfigurations: actions }];
}

function linux(tenant: TenantDraft, dice: Dice): Draft {
  const id = tenant.guid(`compliance ${dice.next()}`);
  const discovery = tenant
    .of('reusablePolicySettings')
    .filter(({ object }) => textOf(object, 'settingDefinitionId')?.startsWith('linux_'))
    .map(({ object }) => object.id);
  const settings = [
    choice('linux_deviceencryption_required', 'true'),
    integer('linux_passwordpolicy_minimumlength', dice.int(8, 14)),
    ...(discovery.length === 0
      ? []
      : [
          choice('linux_customcompliance_required', 'true', [
            reference('linux_customcompliance_discoveryscript', dice.pick(discovery)),
            text('linux_customcompliance_rules', Buffer.from(RULES).toString('base64')),
          ]),
        ]),
  ];
  return {
    collection: 'compliancePolicies',
    nameField: 'name',
    name: { platform: 'Linux', area: 'Compliance', purpose: dice.pick(['Developers', 'Workstations', 'Labs']) },
    values: { platforms: 'linux', technologies: 'linuxMdm', creationSource: null, settingCount: settings.length },
    id: () => id,
    children: {
      settings: settings.map((settingInstance, at) => ({ id: String(at), settingInstance })),
      scheduledActionsForRule: scheduledActions(tenant, dice, id, null),
    },
    assign: { audience: 'users' },
  };
}
