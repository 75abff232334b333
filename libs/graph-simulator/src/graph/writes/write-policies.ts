import { bodiesOf, isBody } from '../../store/graph-body.js';
import type { StoredPolicy } from '../../store/tenant-store.js';
import { collectionOf, type CollectionSpec } from '../collections.js';
import type { WriteSpec } from '../collections/write-spec.js';
import { familyOf, type GraphCall } from '../graph-call.js';
import { GraphRefusal, notFound, unknownSegment, wrongVerb, type GraphReply } from '../graph-errors.js';
import { restoreDeleted } from '../deleted-items.js';
import { policyAt } from '../policy-reads.js';
import { allow } from '../reply-parts.js';
import { performAction } from './actions.js';
import { addAssignment, assignObject } from './assignments.js';
import { writeChild } from './child-writes.js';
import { createObject, deleteObject, updateObject } from './object-writes.js';
import { refuse } from './refusals.js';
import { actorOf, bodyOf, store, type WriteContext } from './write-context.js';

const APPROVAL_HEADER = 'x-msft-approval-justification';

/** A write in a collection: on the list, on an object, or on what is below it. Throws GraphRefusal. */
export function writePolicies(call: GraphCall, spec: CollectionSpec, segments: readonly string[]): GraphReply {
  const rules = spec.writes;
  if (rules === undefined) throw wrongVerb(call.trace);
  allow(call, familyOf(call.target), rules.permissions);
  checkApproval(call, rules);
  const context: WriteContext = { call, spec, rules };
  const [id, below, childId, ...beyond] = segments;
  if (id === undefined) {
    if (call.method !== 'POST' || spec.singleton !== undefined) throw wrongVerb(call.trace);
    return createObject(context);
  }
  if (rules.softDelete && below === 'restore') return onPost(context, () => restoreDeleted(call, spec, id));
  const policy = policyAt(call, spec, id);
  if (below === undefined) return onObject(context, policy);
  if (beyond[0] !== undefined) throw unknownSegment(call.trace, beyond[0]);
  return belowObject(context, policy, below, childId);
}

/** PATCH on `/deviceManagement`, which changes its settings. Throws GraphRefusal. */
export function writeDeviceManagement(call: GraphCall): GraphReply {
  const spec = collectionOf('deviceManagementSettings');
  const permissions = spec.writes?.permissions ?? [];
  if (call.method !== 'PATCH') throw wrongVerb(call.trace);
  allow(call, 'intune', permissions);
  const { settings } = bodyOf(call);
  if (!isBody(settings ?? null)) throw refuse(call, 'Only the settings can be changed.');
  const before = call.tenant.list(spec.key)[0];
  const id = before?.id ?? spec.key;
  const body = { ...spec.singleton, ...before?.body, ...(settings as object), id };
  call.tenant.write({ collection: spec.key, body }, actorOf(call));
  return { status: 204, headers: {}, body: undefined };
}

/** A collection under multi admin approval is not written without a reason (Microsoft365DSC/Microsoft365DSC#7236). */
function checkApproval(call: GraphCall, { approvalType }: WriteSpec): void {
  if (approvalType === undefined || call.header(APPROVAL_HEADER) !== undefined) return;
  const policies = call.tenant.list('operationApprovalPolicies');
  if (policies.some(({ body }) => body.policyType === approvalType))
    throw refuse(call, `Header '${APPROVAL_HEADER}' is required to request approval`);
}

function onObject(context: WriteContext, policy: StoredPolicy): GraphReply {
  const { call, rules } = context;
  if (call.method === 'DELETE') return deleteObject(context, policy);
  const rule = rules.updates.find(({ method }) => method === call.method);
  if (rule === undefined) throw wrongVerb(call.trace);
  return updateObject(context, policy, rule);
}

function belowObject(
  context: WriteContext,
  policy: StoredPolicy,
  below: string,
  childId: string | undefined,
): GraphReply {
  const { call, spec, rules } = context;
  const name = below.replace(/^microsoft\.graph\./, '');
  const { assign } = rules;
  if (assign?.style === 'replace' && name === assign.action)
    return onPost(context, () => assignObject(context, policy, assign));
  if (assign?.style === 'each' && name === 'assignments') {
    if (childId !== undefined) return removeAssignment(context, policy, childId);
    return onPost(context, () => addAssignment(context, policy, assign.status, assign.source));
  }
  const action = rules.actions[name];
  if (action !== undefined) return onPost(context, () => performAction(context, policy, action));
  const navigation = spec.navigation.find((candidate) => candidate.name === below);
  if (navigation === undefined) throw unknownSegment(call.trace, below);
  if (navigation.writable === undefined) throw wrongVerb(call.trace);
  return writeChild(context, policy, navigation, childId);
}

function onPost({ call }: WriteContext, perform: () => GraphReply): GraphReply {
  if (call.method !== 'POST') throw wrongVerb(call.trace);
  return perform();
}

function removeAssignment(context: WriteContext, policy: StoredPolicy, id: string): GraphReply {
  const { call } = context;
  if (call.method !== 'DELETE') throw wrongVerb(call.trace);
  const before = bodiesOf(policy.body, 'assignments');
  const kept = before.filter((assignment) => assignment.id !== id);
  if (kept.length === before.length) throw new GraphRefusal(notFound(call.trace, 'intune', id));
  store(context, policy, { assignments: kept }, 'Action');
  return { status: 204, headers: {}, body: undefined };
}
