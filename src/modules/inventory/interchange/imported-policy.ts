import type { ChildCollection, PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { isAssignment } from '../policy/canonical-assignments.js';
import { keyOf } from '../policy/canonical-children.js';
import { normalisePolicy, type NormalisedPolicy } from '../policy/canonical-policy.js';
import { isObject, type JsonObject } from '../policy/json.js';
import { FileFault } from './policy-file.js';

/** A policy as a file holds it, in the same canonical form as one of the tenant. */
export interface ImportedPolicy {
  file: string;
  type: PolicyType;
  /** Graph's id; null where the tool leaves it out. */
  externalId: string | null;
  policy: Pick<NormalisedPolicy, 'content' | 'hashes' | 'platform' | 'secretsMasked'>;
  /** Settings and other children of Graph that the file holds. */
  settings: number;
  /** Collections that the file leaves out, or whose elements do not say what they are; such a policy is not compared. */
  missing: string[];
  /** Whether the file says whom the policy is for by ids: exports may leave assignments out, or name groups instead. */
  assignmentsComparable: boolean;
  /** Whether the file says its scope tags by ids. */
  scopeTagsComparable: boolean;
}

/**
 * Normalises an exported object.
 * @param companion children of the object from the file beside it
 * @throws FileFault for an object without a name, or with fewer settings than Graph counted
 */
export function importedPolicy(
  file: string,
  type: PolicyType,
  exported: JsonObject,
  companion: readonly unknown[] | undefined,
): ImportedPolicy {
  const children = type.collection.children.filter((child) => isChildOf(child, exported));
  const object = withCompanion(exported, children, companion);
  const { id, assignments } = object;
  const externalId = typeof id === 'string' && id !== '' ? id : null;
  if (type.nameField !== null && typeof object[type.nameField] !== 'string') {
    throw new FileFault('file.without_name', `It has no ${type.nameField}, which every ${type.label} has.`);
  }
  for (const child of children) refuseIncomplete(child, object);
  const targets = Array.isArray(assignments) ? (assignments as unknown[]) : undefined;
  const read = { externalId: externalId ?? file, object, assignments: targets ?? [] };
  const { content, hashes, platform, secretsMasked } = normalisePolicy(type, read);
  return {
    file,
    type,
    externalId,
    policy: { content, hashes, platform, secretsMasked },
    settings: children.reduce((sum, { name }) => sum + (listIn(object, name)?.length ?? 0), 0),
    missing: children.filter((child) => !isComparable(child, object)).map(({ name }) => name),
    scopeTagsComparable: scopeTagsAreIds(type, object),
    assignmentsComparable: targets?.every((target) => isAssignment(target) && !namesGroup(target)) ?? false,
  };
}

function isChildOf({ odataTypes }: ChildCollection, object: JsonObject): boolean {
  const odataType = object['@odata.type'];
  return odataTypes === undefined || (typeof odataType === 'string' && odataTypes.includes(odataType));
}

function withCompanion(
  object: JsonObject,
  children: readonly ChildCollection[],
  companion: readonly unknown[] | undefined,
): JsonObject {
  const lacking = children.find(({ name }) => listIn(object, name) === undefined);
  return companion && lacking ? { ...object, [lacking.name]: companion } : object;
}

/** IntuneManagement writes the values of administrative templates as links (`definition@odata.bind`) to write them back. */
function isComparable({ name, keyedBy, relation }: ChildCollection, object: JsonObject): boolean {
  const elements = listIn(object, name);
  if (relation !== undefined) return elements?.every((element) => typeof element === 'string') ?? false;
  return elements?.every((element) => keyedBy === undefined || keyOf(element, keyedBy) !== undefined) ?? false;
}

/** Graph's own count is the proof that an export is whole. */
function refuseIncomplete({ name, countField }: ChildCollection, object: JsonObject): void {
  const expected = countField === undefined ? undefined : object[countField];
  const found = listIn(object, name);
  if (typeof expected !== 'number' || found === undefined || found.length === expected) return;
  throw new FileFault('file.settings_missing', `It holds ${found.length} of its ${expected} ${name}. Export it again.`);
}

/** IntuneCD writes `groupName` in the place of `groupId` (`BaseGraphModule.get_object_assignment`). */
function namesGroup(assignment: unknown): boolean {
  const target = isObject(assignment) ? assignment['target'] : undefined;
  return isObject(target) && target['groupName'] !== undefined && target['groupId'] === undefined;
}

/** IntuneCD may write names in their place (`ProcessScopeTags`); the ids are whole numbers. */
function scopeTagsAreIds({ scopeTagField }: PolicyType, object: JsonObject): boolean {
  const tags = scopeTagField === null ? undefined : listIn(object, scopeTagField);
  return tags === undefined || tags.every((tag) => typeof tag === 'string' && /^\d+$/.test(tag));
}

function listIn(object: JsonObject, name: string): unknown[] | undefined {
  const list = object[name];
  return Array.isArray(list) ? (list as unknown[]) : undefined;
}
