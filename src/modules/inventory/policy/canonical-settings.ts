import { canonicalValue } from './canonical-value.js';
import { asMultiset, inOrderJson, isObject, type JsonObject } from './json.js';

/**
 * The settings of a settings catalog policy by `settingDefinitionId`. A list, because group collections may stand
 * several times under one definition; it is a multiset in a fixed order. The positional `id` of a setting is gone.
 */
export type CanonicalSettings = Record<string, JsonObject[]>;

/**
 * Settings as `/settings` answers them, in any order. An entry without an instance or a definition id has no meaning
 * and is refused by {@link isSetting}; callers check first.
 */
export function canonicalSettings(settings: readonly unknown[]): CanonicalSettings {
  const byDefinition = new Map<string, JsonObject[]>();
  for (const setting of settings) {
    if (!isSetting(setting)) continue;
    const instance = canonicalValue(setting.settingInstance) as JsonObject;
    const definitionId = setting.settingInstance.settingDefinitionId;
    const instances = byDefinition.get(definitionId);
    if (instances) instances.push(instance);
    else byDefinition.set(definitionId, [instance]);
  }
  const ids = [...byDefinition.keys()].sort();
  return Object.fromEntries(ids.map((id) => [id, asMultiset(byDefinition.get(id) ?? [], inOrderJson)]));
}

interface Setting {
  settingInstance: JsonObject & { settingDefinitionId: string };
}

/** Whether an element of `/settings` says which setting it is. */
export function isSetting(setting: unknown): setting is Setting {
  if (!isObject(setting) || !isObject(setting['settingInstance'])) return false;
  const id = setting['settingInstance']['settingDefinitionId'];
  return typeof id === 'string' && id !== '';
}
