import { isBody, type GraphBody } from '../../store/graph-body.js';
import type { Actor, AuditOperation } from '../../store/audit-trail.js';
import { graphTime } from '../../store/graph-time.js';
import type { StoredPolicy } from '../../store/tenant-store.js';
import type { CollectionSpec } from '../collections.js';
import type { WriteSpec } from '../collections/write-spec.js';
import type { GraphCall } from '../graph-call.js';
import { badRequest } from '../graph-errors.js';

/** One write: the call, where it goes and who makes it. */
export interface WriteContext {
  call: GraphCall;
  spec: CollectionSpec;
  rules: WriteSpec;
}

/** The body as an object. Throws a 400 refusal for anything else. */
export function bodyOf(call: GraphCall): GraphBody {
  const body = call.json();
  if (isBody(body)) return body;
  throw badRequest(call.trace, 'Empty Payload. JSON content expected.');
}

/** The user behind the call, or the app itself. */
export function actorOf({ caller, tenant }: GraphCall): Actor {
  const user = caller.userId === undefined ? undefined : tenant.users.find(({ id }) => id === caller.userId);
  return {
    userPrincipalName: user?.userPrincipalName ?? null,
    userId: caller.userId ?? null,
    applicationId: caller.appId,
  };
}

/** Puts the changed object into the store, with the time and version of this write. */
export function store(
  { call, spec, rules }: WriteContext,
  policy: Pick<StoredPolicy, 'id' | 'body'>,
  changes: GraphBody,
  operation?: AuditOperation,
): StoredPolicy {
  const { modified } = rules.times;
  const stamped = {
    ...policy.body,
    ...changes,
    ...(modified === undefined ? {} : { [modified]: graphTime(call.trace.now) }),
    id: policy.id,
  };
  call.tenant.write({ collection: spec.key, body: stamped }, actorOf(call), operation);
  return call.tenant.policy(policy.id) ?? { sequence: 0, collection: spec.key, id: policy.id, body: stamped };
}
