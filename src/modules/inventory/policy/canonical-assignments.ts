import { canonicalValue } from './canonical-value.js';
import { inOrderJson, isObject, type JsonObject } from './json.js';

/** Whom a policy is for. Ids are in lower case; what is not given is absent. */
export interface CanonicalAssignment {
  /** The target's type without namespace and suffix: `group`, `exclusionGroup`, `allDevices`, `allLicensedUsers`, ... */
  target: string;
  groupId?: string;
  collectionId?: string;
  filterId?: string;
  filterType?: string;
  /** Only when it is not the usual `apply`. */
  intent?: string;
  /** What else the assignment says: an app's install settings, a remediation's schedule, a Cloud PC's service plan. */
  details?: JsonObject;
}

/** What {@link CanonicalAssignment} says in words of its own, and what says where the assignment came from. */
const TOLD: ReadonlySet<string> = new Set([
  'id',
  'intent',
  'source',
  'sourceId',
  'target',
  '@odata.type',
  'groupId',
  'collectionId',
  'deviceAndAppManagementAssignmentFilterId',
  'deviceAndAppManagementAssignmentFilterType',
]);

const NO_FILTER = '00000000-0000-0000-0000-000000000000';

/**
 * Assignments as a set: neither their ids nor their order nor where they come from (`source`) count, and a zero filter
 * id is none. Every target carries the two filter fields (msgraph-beta-sdk, `DeviceAndAppManagementAssignmentTarget`).
 */
export function canonicalAssignments(assignments: readonly unknown[]): CanonicalAssignment[] {
  const targets = assignments.filter(isObject).flatMap((assignment) => {
    const target = assignment['target'];
    return isObject(target) ? [canonicalAssignment(assignment, target)] : [];
  });
  if (targets.length < 2) return targets;
  const unique = new Map(targets.map((target) => [inOrderJson(target), target]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}

/** Whether an element of `/assignments` says whom it is for. */
export function isAssignment(assignment: unknown): boolean {
  return isObject(assignment) && isObject(assignment['target']) && typeOf(assignment['target']) !== '';
}

function canonicalAssignment(assignment: JsonObject, target: JsonObject): CanonicalAssignment {
  const filterId = idIn(target, 'deviceAndAppManagementAssignmentFilterId');
  const filterType = target['deviceAndAppManagementAssignmentFilterType'];
  const groupId = idIn(target, 'groupId');
  const collectionId = idIn(target, 'collectionId');
  const { intent } = assignment;
  const details = detailsOf(assignment, target);
  // In the order of their names, so that equal assignments are equal JSON.
  const canonical: Partial<CanonicalAssignment> = {};
  if (collectionId !== undefined) canonical.collectionId = collectionId;
  if (details) canonical.details = details;
  if (filterId !== undefined && filterId !== NO_FILTER) {
    canonical.filterId = filterId;
    canonical.filterType = typeof filterType === 'string' ? filterType : 'none';
  }
  if (groupId !== undefined) canonical.groupId = groupId;
  if (typeof intent === 'string' && intent !== 'apply') canonical.intent = intent;
  return Object.assign(canonical, { target: typeOf(target) });
}

function detailsOf(assignment: JsonObject, target: JsonObject): JsonObject | undefined {
  const rest: JsonObject = {};
  for (const told of [target, assignment]) for (const key in told) if (!TOLD.has(key)) rest[key] = told[key];
  return canonicalValue(rest) as JsonObject | undefined;
}

function typeOf(target: JsonObject): string {
  const type = target['@odata.type'];
  return typeof type === 'string' ? type.replace(/^#microsoft\.graph\./, '').replace(/AssignmentTarget$/, '') : '';
}

function idIn(target: JsonObject, key: string): string | undefined {
  const id = target[key];
  return typeof id === 'string' && id !== '' ? id.toLowerCase() : undefined;
}
