import { expandedNames } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { isObject, type JsonObject } from '../../src/modules/inventory/policy/json.js';
import { visitPath } from '../../src/modules/inventory/policy/secret-path.js';
import { settingsName } from './policy-rereadings.js';

type Holder = JsonObject | unknown[];

/** One place of a policy where people may change something. */
export interface Place {
  /** From the top: names and indices. */
  path: readonly (string | number)[];
  part: 'name' | 'description' | 'body' | 'assignments';
  /** How it can change so that it means something else. */
  ways: readonly ChangeWay[];
}
export type ChangeWay = 'changed' | 'removed' | 'added';

const NO_FILTER = '00000000-0000-0000-0000-000000000000';
const EVERYONE = '#microsoft.graph.allLicensedUsersAssignmentTarget';
const SECRET = /«secret»/;
const FILTER_ID = 'deviceAndAppManagementAssignmentFilterId';
const FILTER_TYPE = 'deviceAndAppManagementAssignmentFilterType';

/** Every leaf, element and object of a policy that is content, by what the catalogue says of its type. */
export function placesOf(type: PolicyType, object: JsonObject): Place[] {
  const places: Place[] = [];
  const silent = silentPlaces(type, object);
  const visit = (value: unknown, path: readonly (string | number)[], part: Place['part']): void => {
    if (Array.isArray(value)) {
      if (value.length === 0) return void places.push({ path, part, ways: ['changed'] });
      const [first] = path;
      for (const [at, member] of value.entries()) {
        // One assignment given twice counts once.
        const twice = first === 'assignments' && path.length === 1;
        if (isObject(member) && !twice && says(member)) places.push({ path: [...path, at], part, ways: ['removed'] });
        visit(member, [...path, at], part);
      }
    } else if (isObject(value)) {
      if (Object.keys(value).length > 0 && !isWrapper(type, path)) places.push({ path, part, ways: ['added'] });
      for (const [key, member] of Object.entries(value)) {
        if (silent(value, key, path)) continue;
        visit(member, [...path, key], partOf(type, [...path, key]) ?? part);
      }
    } else if (typeof value !== 'string' || !SECRET.test(value)) {
      places.push({ path, part, ways: waysOf(value, path) });
    }
  };
  visit(object, [], 'body');
  return places;
}

/** A copy of the policy with this one change, and nothing else. */
export function changedAt(type: PolicyType, object: JsonObject, { path }: Place, way: ChangeWay): JsonObject {
  const changed = structuredClone(object);
  let holder: Holder = changed;
  for (const step of path.slice(0, -1)) holder = (holder as Record<string | number, Holder>)[step] as Holder;
  const last = path.at(-1);
  if (last === undefined) changed['somethingNew'] = 'new';
  else if (way === 'removed') {
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
  } else {
    const members = holder as Record<string | number, unknown>;
    const value = members[last];
    if (way === 'added') (value as JsonObject)['somethingNew'] = 'new';
    else if (path[0] === 'assignments' && path.length === 1) members[last] = [{ target: { '@odata.type': EVERYONE } }];
    else members[last] = another(value, isBase64(type, changed, holder, last));
  }
  return changed;
}

function another(value: unknown, base64: boolean): unknown {
  if (Array.isArray(value)) return ['new'];
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return 'new';
  return base64
    ? Buffer.concat([Buffer.from(value, 'base64'), Buffer.from('!')]).toString('base64')
    : `${value} changed`;
}

function waysOf(value: unknown, path: readonly (string | number)[]): readonly ChangeWay[] {
  if (value === null || value === '') return ['changed'];
  // What is implied where it is absent: Graph leaves out these types, and applies unless it is told otherwise.
  if (path.at(-1) === '@odata.type' || (path[0] === 'assignments' && path.at(-1) === 'intent')) return ['changed'];
  return ['changed', 'removed'];
}

/** Whether anything is left of it without types and what is empty, which is the same as absent. */
function says(value: unknown): boolean {
  if (!isObject(value) && !Array.isArray(value)) return value !== null && value !== '';
  return Object.entries(value).some(([key, member]) => key !== '@odata.type' && says(member));
}

function partOf({ nameField, collection }: PolicyType, path: readonly (string | number)[]): Place['part'] | undefined {
  if (path.length !== 1) return undefined;
  if (path[0] === nameField) return 'name';
  if (path[0] === 'description') return 'description';
  const apart = collection.assignments === 'own-collection' || collection.assignments === 'expanded';
  return path[0] === 'assignments' && apart ? 'assignments' : undefined;
}

/** An element of `settings` or `assignments` means what one of its members says. */
function isWrapper(type: PolicyType, path: readonly (string | number)[]): boolean {
  return path.length === 2 && path[0] === settingsName(type);
}

/** What is not content: what the catalogue calls volatile, the ids of what has no name of its own, annotations. */
function silentPlaces(
  type: PolicyType,
  object: JsonObject,
): (holder: JsonObject, key: string, path: readonly (string | number)[]) => boolean {
  const { collection, volatileFields } = type;
  const volatile = new Map<JsonObject, Set<string>>();
  for (const field of ['id', ...volatileFields]) {
    visitPath(object, field, (holder, key) =>
      volatile.set(holder, (volatile.get(holder) ?? new Set<string>()).add(key)),
    );
  }
  const settings = settingsName(type);
  const children = new Set(collection.children.map(({ name }) => name).filter((name) => name !== settings));
  const expanded = expandedNames(collection);
  return (holder, key, path) => {
    if (volatile.get(holder)?.has(key) === true) return true;
    if (key !== '@odata.type' && (key.includes('@') || key.startsWith('#'))) return true;
    const [first] = path;
    if (first === settings && path.length === 2) return key !== 'settingInstance';
    if (first === 'assignments') return isTold(holder, key, path);
    if (typeof first !== 'string' || (!children.has(first) && !expanded.has(first))) return false;
    const times = children.has(first) && /^(created|lastModified)DateTime$/.test(key);
    return times || key === 'version' || (key === 'id' && !namesElement(type, path));
  };
}

/** Where the assignment comes from, its type, and a filter that is none. */
function isTold(holder: JsonObject, key: string, path: readonly (string | number)[]): boolean {
  if (path.length === 2) return ['id', 'source', 'sourceId', '@odata.type'].includes(key);
  if (path.length !== 3) return false;
  const filter = holder[FILTER_ID];
  const none = typeof filter !== 'string' || filter === '' || filter === NO_FILTER;
  return (key === FILTER_TYPE && none) || (key === FILTER_ID && filter === NO_FILTER);
}

/** Whether the id in an object at this path is what the catalogue tells elements of the child apart by. */
function namesElement({ collection }: PolicyType, path: readonly (string | number)[]): boolean {
  const names = path.filter((step) => typeof step === 'string');
  const [first, ...below] = names;
  const child = collection.children.find(({ name }) => name === first);
  if (child === undefined) return false;
  if (child.keyedBy === [...below, 'id'].join('.')) return true;
  return child.each?.name === below[0] && child.each?.keyedBy === [...below.slice(1), 'id'].join('.');
}

function isBase64({ base64Fields }: PolicyType, object: JsonObject, holder: Holder, key: string | number): boolean {
  let found = false;
  for (const path of base64Fields ?? []) {
    visitPath(object, path, (one, name) => {
      if (one === holder && name === key) found = true;
    });
  }
  return found;
}
