import { asMultiset, inOrderJson, sortedKeys, type JsonObject } from './json.js';

/** Lists whose order people arrange on a device: the icons of the iOS home screen. Every other list is unordered. */
const ORDERED_LISTS = new Set(['homeScreenPages', 'homeScreenDockIcons']);

/** References to templates; their ids differ by letter case between tenants, their own type says nothing. */
const TEMPLATE_IDS = new Set(['settingInstanceTemplateId', 'settingValueTemplateId', 'templateId']);

/**
 * Types that Graph leaves out of some answers, because the property says them already (`odata.metadata=minimal`, the
 * default); with them, an export and a live reading of one policy would differ.
 */
const IMPLIED_TYPES = new Set([
  '#microsoft.graph.deviceManagementConfigurationChoiceSettingValue',
  '#microsoft.graph.deviceManagementConfigurationGroupSettingValue',
  '#microsoft.graph.deviceManagementConfigurationPolicyTemplateReference',
  '#microsoft.graph.deviceManagementConfigurationSettingInstanceTemplateReference',
  '#microsoft.graph.deviceManagementConfigurationSettingValueTemplateReference',
  '#microsoft.graph.deviceComplianceScheduledActionForRule',
  '#microsoft.graph.deviceComplianceActionItem',
  '#microsoft.graph.managedMobileApp',
]);

/**
 * A value as it counts for comparison: no annotation but `@odata.type`, no action, nothing empty (null, `''`, `[]` and
 * `{}` are the same as absent), lists in a fixed order, names in theirs. Undefined when nothing is left.
 * @param without names that do not count at any depth
 */
export function canonicalValue(value: unknown, without: ReadonlySet<string> = NOTHING): unknown {
  return canonical(value, without, false);
}

const NOTHING: ReadonlySet<string> = new Set();

function canonical(value: unknown, without: ReadonlySet<string>, ordered: boolean): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) return canonicalObject(value as JsonObject, without, ordered);
  const members: unknown[] = [];
  for (const element of value as unknown[]) {
    const member = canonical(element, without, ordered);
    if (member !== undefined) members.push(member);
  }
  if (members.length === 0) return undefined;
  return ordered ? members : asMultiset(members, inOrderJson);
}

function canonicalObject(value: JsonObject, without: ReadonlySet<string>, ordered: boolean): JsonObject | undefined {
  const kept: JsonObject = {};
  let isEmpty = true;
  for (const key of sortedKeys(value)) {
    if (without.has(key)) continue;
    const member = canonicalMember(key, value[key], without, ordered);
    if (member === undefined) continue;
    kept[key] = member;
    isEmpty = false;
  }
  return isEmpty ? undefined : kept;
}

/** A member of an object, as {@link canonicalValue} has it; undefined when it does not count. */
export function canonicalMember(
  key: string,
  value: unknown,
  without: ReadonlySet<string> = NOTHING,
  ordered = false,
): unknown {
  const kind = kindOf(key);
  if (kind === 'annotation') return undefined;
  const member = canonical(value, without, ordered || kind === 'ordered list');
  if (kind === 'type' && IMPLIED_TYPES.has(member as string)) return undefined;
  return kind === 'template id' && typeof member === 'string' ? member.toLowerCase() : member;
}

type NameKind = 'annotation' | 'type' | 'ordered list' | 'template id' | 'other';

/** Names repeat in every policy, so each is judged once; beyond these many, which Graph does not have, anew each time. */
const MOST_NAMES = 20_000;
const kinds = new Map<string, NameKind>();

function kindOf(key: string): NameKind {
  let kind = kinds.get(key);
  if (kind !== undefined) return kind;
  if (key === '@odata.type') kind = 'type';
  else if (isAnnotation(key) || key === '__proto__') kind = 'annotation';
  else if (ORDERED_LISTS.has(key)) kind = 'ordered list';
  else kind = TEMPLATE_IDS.has(key) ? 'template id' : 'other';
  if (kinds.size < MOST_NAMES) kinds.set(key, kind);
  return kind;
}

/** `@odata.*`, `x@odata.*`, `@microsoft.graph.*` and `#microsoft.graph.<action>`; the object's own type is content. */
export function isAnnotation(key: string): boolean {
  return key !== '@odata.type' && (key.includes('@') || key.startsWith('#'));
}
