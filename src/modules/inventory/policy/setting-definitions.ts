import { isObject, type JsonObject } from './json.js';

/** What people call a setting of the settings catalog, and its choices. */
export interface SettingDefinition {
  id: string;
  name: string;
  /** The choices' names by their value. */
  options: Readonly<Record<string, string>>;
}

/** The ids of all definitions that settings or their nested ones are instances of. */
export function definitionIdsIn(settings: unknown): Set<string> {
  const ids = new Set<string>();
  visit(settings, (object) => {
    const id = object['settingDefinitionId'];
    if (typeof id === 'string') ids.add(id);
  });
  return ids;
}

/** The values of all choices in settings. */
export function choicesIn(settings: unknown): Set<string> {
  const values = new Set<string>();
  visit(settings, (object) => {
    for (const key of ['choiceSettingValue', 'choiceSettingCollectionValue']) {
      for (const choice of [object[key]].flat().filter(isObject)) {
        if (typeof choice['value'] === 'string') values.add(choice['value']);
      }
    }
  });
  return values;
}

/** The settings as they are without `$expand=settingDefinitions`, and the definitions that came with them, each once. */
export function takeDefinitions(settings: readonly unknown[]): {
  settings: readonly unknown[];
  definitions: SettingDefinition[];
} {
  const found = new Map<string, SettingDefinition>();
  const bare = settings.map((setting) => {
    if (!isObject(setting) || !Array.isArray(setting['settingDefinitions'])) return setting;
    const { settingDefinitions, ...rest } = setting;
    for (const raw of settingDefinitions as unknown[]) {
      const definition = definitionOf(raw);
      if (definition) found.set(definition.id, definition);
    }
    return rest;
  });
  return { settings: bare, definitions: [...found.values()] };
}

function definitionOf(raw: unknown): SettingDefinition | undefined {
  if (!isObject(raw)) return undefined;
  const { id, displayName, options } = raw;
  if (typeof id !== 'string' || id === '' || typeof displayName !== 'string') return undefined;
  const named = (Array.isArray(options) ? (options as unknown[]) : []).filter(isObject).flatMap((option) => {
    const { itemId, displayName: name } = option;
    return typeof itemId === 'string' && typeof name === 'string' ? [[itemId, name] as const] : [];
  });
  return { id, name: displayName, options: Object.fromEntries(named) };
}

function visit(value: unknown, see: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const element of value as unknown[]) visit(element, see);
  else if (isObject(value)) {
    see(value);
    for (const member of Object.values(value)) visit(member, see);
  }
}
