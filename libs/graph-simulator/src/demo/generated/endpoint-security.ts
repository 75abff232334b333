import type { GraphBody } from '../../store/graph-body.js';
import { choice, groups, integer, text } from '../setting-instances.js';
import { firewallRule, secret, settingOf, WINDOWS_AREAS } from './catalog-values.js';
import type { Dice } from './dice.js';
import type { NameParts } from './naming.js';
import type { TenantDraft } from './tenant-draft.js';

export type Template = [family: string, id: string, displayName: string];
const ANTIVIRUS: Template = [
  'endpointSecurityAntivirus',
  '804339ad-1553-4478-a742-138fb5807418_1',
  'Microsoft Defender Antivirus',
];
const RULES: Template = [
  'endpointSecurityFirewall',
  '19c8aa67-f286-4861-9aa0-f23541d31680_1',
  'Windows Firewall Rules',
];
const ATTACK_SURFACE: Template = [
  'endpointSecurityAttackSurfaceReduction',
  'e8c053d6-9f95-42b1-a7f1-ebfd71c67a4b_1',
  'Attack Surface Reduction Rules',
];
const LAPS: Template = [
  'endpointSecurityAccountProtection',
  'adc46e5a-f4aa-4ff6-aeff-4f27bc525796_1',
  'Local admin password solution (Windows LAPS)',
];

const DETECTION: Template = [
  'endpointSecurityEndpointDetectionAndResponse',
  '0385b795-0f2f-44ac-8602-9f65bf6adede_1',
  'Endpoint detection and response',
];

/** What a policy is about and holds. */
export interface Content {
  name: NameParts;
  platforms: 'windows10' | 'macOS' | 'iOS';
  template?: Template;
  settings: GraphBody[];
}

/** An endpoint security policy with so many settings, where there is one of that size. */
export function endpointSecurity(tenant: TenantDraft, dice: Dice, size: number): Content | undefined {
  if (size === 1 && dice.chance(0.5)) return attackSurface(dice);
  if (size === 2 && dice.chance(0.5)) return detection(tenant, dice);
  if (size === 5 && dice.chance(0.5)) return laps(dice);
  if (size <= 20 && dice.chance(0.2)) return antivirus(dice, size);
  if (size <= 12 && dice.chance(0.15)) return firewallRules(tenant, dice, size);
  return undefined;
}

/** Onboarding, whose secret is never told: callers get a token in its place. */
export function detection(tenant: TenantDraft, dice: Dice): Content {
  const id = 'device_vendor_msft_windowsadvancedthreatprotection_';
  const token = tenant.guid(`onboarding ${dice.next()}`);
  return {
    name: { platform: 'Win', area: 'EDR', purpose: dice.pick(['Onboarding', 'Cloud PCs', 'Servers']) },
    platforms: 'windows10',
    template: DETECTION,
    settings: [
      choice(`${id}configurationtype`, 'autofromconnector', [secret(`${id}onboarding_fromconnector`, token)]),
      choice(`${id}configuration_samplesharing`, dice.int(0, 1)),
    ],
  };
}

function attackSurface(dice: Dice): Content {
  const id = 'device_vendor_msft_policy_config_defender_attacksurfacereductionrules';
  const rules = [
    'blockadobereaderfromcreatingchildprocesses',
    'blockexecutionofpotentiallyobfuscatedscripts',
    'blockwin32apicallsfromofficemacros',
    'blockcredentialstealingfromwindowslocalsecurityauthoritysubsystem',
    'blockofficecommunicationappfromcreatingchildprocesses',
    'blockuntrustedunsignedprocessesthatrunfromusb',
    'blockpersistencethroughwmieventsubscription',
    'useadvancedprotectionagainstransomware',
  ];
  const mode = dice.pick(['block', 'audit', 'warn']);
  const chosen = dice.some(rules, dice.int(4, rules.length));
  return {
    name: { platform: 'Win', area: 'ASR', purpose: `Rules in ${mode} mode` },
    platforms: 'windows10',
    template: ATTACK_SURFACE,
    settings: [groups(id, [chosen.map((rule) => choice(`${id}_${rule}`, mode))])],
  };
}

function antivirus(dice: Dice, size: number): Content {
  return {
    name: {
      platform: 'Win',
      area: 'Antivirus',
      purpose: dice.pick(['Clients', 'Servers', 'Developers', 'Exclusions']),
    },
    platforms: 'windows10',
    template: ANTIVIRUS,
    settings: dice.some(WINDOWS_AREAS.get('defender') ?? [], size).map((id) => settingOf(id, dice)),
  };
}

function laps(dice: Dice): Content {
  const id = 'device_vendor_msft_laps_policies_';
  return {
    name: { platform: 'Win', area: 'LAPS', purpose: dice.pick(['Clients', 'Kiosks', 'Admin workstations']) },
    platforms: 'windows10',
    template: LAPS,
    settings: [
      choice(`${id}backupdirectory`, 1, [integer(`${id}passwordagedays_aad`, dice.pick([7, 14, 30]))]),
      text(`${id}administratoraccountname`, dice.pick(['ladmin', 'clientadmin', 'LocalOps'])),
      choice(`${id}passwordcomplexity`, 4),
      integer(`${id}passwordlength`, dice.int(14, 32)),
      choice(`${id}postauthenticationactions`, 3),
    ],
  };
}

function firewallRules(tenant: TenantDraft, dice: Dice, size: number): Content {
  const reusable = tenant.idsOf('reusablePolicySettings');
  const settings = Array.from({ length: size }, (_, at) => {
    const keyword = reusable.length > 0 && (at === 0 || dice.chance(0.3)) ? dice.pick(reusable) : undefined;
    return firewallRule(
      `${dice.pick(['Allow', 'Block'])} ${dice.pick(['ERP', 'scan', 'backup'])} ${at}`,
      dice,
      keyword,
    );
  });
  return {
    name: { platform: 'Win', area: 'Firewall rules', purpose: dice.pick(tenant.company.sites) },
    platforms: 'windows10',
    template: RULES,
    settings,
  };
}
