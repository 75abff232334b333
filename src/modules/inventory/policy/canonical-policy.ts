import { isCatalogSettings, platformOf } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { GraphCollection, PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { canonicalAssignments, type CanonicalAssignment } from './canonical-assignments.js';
import { canonicalParts } from './canonical-children.js';
import { canonicalSettings, type CanonicalSettings } from './canonical-settings.js';
import { canonicalMember } from './canonical-value.js';
import { decodeScripts } from './decode-scripts.js';
import { canonicalJson, copyOf, inOrderJson, sortedKeys, sha256, storable, type JsonObject } from './json.js';
import { maskSecrets } from './mask-secrets.js';
import { visitPath } from './secret-path.js';
import { surveyOf } from './survey.js';

/** A policy without noise and without secrets: equal content is equal JSON, whenever and in whatever order it was read. */
export interface CanonicalPolicy {
  name: string;
  description: string | null;
  /** Top-level properties, scope tags among them, and what stands in collections below the object. */
  properties: JsonObject;
  /** The settings of the settings catalog; empty for types whose settings are properties. */
  settings: CanonicalSettings;
  assignments: CanonicalAssignment[];
}

/** Sha-256 in hex. The content is everything; the body is what a device obeys, without name, description, assignments. */
export interface PolicyHashes {
  contentHash: string;
  bodyHash: string;
  assignmentsHash: string;
}

export interface NormalisedPolicy {
  externalId: string;
  platform: string | null;
  content: CanonicalPolicy;
  hashes: PolicyHashes;
  /** The object as it was read, with its children and `assignments`, less its secrets. */
  raw: JsonObject;
  secretsMasked: number;
}

/** One object as Graph gave it, joined with its children under their names. */
export interface ReadPolicy {
  externalId: string;
  object: JsonObject;
  assignments: readonly unknown[];
}

/** Normalises one policy of `type`. Pure: equal input gives equal output on every machine. */
export function normalisePolicy(type: PolicyType, read: ReadPolicy): NormalisedPolicy {
  const assignments = hasAssignments(type.collection) ? { assignments: read.assignments } : {};
  const given: JsonObject = { ...read.object, ...assignments };
  const { isStorable, mayHoldSecrets } = surveyOf(type, given);
  const whole = isStorable ? given : storable(given);
  const { object: raw, secretsMasked } = mayHoldSecrets
    ? maskSecrets(type, isStorable ? copyOf(given) : whole)
    : { object: whole, secretsMasked: 0 };
  const content = contentOf(type, raw);
  const { platforms, '@odata.type': odataType } = raw;
  return {
    externalId: read.externalId,
    platform: platformOf(type, { platforms, ...(typeof odataType === 'string' ? { '@odata.type': odataType } : {}) }),
    content,
    hashes: hashesOf(content, inOrderJson),
    raw,
    secretsMasked,
  };
}

/**
 * Over the canonical JSON of `{v: 1, content}`, `{v: 1, properties, settings}` and `{v: 1, assignments}`.
 * @param json canonical JSON; content that was just made has its names in order, which is written out sooner
 */
export function hashesOf(content: CanonicalPolicy, json: (value: unknown) => string = canonicalJson): PolicyHashes {
  // The large parts stand in two of the three; each is written out once.
  const properties = json(content.properties);
  const settings = json(content.settings);
  const assignments = json(content.assignments);
  const name = json(content.name);
  const description = json(content.description);
  const body = `"properties":${properties},"settings":${settings}`;
  return {
    contentHash: sha256(
      `{"content":{"assignments":${assignments},"description":${description},"name":${name},`,
      body,
      '},"v":1}',
    ),
    bodyHash: sha256('{', body, ',"v":1}'),
    assignmentsHash: sha256(`{"assignments":${assignments},"v":1}`),
  };
}

function contentOf(type: PolicyType, raw: JsonObject): CanonicalPolicy {
  const object = withoutNoise(type, decodeScripts(type, raw));
  const { nameField, collection } = type;
  const name = nameField === null ? type.label : object[nameField];
  const description = object['description'];
  const settings = collection.children.find(isCatalogSettings);
  return {
    name: typeof name === 'string' ? name : '',
    description: typeof description === 'string' && description !== '' ? description : null,
    properties: propertiesOf(type, object),
    settings: settings ? canonicalSettings(listIn(object, settings.name)) : {},
    assignments: hasAssignments(collection) ? canonicalAssignments(listIn(object, 'assignments')) : [],
  };
}

/** The object without what changes by itself inside of its collections; the object itself where there is no such thing. */
function withoutNoise({ volatileFields }: PolicyType, object: JsonObject): JsonObject {
  const paths = volatileFields.filter((field) => field.includes('.'));
  if (paths.length === 0) return object;
  const quiet = structuredClone(object);
  for (const path of paths) visitPath(quiet, path, (holder, key) => delete holder[key]);
  return quiet;
}

function hasAssignments({ assignments }: GraphCollection): boolean {
  return assignments === 'own-collection' || assignments === 'expanded';
}

/** What of the objects of a type is a property, and what makes its canonical form where a name alone does not say. */
interface Layout {
  /** Names of properties that are told elsewhere in the content, or not at all. */
  left: ReadonlySet<string>;
  parts: ReturnType<typeof canonicalParts>;
}

const layouts = new WeakMap<PolicyType, Layout>();

function layoutOf(type: PolicyType): Layout {
  const known = layouts.get(type);
  if (known) return known;
  const { collection, nameField, volatileFields } = type;
  const left = new Set<string>(['id', 'description', ...volatileFields]);
  if (nameField !== null) left.add(nameField);
  if (hasAssignments(collection)) left.add('assignments');
  for (const child of collection.children) if (isCatalogSettings(child)) left.add(child.name);
  const layout = { left, parts: canonicalParts(collection) };
  layouts.set(type, layout);
  return layout;
}

function propertiesOf(type: PolicyType, object: JsonObject): JsonObject {
  const { left, parts } = layoutOf(type);
  const typed = { '@odata.type': undefined, ...object };
  const properties: JsonObject = {};
  for (const key of sortedKeys(typed)) {
    if (left.has(key)) continue;
    const part = parts.get(key);
    const own = part ? part(object[key]) : canonicalMember(key, object[key]);
    const value = own === undefined && key === '@odata.type' ? type.impliedOdataType : own;
    if (value !== undefined) properties[key] = value;
  }
  return properties;
}

function listIn(raw: JsonObject, key: string): readonly unknown[] {
  const list = raw[key];
  return Array.isArray(list) ? list : [];
}
