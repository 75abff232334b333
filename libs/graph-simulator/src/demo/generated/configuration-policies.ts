import { labelOf } from './area-labels.js';
import { APPLE_PAYLOADS, ofTemplate, payloadOf, settingOf, WINDOWS_AREAS } from './catalog-values.js';
import type { Dice } from './dice.js';
import { detection, endpointSecurity, type Content } from './endpoint-security.js';
import type { Draft, TenantDraft } from './tenant-draft.js';

/**
 * Settings at the top level of fifty policies: median 5, nine tenths up to 25, one over 100 (78 policies of a public baseline,
 * Graph contract section 6).
 */
const SIZES = [
  1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10, 11, 12,
  13, 14, 16, 18, 20, 22, 25, 25, 32, 45, 70, 150,
];
const LARGEST = 320;

const PURPOSES = [
  'Baseline',
  'Hardening',
  'User experience',
  'Exceptions',
  'Restrictions',
  'Shared',
  'Defaults',
  'Audit',
];
/** Settings catalog and endpoint security policies, one of them with more than 300 settings. */
export function addConfigurationPolicies(tenant: TenantDraft): void {
  const dice = tenant.dice('configuration policies');
  const { settingsCatalog: count } = tenant.counts;
  const sizes = Array.from({ length: count }, (_, at) => SIZES[Math.floor(((at + 0.5) / count) * SIZES.length)] ?? 1);
  sizes[count - 1] = LARGEST;
  for (const size of dice.shuffled(sizes)) tenant.add(draftOf(contentOf(tenant, dice, size)));
}

function draftOf({ name, platforms, template, settings }: Content): Draft {
  const windows = platforms === 'windows10';
  const [family, templateId, displayName] = template ?? ['none', '', null];
  const placed = template === undefined ? settings : settings.map((setting) => ofTemplate(setting, template[1]));
  return {
    collection: 'configurationPolicies',
    name,
    nameField: 'name',
    values: {
      platforms,
      technologies: windows ? (template === undefined ? 'mdm' : 'mdm,microsoftSense') : 'mdm,appleRemoteManagement',
      creationSource: null,
      priorityMetaData: null,
      settingCount: settings.length,
      templateReference: {
        templateId,
        templateFamily: family,
        templateDisplayName: displayName,
        templateDisplayVersion: displayName === null ? null : 'Version 1',
      },
    },
    children: { settings: placed.map((settingInstance, at) => ({ id: String(at), settingInstance })) },
    assign: {
      audience: windows ? 'windows' : 'apple',
      filters: [windows ? 'windows10AndLater' : platforms],
    },
  };
}

function contentOf(tenant: TenantDraft, dice: Dice, size: number): Content {
  const firstOfTwo = size === 2 && !tenant.of('configurationPolicies').some(({ object }) => object.settingCount === 2);
  if (firstOfTwo) return detection(tenant, dice);
  if (size <= 3 && dice.chance(0.45)) return appleContent(dice, size);
  return endpointSecurity(tenant, dice, size) ?? windowsContent(dice, size);
}

function windowsContent(dice: Dice, size: number): Content {
  const marked: string[] = [];
  const areas: string[] = [];
  for (const [area, ids] of dice.shuffled([...WINDOWS_AREAS])) {
    if (marked.length >= size) break;
    areas.push(area);
    marked.push(...dice.some(ids, Math.min(size - marked.length, size > 60 ? ids.length : dice.int(2, 30))));
  }
  const label = areas.length > 4 ? 'All areas' : labelOf(areas[0] ?? '');
  return {
    name: { platform: 'Win', area: label, purpose: size > 100 ? 'Security baseline' : dice.pick(PURPOSES) },
    platforms: 'windows10',
    settings: marked.map((id) => settingOf(id, dice)),
  };
}

function appleContent(dice: Dice, size: number): Content {
  const platforms = dice.chance(0.65) ? 'macOS' : 'iOS';
  const shared = ['com.apple.applicationaccess', 'com.apple.mobiledevice.passwordpolicy'];
  const payloads = dice.some(platforms === 'iOS' ? shared : [...APPLE_PAYLOADS.keys()], size);
  const settings = payloads.map((payload) => payloadOf(payload, dice.int(2, 14), dice));
  return {
    name: { platform: platforms, area: labelOf(payloads[0] ?? ''), purpose: dice.pick(PURPOSES) },
    platforms,
    settings,
  };
}
