import { patchObject } from '../control/content-change.js';
import { bodiesOf, isBody, textOf, type GraphBody } from '../store/graph-body.js';
import type { StoredPolicy } from '../store/tenant-store.js';
import { editedPolicies, nameOf, type Edit } from './edit.js';

/** Properties that say something about the policy and configure nothing. */
const NO_SETTING = /^(is|supports)[A-Z]/;
/** Option ids end with the number of the option; 0 and 1 are off and on, or the other way round. */
const SWITCH = /_([01])$/;

/** Switches one thing of one policy on or off. */
export const toggleSetting: Edit = ({ tenant, actor, dice, now }) => {
  const candidates = editedPolicies(tenant).filter((policy) => switchesOf(policy).length > 0);
  if (candidates.length === 0) return undefined;
  const policy = dice.pick(candidates);
  const { words, changes } = dice.pick(switchesOf(policy));
  patchObject(tenant, policy.id, changes, actor, now);
  return `${words} in "${nameOf(policy)}"`;
};

interface Switch {
  words: string;
  changes: GraphBody;
}

function switchesOf(policy: StoredPolicy): Switch[] {
  return policy.collection === 'configurationPolicies' ? choicesOf(policy.body) : flagsOf(policy.body);
}

function flagsOf(body: GraphBody): Switch[] {
  return Object.entries(body).flatMap(([key, value]) =>
    typeof value === 'boolean' && !NO_SETTING.test(key)
      ? { words: `set ${key} to ${String(!value)}`, changes: { [key]: !value } }
      : [],
  );
}

/** Top-level choices without children: those of an option that is not chosen any more would be left behind. */
function choicesOf(body: GraphBody): Switch[] {
  const settings = bodiesOf(body, 'settings');
  return settings.flatMap((setting, at) => {
    const instance = setting.settingInstance;
    const choice = isBody(instance) ? instance.choiceSettingValue : undefined;
    if (!isBody(instance) || !isBody(choice) || bodiesOf(choice, 'children').length > 0) return [];
    const before = textOf(choice, 'value') ?? '';
    if (!SWITCH.test(before)) return [];
    const value = before.replace(SWITCH, (_, option) => (option === '0' ? '_1' : '_0'));
    const switched = { ...setting, settingInstance: { ...instance, choiceSettingValue: { ...choice, value } } };
    return {
      words: `chose ${value}`,
      changes: { settings: settings.map((other, place) => (place === at ? switched : other)) },
    };
  });
}
