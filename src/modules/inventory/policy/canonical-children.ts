import { expandedNames, isCatalogSettings } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { ChildCollection, GraphCollection } from '#libs/graph-client/src/catalogue/policy-type.js';
import { canonicalValue } from './canonical-value.js';
import { asMultiset, canonicalJson, inOrder, inOrderJson, isObject } from './json.js';

/** Inside expanded collections Graph's own ids and versions change with every write of the policy. */
const ELEMENT_IDENTITY: ReadonlySet<string> = new Set(['id', 'version']);

/** Elements of collections of their own carry times besides. */
const CHILD_NOISE: ReadonlySet<string> = new Set(['id', 'version', 'createdDateTime', 'lastModifiedDateTime']);

type Keyed = Partial<Pick<ChildCollection, 'keyedBy' | 'each'>>;

/** A part of a policy's properties, or undefined when it is empty. */
type CanonicalPart = (value: unknown) => unknown;

/**
 * The properties that Graph serves as collections, each with what makes its canonical form: expanded ones are sets;
 * children that say what they are become an object by that (`definitionValues` by definition, messages by locale), so
 * that their order and their ids of the day never count. The settings of the settings catalog are not among them.
 */
export function canonicalParts(collection: GraphCollection): ReadonlyMap<string, CanonicalPart> {
  const parts = new Map<string, CanonicalPart>();
  for (const name of expandedNames(collection)) {
    if (name !== 'assignments') parts.set(name, (value) => canonicalValue(value, ELEMENT_IDENTITY));
  }
  for (const child of collection.children) {
    if (!isCatalogSettings(child)) parts.set(child.name, (value) => canonicalElements(child, value));
  }
  return parts;
}

function canonicalElements({ keyedBy, each }: Keyed, value: unknown): unknown {
  if (!Array.isArray(value)) return canonicalValue(value, CHILD_NOISE);
  const byKey = new Map<string, unknown[]>();
  for (const element of value as unknown[]) {
    const kept = canonicalElement(each, element);
    if (kept === undefined) continue;
    const key = keyedBy === undefined ? '' : (keyOf(element, keyedBy) ?? '');
    const others = byKey.get(key);
    if (others) others.push(kept);
    else byKey.set(key, [kept]);
  }
  if (byKey.size === 0) return undefined;
  if (keyedBy === undefined) return asMultiset(byKey.get('') ?? [], inOrderJson);
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([key, elements]) => [key, elements.length === 1 ? elements[0] : asMultiset(elements, inOrderJson)]),
  );
}

function canonicalElement(each: ChildCollection['each'], element: unknown): unknown {
  const below = each?.name;
  if (!isObject(element) || below === undefined || below === null) return canonicalValue(element, CHILD_NOISE);
  const { [below]: grandchildren, ...own } = element;
  const kept = canonicalValue(own, CHILD_NOISE);
  const inner = canonicalElements({ ...(each?.keyedBy === undefined ? {} : { keyedBy: each.keyedBy }) }, grandchildren);
  if (inner === undefined) return kept;
  return inOrder({ ...(isObject(kept) ? kept : {}), [below]: inner });
}

/** What an element says it is, by `ChildCollection.keyedBy`; undefined when it does not say. */
export function keyOf(element: unknown, keyedBy: string): string | undefined {
  let value: unknown = element;
  for (const name of keyedBy.split('.')) value = isObject(value) ? value[name] : undefined;
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? canonicalJson(value) : undefined;
}
