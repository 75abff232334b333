import type { GraphBody } from '../../store/graph-body.js';
import { updateRing } from '../draft-builders.js';
import { without } from './bodies.js';
import type { Dice } from './dice.js';
import { PROFILE_KINDS, type ProfileKind } from './profile-kinds.js';
import { mobileConfig, omaSettings } from './profile-values.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

const MEGABYTE = 1_048_576;
const COMMON: GraphBody = {
  supportsScopeTags: true,
  deviceManagementApplicabilityRuleOsEdition: null,
  deviceManagementApplicabilityRuleOsVersion: null,
  deviceManagementApplicabilityRuleDeviceMode: null,
};

/** Device configuration profiles: update rings, custom profiles and the kinds with templates. The first is the large one. */
export function addDeviceProfiles(tenant: TenantDraft): void {
  const dice = tenant.dice('device profiles');
  const kinds = PROFILE_KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  tenant.repeat(tenant.counts.deviceConfigurations, (at) => {
    if (at === 0) return macProfile(tenant, dice, MEGABYTE);
    const roll = at % 20;
    if (roll < 4) return ring(tenant, dice, at);
    if (roll < 6) return customProfile(tenant, dice, at);
    if (roll < 8) return macProfile(tenant, dice, dice.pick([900, 2_500, 6_000, 24_000]));
    if (roll === 8) return appleUpdate(tenant, dice);
    return templateProfile(tenant, dice, dice.pick(kinds));
  });
}

function profile(type: string, values: GraphBody, rest: Pick<Draft, 'name' | 'assign' | 'id'>, dice: Dice): Draft {
  return {
    collection: 'deviceConfigurations',
    values: { '@odata.type': `#microsoft.graph.${type}`, ...COMMON, version: dice.int(1, 40), ...values },
    ...rest,
  };
}

function templateProfile(tenant: TenantDraft, dice: Dice, kind: ProfileKind): Draft {
  const { platform, area, audience, filter } = kind;
  const name = { platform, area, purpose: dice.pick([...tenant.company.sites, 'All', 'Kiosk', 'Corporate']) };
  const assign = { audience, filters: [filter] };
  return profile(kind.type, kind.values(dice, tenant.company), { name, assign }, dice);
}

function ring(tenant: TenantDraft, dice: Dice, at: number): Draft {
  const number = Math.floor(at / 4) % 4;
  const days = [0, 3, 7, 14][number] ?? 7;
  const values = without(updateRing('', [], days, days * 4).body, 'displayName', 'description');
  const name = { platform: 'Win', area: 'Update ring', purpose: `Ring ${number} ${dice.pick(tenant.company.sites)}` };
  const paused = dice.chance(0.06);
  return profile(
    'windowsUpdateForBusinessConfiguration',
    { ...values, qualityUpdatesPaused: paused, qualityUpdatesPauseStartDate: paused ? '2026-05-04' : null },
    { name, assign: { audience: 'windows', filters: ['windows10AndLater'] } },
    dice,
  );
}

function customProfile(tenant: TenantDraft, dice: Dice, at: number): Draft {
  const id = tenant.guid(`custom profile ${at}`);
  return profile(
    'windows10CustomConfiguration',
    { omaSettings: omaSettings((text) => tenant.guid(text), id, dice) },
    {
      id: () => id,
      name: { platform: 'Win', area: 'OMA-URI', purpose: dice.pick(['Start layout', 'ADMX ingestion', 'Ledger key']) },
      assign: { audience: 'windows', filters: ['windows10AndLater'] },
    },
    dice,
  );
}

function macProfile(tenant: TenantDraft, dice: Dice, bytes: number): Draft {
  const what = dice.pick(['Fonts', 'Notifications', 'PPPC', 'Kernel extensions', 'Proxy']);
  const identifier = `example.${tenant.company.name.toLowerCase()}.${what.toLowerCase().replaceAll(' ', '-')}`;
  const purpose = bytes >= MEGABYTE ? 'House fonts (large)' : dice.pick(['All', 'Design', 'Pilot']);
  return profile(
    'macOSCustomConfiguration',
    {
      payloadName: what,
      payloadFileName: `${what}.mobileconfig`,
      payload: mobileConfig(identifier, `${what} & more`, bytes),
      deploymentChannel: 'deviceChannel',
    },
    {
      name: { platform: 'macOS', area: what, purpose },
      assign: { audience: 'apple', filters: ['macOS'] },
    },
    dice,
  );
}

function appleUpdate(tenant: TenantDraft, dice: Dice): Draft {
  const assign = { audience: 'apple', filters: ['iOS'] } as const;
  const name = { platform: 'iOS', area: 'OS update', purpose: dice.pick(tenant.company.sites) };
  return profile(
    'iosUpdateConfiguration',
    {
      isEnabled: true,
      activeHoursStart: '07:00:00.0000000',
      activeHoursEnd: '19:00:00.0000000',
      desiredOsVersion: dice.pick([null, '17.7.2', '18.1']),
      scheduledInstallDays: [],
      utcTimeOffsetInMinutes: null,
      enforcedSoftwareUpdateDelayInDays: dice.pick([null, 14, 30]),
      updateScheduleType: dice.pick(['updateOutsideOfActiveHours', 'alwaysUpdate']),
      customUpdateTimeWindows: [],
    },
    { name, assign },
    dice,
  );
}
