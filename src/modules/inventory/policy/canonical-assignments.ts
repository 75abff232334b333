import { canonicalValue } from './canonical-value.js';
import { asMultiset, canonicalJson, isObject, type JsonObject } from './json.js';

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
  const unique = new Map(targets.map((target) => [canonicalJson(target), target]));
  return asMultiset([...unique.values()]);
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
  const filtered = filterId !== undefined && filterId !== NO_FILTER;
  return {
    target: typeOf(target),
    ...(groupId === undefined ? {} : { groupId }),
    ...(collectionId === undefined ? {} : { collectionId }),
    ...(filtered ? { filterId, filterType: typeof filterType === 'string' ? filterType : 'none' } : {}),
    ...(typeof intent === 'string' && intent !== 'apply' ? { intent } : {}),
    ...detailsOf({ ...target, ...assignment }),
  };
}

function detailsOf(told: JsonObject): { details?: JsonObject } {
  const rest = Object.fromEntries(Object.entries(told).filter(([key]) => !TOLD.has(key)));
  const details = canonicalValue(rest);
  return isObject(details) ? { details } : {};
}

function typeOf(target: JsonObject): string {
  const type = target['@odata.type'];
  return typeof type === 'string' ? type.replace(/^#microsoft\.graph\./, '').replace(/AssignmentTarget$/, '') : '';
}

function idIn(target: JsonObject, key: string): string | undefined {
  const id = target[key];
  return typeof id === 'string' && id !== '' ? id.toLowerCase() : undefined;
}
