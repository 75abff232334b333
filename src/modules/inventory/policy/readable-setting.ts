import { isObject, type JsonObject } from './json.js';

/**
 * A canonical setting instance as people read it: a choice or a simple value as itself, a list as a list, nested
 * settings as an object by `settingDefinitionId`. A kind of instance that is not known stays as it is.
 */
export function readableSetting(instance: JsonObject): unknown {
  const choice = instance['choiceSettingValue'];
  if (isObject(choice)) return readableChoice(choice);
  const choices = instance['choiceSettingCollectionValue'];
  if (Array.isArray(choices)) return choices.filter(isObject).map(readableChoice);
  const simple = instance['simpleSettingValue'];
  if (isObject(simple)) return simple['value'] ?? null;
  const simples = instance['simpleSettingCollectionValue'];
  if (Array.isArray(simples)) return simples.filter(isObject).map((value) => value['value'] ?? null);
  const group = instance['groupSettingValue'];
  if (isObject(group)) return readableChildren(group['children']);
  const groups = instance['groupSettingCollectionValue'];
  if (Array.isArray(groups)) return groups.filter(isObject).map((value) => readableChildren(value['children']));
  return instance;
}

/** All instances of one top-level setting: one as itself, several as a list, none as null. */
export function readableInstances(instances: readonly JsonObject[]): unknown {
  const [first, ...others] = instances;
  if (first === undefined) return null;
  return others.length === 0 ? readableSetting(first) : instances.map(readableSetting);
}

function readableChoice(choice: JsonObject): unknown {
  const { value = null, children } = choice;
  return Array.isArray(children) && children.length > 0 ? { value, children: readableChildren(children) } : value;
}

function readableChildren(children: unknown): JsonObject {
  const byDefinition = new Map<string, JsonObject[]>();
  for (const child of Array.isArray(children) ? children.filter(isObject) : []) {
    const id = child['settingDefinitionId'];
    const key = typeof id === 'string' ? id : '';
    byDefinition.set(key, [...(byDefinition.get(key) ?? []), child]);
  }
  return Object.fromEntries([...byDefinition].map(([id, instances]) => [id, readableInstances(instances)]));
}
