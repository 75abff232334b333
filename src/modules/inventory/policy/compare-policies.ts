import type { CanonicalAssignment } from './canonical-assignments.js';
import type { CanonicalPolicy } from './canonical-policy.js';
import { canonicalJson, isObject, type JsonObject } from './json.js';
import { readableInstances } from './readable-setting.js';

/**
 * One difference, both sides as people read them; what was absent is null, and a secret is only ever its marker.
 * `path`: `name`, `description`, `settings/<settingDefinitionId>`, `assignments/<target>[/<group>]`, else the property's
 * own path with dots.
 */
export interface PolicyChange {
  path: string;
  settingDefinitionId?: string;
  before: unknown;
  after: unknown;
  change: 'added' | 'removed' | 'changed';
  section: 'settings' | 'properties' | 'name' | 'assignments';
}

/**
 * What differs between two states of a policy: one entry per top-level setting definition (nested differences belong to
 * it), per property and per assignment target, sorted by path within each section. Order and volatile fields are gone
 * from canonical content, so they never count.
 */
export function comparePolicies(before: CanonicalPolicy, after: CanonicalPolicy): PolicyChange[] {
  return [
    ...namingChanges(before, after),
    ...settingChanges(before, after),
    ...propertyChanges(before.properties, after.properties),
    ...assignmentChanges(before.assignments, after.assignments),
  ];
}

function namingChanges(before: CanonicalPolicy, after: CanonicalPolicy): PolicyChange[] {
  return (['name', 'description'] as const).flatMap((path) =>
    before[path] === after[path]
      ? []
      : [{ path, before: before[path], after: after[path], change: 'changed' as const, section: 'name' as const }],
  );
}

function settingChanges(before: CanonicalPolicy, after: CanonicalPolicy): PolicyChange[] {
  return keysOf(before.settings, after.settings).flatMap((settingDefinitionId) => {
    const old = before.settings[settingDefinitionId] ?? [];
    const now = after.settings[settingDefinitionId] ?? [];
    if (canonicalJson(old) === canonicalJson(now)) return [];
    const readable = [readableInstances(old), readableInstances(now)] as const;
    // Where only a template reference differs, the readable values are equal and would explain nothing.
    const [shownBefore, shownAfter] = canonicalJson(readable[0]) === canonicalJson(readable[1]) ? [old, now] : readable;
    return [
      {
        path: `settings/${settingDefinitionId}`,
        settingDefinitionId,
        before: shownBefore,
        after: shownAfter,
        change: kindOf(old.length > 0, now.length > 0),
        section: 'settings' as const,
      },
    ];
  });
}

function propertyChanges(before: JsonObject, after: JsonObject, prefix = ''): PolicyChange[] {
  return keysOf(before, after).flatMap((key) => {
    const [old, now] = [before[key], after[key]];
    const path = `${prefix}${key}`;
    if (canonicalJson(old) === canonicalJson(now)) return [];
    if (isObject(old) && isObject(now)) return propertyChanges(old, now, `${path}.`);
    const [shownBefore, shownAfter] =
      isListOfObjects(old) && isListOfObjects(now)
        ? [lackedBy(now, old), lackedBy(old, now)]
        : [old ?? null, now ?? null];
    const change = kindOf(old !== undefined, now !== undefined);
    return [{ path, before: shownBefore, after: shownAfter, change, section: 'properties' as const }];
  });
}

function isListOfObjects(value: unknown): value is JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}

/** Of long lists (OMA settings, rules) only the elements that the other side lacks are shown. */
function lackedBy(other: readonly JsonObject[], own: readonly JsonObject[]): JsonObject[] {
  const left = other.map(canonicalJson);
  return own.filter((element) => {
    const at = left.indexOf(canonicalJson(element));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function assignmentChanges(
  before: readonly CanonicalAssignment[],
  after: readonly CanonicalAssignment[],
): PolicyChange[] {
  const old = byTarget(before);
  const now = byTarget(after);
  return keysOf(old, now).flatMap((path) => {
    const [was, is] = [old[path], now[path]];
    if (canonicalJson(was) === canonicalJson(is)) return [];
    const change = kindOf(was !== undefined, is !== undefined);
    return [{ path, before: readableTarget(was), after: readableTarget(is), change, section: 'assignments' as const }];
  });
}

function byTarget(assignments: readonly CanonicalAssignment[]): Record<string, CanonicalAssignment[]> {
  const found: Record<string, CanonicalAssignment[]> = {};
  for (const assignment of assignments) {
    const whom = [assignment.target, assignment.groupId ?? assignment.collectionId].filter(
      (part) => part !== undefined,
    );
    (found[`assignments/${whom.join('/')}`] ??= []).push(assignment);
  }
  return found;
}

function readableTarget(assignments: readonly CanonicalAssignment[] | undefined): unknown {
  const [first, ...others] = assignments ?? [];
  return others.length > 0 ? assignments : (first ?? null);
}

function keysOf(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

function kindOf(was: boolean, is: boolean): PolicyChange['change'] {
  if (was && is) return 'changed';
  return is ? 'added' : 'removed';
}
