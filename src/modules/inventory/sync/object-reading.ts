import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { GraphObject } from '#libs/graph-client/src/graph-client.js';
import { normalisePolicy, type NormalisedPolicy } from '../policy/canonical-policy.js';
import type { Completeness } from './completeness.js';

/** An object of the list that has an id, and which type it is of. */
export interface ListedObject {
  externalId: string;
  type: PolicyType;
  object: GraphObject;
}

/** The elements of each child by its name; undefined: not read to the end. */
export type ReadChildren = Map<string, readonly unknown[] | undefined>;

/** One object with what could be read of it; a part that is undefined could not be read to its end. */
export interface ObjectReading {
  externalId: string;
  type: PolicyType;
  object: GraphObject | undefined;
  children: ReadChildren;
  assignments: readonly unknown[] | undefined;
}

/** What is kept of a reading. Without `policy` the object exists, but something of it could not be read. */
export interface JudgedObject {
  externalId: string;
  type: PolicyType;
  completeness: Completeness;
  policy?: NormalisedPolicy;
}

/** Graph's own path of an object; a singleton is its collection. */
export function objectPath({ type: { collection }, externalId }: Pick<ListedObject, 'type' | 'externalId'>): string {
  return collection.shape === 'singleton' ? collection.path : `${collection.path}/${encodeURIComponent(externalId)}`;
}

/** Makes of a reading what is to be kept of it; the reading can then be let go. */
export function judge(reading: ObjectReading): JudgedObject {
  const { externalId, type } = reading;
  const whole = wholeObject(reading);
  const policy = whole && normalisePolicy(type, { externalId, ...whole });
  const completeness: Completeness = {
    settingsExpected: elementsExpected(reading),
    settingsStored: elementsRead(reading),
    assignmentsRead: reading.assignments !== undefined,
    secretsMasked: policy?.secretsMasked ?? 0,
    complete: policy !== undefined,
  };
  return { externalId, type, completeness, ...(policy ? { policy } : {}) };
}

/** The object with its children when every part of it is there; undefined otherwise. */
function wholeObject(reading: ObjectReading): { object: GraphObject; assignments: readonly unknown[] } | undefined {
  const { type, object, children, assignments } = reading;
  if (!object || !assignments) return undefined;
  if (type.nameField !== null && typeof object[type.nameField] !== 'string') return undefined;
  const whole: GraphObject = { ...object };
  for (const [name, elements] of children) {
    if (!elements) return undefined;
    whole[name] = elements;
  }
  const expected = elementsExpected(reading);
  return expected === null || expected === elementsRead(reading) ? { object: whole, assignments } : undefined;
}

/** How many settings Graph itself counts; null for types without a count. */
function elementsExpected({ type, object }: ObjectReading): number | null {
  const fields = type.collection.children.flatMap(({ countField }) => countField ?? []);
  const count = fields.map((name) => object?.[name]).find((value) => typeof value === 'number');
  return count ?? null;
}

/** How many were read: of the counted children where Graph counts, else of all that are parts of the object. */
function elementsRead({ type, children }: ObjectReading): number {
  const parts = type.collection.children.filter(({ relation }) => relation === undefined);
  const counted = parts.filter(({ countField }) => countField !== undefined);
  const names = (counted.length > 0 ? counted : parts).map(({ name }) => name);
  return names.reduce((sum, name) => sum + (children.get(name)?.length ?? 0), 0);
}
