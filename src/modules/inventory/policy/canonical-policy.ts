import { platformOf } from '#libs/graph-client/src/catalogue/policy-facts.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { canonicalAssignments, type CanonicalAssignment } from './canonical-assignments.js';
import { canonicalSettings, type CanonicalSettings } from './canonical-settings.js';
import { canonicalValue } from './canonical-value.js';
import { hashOf, isObject, storable, type JsonObject } from './json.js';
import { maskSecrets } from './mask-secrets.js';

/** A policy without noise and without secrets: equal content is equal JSON, whenever and in whatever order it was read. */
export interface CanonicalPolicy {
  name: string;
  description: string | null;
  /** Top-level properties, scope tags among them; for `inline` types this is the whole body. */
  properties: JsonObject;
  /** Empty for types whose settings are properties. */
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
  /** The object as it was read, with `settings` and `assignments`, less its secrets. */
  raw: JsonObject;
  secretsMasked: number;
}

/** One object as Graph gave it, joined with its collections where those are read apart. */
export interface ReadPolicy {
  externalId: string;
  object: JsonObject;
  settings: readonly unknown[];
  assignments: readonly unknown[];
}

/** Normalises one policy of `type`. Pure: equal input gives equal output on every machine. */
export function normalisePolicy(type: PolicyType, read: ReadPolicy): NormalisedPolicy {
  const settings = type.settings === 'own-collection' ? { settings: read.settings } : {};
  const whole = storable({ ...read.object, ...settings, assignments: read.assignments }) as JsonObject;
  const { object: raw, secretsMasked } = maskSecrets(type, whole);
  const content = contentOf(type, raw);
  const { platforms, '@odata.type': odataType } = raw;
  return {
    externalId: read.externalId,
    platform: platformOf(type, { platforms, ...(typeof odataType === 'string' ? { '@odata.type': odataType } : {}) }),
    content,
    hashes: hashesOf(content),
    raw,
    secretsMasked,
  };
}

export function hashesOf(content: CanonicalPolicy): PolicyHashes {
  const { properties, settings, assignments } = content;
  return {
    contentHash: hashOf({ v: 1, content }),
    bodyHash: hashOf({ v: 1, properties, settings }),
    assignmentsHash: hashOf({ v: 1, assignments }),
  };
}

function contentOf(type: PolicyType, raw: JsonObject): CanonicalPolicy {
  const name = raw[type.nameField];
  const description = raw['description'];
  return {
    name: typeof name === 'string' ? name : '',
    description: typeof description === 'string' && description !== '' ? description : null,
    properties: propertiesOf(type, raw),
    settings: type.settings === 'own-collection' ? canonicalSettings(listIn(raw, 'settings')) : {},
    assignments: canonicalAssignments(listIn(raw, 'assignments')),
  };
}

/** Inside expanded collections Graph's own ids and versions change with every write of the policy. */
const ELEMENT_IDENTITY: ReadonlySet<string> = new Set(['id', 'version']);

function propertiesOf(type: PolicyType, raw: JsonObject): JsonObject {
  const expanded = expandedNames(type);
  const left = new Set<string>([type.nameField, 'description', 'assignments', ...type.volatileFields]);
  if (type.settings === 'own-collection') left.add('settings');
  for (const field of type.readOnlyFields) if (!expanded.has(field)) left.add(field);
  const properties: JsonObject = {};
  for (const key of Object.keys(raw).sort()) {
    if (left.has(key)) continue;
    const wrapped = canonicalValue({ [key]: raw[key] }, expanded.has(key) ? ELEMENT_IDENTITY : undefined);
    if (isObject(wrapped)) Object.assign(properties, wrapped);
  }
  if (properties['@odata.type'] === undefined && type.impliedOdataType !== undefined) {
    properties['@odata.type'] = type.impliedOdataType;
  }
  return properties;
}

/** What `$expand` brings besides assignments is content, even where Graph takes it by an action of its own only. */
function expandedNames(type: PolicyType): ReadonlySet<string> {
  const names = [type.expand, type.itemExpand].flatMap((expand) => expand?.replace(/\([^()]*\)/g, '').split(',') ?? []);
  return new Set(names.filter((name) => name !== 'assignments'));
}

function listIn(raw: JsonObject, key: string): readonly unknown[] {
  const list = raw[key];
  return Array.isArray(list) ? list : [];
}
