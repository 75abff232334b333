import { randomUUID } from 'node:crypto';
import { bodiesOf, isBody, textOf, without, type GraphBody } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import type { StoredPolicy } from '../../store/tenant-store.js';
import { pathOf } from '../collections.js';
import type { AssignRule } from '../collections/write-spec.js';
import type { GraphReply } from '../graph-errors.js';
import { contextOf } from '../policy-reads.js';
import { locationOf } from '../reply-parts.js';
import { checkMembers } from './model-check.js';
import { bareChild } from './new-children.js';
import { refuse } from './refusals.js';
import { bodyOf, store, type WriteContext } from './write-context.js';

const ZERO = '00000000-0000-0000-0000-000000000000';
/** Ids that stand for all devices and all users in the ids of assignments, the same in every tenant. */
const EVERYONE: Record<string, string> = {
  '#microsoft.graph.allDevicesAssignmentTarget': 'adadadad-808e-44e2-905a-0b7873a8a531',
  '#microsoft.graph.allLicensedUsersAssignmentTarget': 'acacacac-9df4-4c7d-9d50-4ef0226f57a9',
};
const GROUP_TARGETS = new Set([
  '#microsoft.graph.groupAssignmentTarget',
  '#microsoft.graph.exclusionGroupAssignmentTarget',
  '#microsoft.graph.cloudPcManagementGroupAssignmentTarget',
]);
const COLLECTION_TARGET = '#microsoft.graph.configurationManagerCollectionAssignmentTarget';
const WITH_MODIFIED = new Set(['groupPolicyConfigurations', 'policySets']);

type Replacing = Extract<AssignRule, { style: 'replace' }>;

/** The action that replaces the whole list; an empty list takes every assignment away. Throws GraphRefusal. */
export function assignObject(context: WriteContext, policy: StoredPolicy, rule: Replacing): GraphReply {
  const { call, spec } = context;
  const body = inNewForm(bodyOf(call), rule);
  const given = body[rule.bodyKey];
  // The update action of policy sets may change the items alone.
  if (rule.action === 'assign' && !Array.isArray(given))
    throw refuse(call, `The request body has to have the list '${rule.bodyKey}'.`);
  checkMembers(context, policy.body, 'assignments', bodiesOf(body, rule.bodyKey));
  const assignments = Array.isArray(given)
    ? bodiesOf(body, rule.bodyKey).map((entry) => assignmentOf(context, policy, rule, entry))
    : bodiesOf(policy.body, 'assignments');
  const items: GraphBody = rule.action === 'update' ? { items: changedItems(policy.body, body) } : {};
  store(context, policy, { assignments, ...items }, 'Action');
  if (rule.status === 204) return { status: rule.status, headers: {}, body: undefined };
  const value = { '@odata.context': `${contextOf(call, spec)}('${policy.id}')/assignments`, value: assignments };
  return { status: rule.status, headers: {}, body: value };
}

/** Assignments of the action's older form in the newer one. */
function inNewForm(body: GraphBody, { bodyKey, oldBodyKey }: Replacing): GraphBody {
  if (oldBodyKey === undefined || body[bodyKey] !== undefined || !Array.isArray(body[oldBodyKey])) return body;
  const targets = bodiesOf(body, oldBodyKey).map(({ targetGroupId = null, excludeGroup }) => ({
    target: {
      '@odata.type': `#microsoft.graph.${excludeGroup === true ? 'exclusionGroupAssignmentTarget' : 'groupAssignmentTarget'}`,
      groupId: targetGroupId,
    },
  }));
  return { ...body, [bodyKey]: targets };
}

/** One more assignment, for types that are assigned target by target. Throws GraphRefusal. */
export function addAssignment(
  context: WriteContext,
  policy: StoredPolicy,
  status: number,
  source: boolean,
): GraphReply {
  const { call, spec } = context;
  checkMembers(context, policy.body, 'assignments', [bodyOf(call)]);
  const assignment = assignmentOf(context, policy, { ids: '_', source }, bodyOf(call));
  const others = bodiesOf(policy.body, 'assignments').filter(({ id }) => id !== assignment.id);
  store(context, policy, { assignments: [...others, assignment] }, 'Action');
  const at = `${contextOf(call, spec)}('${policy.id}')/assignments/$entity`;
  const headers = locationOf(
    call,
    status,
    `${pathOf(spec)}('${policy.id}')/assignments('${textOf(assignment, 'id') ?? ''}')`,
  );
  return { status, headers, body: { '@odata.context': at, ...assignment } };
}

