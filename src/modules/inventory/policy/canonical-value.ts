import { asMultiset, isObject, type JsonObject } from './json.js';

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
 * `{}` are the same as absent), lists in a fixed order. Undefined when nothing is left.
 * @param without names that do not count at any depth
 */
export function canonicalValue(value: unknown, without: ReadonlySet<string> = NOTHING): unknown {
  return canonical(value, without, false);
}

const NOTHING: ReadonlySet<string> = new Set();

function canonical(value: unknown, without: ReadonlySet<string>, ordered: boolean): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) {
    const members = value.map((member) => canonical(member, without, ordered)).filter((member) => member !== undefined);
    if (members.length === 0) return undefined;
    return ordered ? members : asMultiset(members);
  }
  return isObject(value) ? canonicalObject(value, without, ordered) : value;
}

function canonicalObject(value: JsonObject, without: ReadonlySet<string>, ordered: boolean): JsonObject | undefined {
  const kept: JsonObject = {};
  for (const key of Object.keys(value).sort()) {
    if (isAnnotation(key) || without.has(key)) continue;
    const member = canonical(value[key], without, ordered || ORDERED_LISTS.has(key));
    if (member === undefined || (key === '@odata.type' && IMPLIED_TYPES.has(member as string))) continue;
    kept[key] = TEMPLATE_IDS.has(key) && typeof member === 'string' ? member.toLowerCase() : member;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** `@odata.*`, `x@odata.*`, `@microsoft.graph.*` and `#microsoft.graph.<action>`; the object's own type is content. */
export function isAnnotation(key: string): boolean {
  return key !== '@odata.type' && (key.includes('@') || key.startsWith('#'));
}
