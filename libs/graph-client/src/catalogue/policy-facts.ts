import type { GraphObject } from '../graph-object.js';
import type { ChildCollection, GraphCollection, PolicyType } from './policy-type.js';

/** The object's own `@odata.type`, else the one its collection implies; null when neither says it. */
export function odataTypeOf(type: PolicyType, object: GraphObject): string | null {
  return object['@odata.type'] ?? type.impliedOdataType ?? null;
}

/** Of the types that share a collection, the one that an object of it is of; undefined when none takes the rest. */
export function classify(types: readonly PolicyType[], object: GraphObject): PolicyType | undefined {
  return types.find((type) => isOf(type, object)) ?? types.find(({ is }) => is === undefined);
}

function isOf(type: PolicyType, object: GraphObject): boolean {
  // Only what the object itself says tells it from its neighbours.
  const odataType = object['@odata.type'];
  if (odataType !== undefined && type.is?.odataTypes?.includes(odataType)) return true;
  const where = type.is?.where;
  if (where && object[where.field] === where.equals) return true;
  const { templateReference } = object;
  if (typeof templateReference !== 'object' || templateReference === null) return false;
  const family = 'templateFamily' in templateReference ? templateReference.templateFamily : undefined;
  return typeof family === 'string' && type.is?.templateFamilies?.includes(family) === true;
}

/** What `$expand` brings with list or item, less the children, which have paths of their own. */
export function expandedNames({ listQuery, item, children }: GraphCollection): ReadonlySet<string> {
  const expands = [listQuery?.['$expand'], item?.query?.['$expand']];
  const names = expands.flatMap((expand) => (expand === undefined ? [] : expand.replace(/\([^()]*\)/g, '').split(',')));
  return new Set(names.filter((expanded) => !children.some(({ name }) => name === expanded)));
}

/** Children that are the setting instances of the settings catalog, a tree of their own. */
export function isCatalogSettings({ keyedBy }: Pick<ChildCollection, 'keyedBy'>): boolean {
  return keyedBy === 'settingInstance.settingDefinitionId';
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
  if (typeof platforms === 'string') {
    const known = platforms.split(',').flatMap((name) => SETTINGS_CATALOG_PLATFORMS.get(name.trim()) ?? []);
    if (known.length > 0) return [...new Set(known)].join(',');
  }
  const name = odataTypeOf(type, object)?.split('.').at(-1)?.toLowerCase() ?? '';
  return TYPE_PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1] ?? null;
}