function assignmentOf(
  { call, spec }: WriteContext,
  policy: StoredPolicy,
  { ids, source }: Pick<Replacing, 'ids' | 'source'>,
  given: GraphBody,
): GraphBody {
  const rest = without(bareChild(given), ['id', 'source', 'sourceId', '@odata.type']);
  const target = isBody(given.target ?? null) ? (given.target as GraphBody) : {};
  const place = placeOf(call, target);
  checkFilter(call, target);
  const id =
    ids === 'incl'
      ? `${place}_${target['@odata.type'] === '#microsoft.graph.exclusionGroupAssignmentTarget' ? 'excl' : 'incl'}`
      : `${policy.id}${ids}${place}${typeof rest.intent === 'string' && spec.key === 'mobileApps' ? `_${rest.intent}` : ''}`;
  return {
    id,
    ...(WITH_MODIFIED.has(spec.key) ? { lastModifiedDateTime: graphTime(call.trace.now) } : {}),
    ...(source ? { source: 'direct', sourceId: ids === 'incl' ? ZERO : policy.id } : {}),
    ...rest,
    target: withFilter(spec.root, target),
  };
}

/** The group or the stand-in for everyone that a target means. Throws a 400 refusal for a group that is not there. */
function placeOf(call: WriteContext['call'], target: GraphBody): string {
  const type = textOf(target, '@odata.type') ?? '';
  const everyone = EVERYONE[type];
  if (everyone !== undefined) return everyone;
  if (type === COLLECTION_TARGET) return textOf(target, 'collectionId') ?? '';
  if (!GROUP_TARGETS.has(type)) throw refuse(call, `The assignment target '${type}' is not supported.`);
  const groupId = textOf(target, 'groupId') ?? '';
  if (call.tenant.directory.find('group', groupId) === undefined)
    throw refuse(call, `Invalid GroupId : ${groupId} provided, a valid AADGroupId is expected.`);
  return groupId;
}

function checkFilter(call: WriteContext['call'], target: GraphBody): void {
  const filterId = textOf(target, 'deviceAndAppManagementAssignmentFilterId') ?? ZERO;
  if (filterId === ZERO) return;
  if (call.tenant.policy(filterId)?.collection !== 'assignmentFilters')
    throw refuse(call, `Assignment filter ${filterId} is not found.`);
}

/** A target as the service tells it: with its filter, or the word that there is none. Windows 365 has no filters. */
function withFilter(root: WriteContext['spec']['root'], target: GraphBody): GraphBody {
  if (root === 'deviceManagement/virtualEndpoint') return target;
  const filterId = textOf(target, 'deviceAndAppManagementAssignmentFilterId') ?? ZERO;
  return {
    ...target,
    deviceAndAppManagementAssignmentFilterId: filterId === ZERO ? null : filterId,
    deviceAndAppManagementAssignmentFilterType:
      filterId === ZERO ? 'none' : (textOf(target, 'deviceAndAppManagementAssignmentFilterType') ?? 'include'),
  };
}

/** Items of a policy set after `addedPolicySetItems`, `updatedPolicySetItems` and `deletedPolicySetItems`. */
function changedItems(before: GraphBody, body: GraphBody): GraphBody[] {
  const gone = new Set(Array.isArray(body.deletedPolicySetItems) ? body.deletedPolicySetItems : []);
  const updates = new Map(bodiesOf(body, 'updatedPolicySetItems').map((item) => [item.id ?? null, item]));
  const kept = bodiesOf(before, 'items')
    .filter((item) => !gone.has(item.id ?? null))
    .map((item) => ({ ...item, ...updates.get(item.id ?? null) }));
  const added = bodiesOf(body, 'addedPolicySetItems').map((item) => ({ ...item, id: randomUUID() }));
  return [...kept, ...added];
}
