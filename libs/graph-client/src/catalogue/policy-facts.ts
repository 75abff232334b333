import type { GraphObject } from '../graph-object.js';
import type { PolicyType } from './policy-type.js';

/** The object's own `@odata.type`, else the one its collection implies; null when neither says it. */
export function odataTypeOf(type: PolicyType, object: GraphObject): string | null {
  return object['@odata.type'] ?? type.impliedOdataType ?? null;
}

/** `deviceManagementConfigurationPlatforms` of the beta description; `none` and unknown names have no platform. */
const SETTINGS_CATALOG_PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['android', 'android'],
  ['androidEnterprise', 'android'],
  ['aosp', 'android'],
  ['iOS', 'iOS'],
  ['macOS', 'macOS'],
  ['windows10', 'windows'],
  ['windows10X', 'windows'],
  ['linux', 'linux'],
  ['visionOS', 'visionOS'],
  ['tvOS', 'tvOS'],
]);

/** How the names of polymorphic types begin; the last two Windows types do not carry the word. */
const TYPE_PREFIXES: readonly (readonly [string, string])[] = [
  ['windows', 'windows'],
  ['ios', 'iOS'],
  ['macos', 'macOS'],
  ['android', 'android'],
  ['aosp', 'android'],
  ['sharedpc', 'windows'],
  ['editionupgrade', 'windows'],
];

/**
 * The platform a policy is for: `windows`, `macOS`, `iOS`, `android`, `linux`, `visionOS` or `tvOS`. A settings catalog
 * policy for several (its `platforms` are comma-joined flags) gives them comma-joined in its order. Null when unknown.
 */
export function platformOf(type: PolicyType, object: GraphObject): string | null {
  const { platforms } = object;
  if (type.key === 'settingsCatalog' && typeof platforms === 'string') {
    const known = platforms.split(',').flatMap((name) => SETTINGS_CATALOG_PLATFORMS.get(name.trim()) ?? []);
    return known.length > 0 ? [...new Set(known)].join(',') : null;
  }
  const name = odataTypeOf(type, object)?.split('.').at(-1)?.toLowerCase() ?? '';
  return TYPE_PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1] ?? null;
}
