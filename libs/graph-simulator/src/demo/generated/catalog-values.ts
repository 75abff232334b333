import { textOf, type GraphBody } from '../../store/graph-body.js';
import { stableGuid } from '../../store/stable-id.js';
import { choice, groups, integer, text, texts } from '../setting-instances.js';
import type { Dice } from './dice.js';
import { APPLE_SETTINGS, BROWSER_SETTINGS } from './settings-other.js';
import { SECURITY_SETTINGS } from './settings-security.js';
import { WORKPLACE_SETTINGS } from './settings-workplace.js';

/** A setting that can be given a value: its definition's id with the mark of its kind. */
type MarkedId = string;

const NUMBERS = [1, 2, 3, 5, 7, 8, 10, 14, 15, 20, 24, 30, 45, 50, 60, 90, 120, 365, 480, 900, 1440];
const ACCOUNTS = ['*S-1-5-32-544', '*S-1-5-32-555', '*S-1-5-19', '*S-1-5-20', '*S-1-5-32-545', '*S-1-5-32-546'];
const PATHS = ['C:\\Program Files\\Ledger', 'D:\\agents\\_work', '%ProgramData%\\Pack & Ship', 'E:\\Data\\*.mdf'];

/** Names of a list that is written as text, without the space between. */
function words(list: string | undefined): string[] {
  return (list ?? '').split(/\s+/).filter((word) => word !== '');
}

function prefixed(areas: Readonly<Record<string, string>>, prefix: (area: string) => string): Map<string, MarkedId[]> {
  return new Map(Object.entries(areas).map(([area, names]) => [area, words(names).map((name) => prefix(area) + name)]));
}

/** Settings of Windows by area: the areas of the Policy CSP and the browsers. */
export const WINDOWS_AREAS: ReadonlyMap<string, readonly MarkedId[]> = new Map([
  ...prefixed({ ...SECURITY_SETTINGS, ...WORKPLACE_SETTINGS }, (area) => `device_vendor_msft_policy_config_${area}_`),
  ...prefixed(BROWSER_SETTINGS, (prefix) => `${prefix}_`),
]);

/** Keys of Apple payloads by payload. */
export const APPLE_PAYLOADS: ReadonlyMap<string, readonly MarkedId[]> = prefixed(
  APPLE_SETTINGS,
  (payload) => `${payload}_`,
);

/** The setting with a value of its kind. */
export function settingOf(marked: MarkedId, dice: Dice): GraphBody {
  const id = marked.replace(/[#$*]$/, '');
  switch (marked.slice(id.length)) {
    case '#':
      return integer(id, dice.pick(NUMBERS));
    case '$':
      return text(id, dice.pick(['https://intranet.example/start?x=1&y=2#top', 'Help desk: +49 89 0000-0', '24H2']));
    case '*':
      return texts(id, dice.some(/userrights/.test(id) ? ACCOUNTS : PATHS, dice.int(1, 4)));
    default:
      return choice(id, dice.chance(0.65) ? 1 : 0, dice.chance(0.12) ? dependents(id, dice) : []);
  }
}

/** What a choice of an administrative template asks for besides being on. */
function dependents(id: string, dice: Dice): GraphBody[] {
  const name = id.split('_').at(-1) ?? id;
  const first = dice.chance(0.5)
    ? text(`${id}_${name}`, 'https://intranet.example')
    : choice(`${id}_${name}`, dice.int(1, 3));
  const list = groups(`${id}_${name}list`, [
    [text(`${id}_${name}list_key`, '1'), text(`${id}_${name}list_value`, name)],
  ]);
  return [first, list];
}

/** One payload with some of its keys. */
export function payloadOf(payload: string, count: number, dice: Dice): GraphBody {
  const keys = dice.some(APPLE_PAYLOADS.get(payload) ?? [], count);
  return groups(`${payload}_${payload}`, [
    keys.map((key) => {
      const marked = /[#$]$/.test(key);
      return marked ? settingOf(key, dice) : choice(key, dice.chance(0.5) ? 'true' : 'false');
    }),
  ]);
}

/** Rules of a firewall policy: one group setting each, as the service keeps them. */
export function firewallRule(name: string, dice: Dice, keyword: string | undefined): GraphBody {
  const rule = 'vendor_msft_firewall_mdmstore_firewallrules_{firewallrulename}';
  return groups(rule, [
    [
      choice(`${rule}_enabled`, dice.chance(0.9) ? 1 : 0),
      text(`${rule}_name`, name),
      choice(`${rule}_direction`, dice.pick(['in', 'out'])),
      choice(`${rule}_action_type`, dice.pick([0, 1])),
      integer(`${rule}_protocol`, dice.pick([6, 17])),
      texts(`${rule}_localportranges`, dice.some(['80', '443', '3389', '8080-8090', '5985'], dice.int(1, 3))),
      ...(keyword === undefined ? [] : [references(`${rule}_remoteaddressdynamickeywords`, keyword)]),
    ],
  ]);
}

function references(id: string, reusable: string): GraphBody {
  return { ...texts(id, []), simpleSettingCollectionValue: [referenceValue(reusable)] };
}

/** A setting whose value is a reusable setting, by its id. */
export function reference(id: string, reusable: string): GraphBody {
  return { ...text(id, ''), simpleSettingValue: referenceValue(reusable) };
}

function referenceValue(value: string): GraphBody {
  const type = '#microsoft.graph.deviceManagementConfigurationReferenceSettingValue';
  return { '@odata.type': type, settingValueTemplateReference: null, value, note: null };
}

/** A value that the service keeps to itself: callers get a token in its place. */
export function secret(id: string, token: string): GraphBody {
  return {
    ...text(id, ''),
    simpleSettingValue: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationSecretSettingValue',
      settingValueTemplateReference: null,
      value: token,
      valueState: 'encryptedValueToken',
    },
  };
}

/**
 * The setting as part of a template: it says which place of the template it fills. The ids of those places are made up, as
 * no list of them is public.
 */
export function ofTemplate(setting: GraphBody, templateId: string): GraphBody {
  const place = `${templateId} ${textOf(setting, 'settingDefinitionId') ?? ''}`;
  return {
    ...setting,
    settingInstanceTemplateReference: { settingInstanceTemplateId: stableGuid(place) },
  };
}
