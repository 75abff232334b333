import { randomUUID } from 'node:crypto';
import type { DirectoryKind, RemovalReason } from '../directory/directory-store.js';
import type { Reply } from '../http/reply.js';
import { textOf, type GraphBody } from '../store/graph-body.js';
import type { SeedUser } from '../store/seed-tenant.js';
import type { TenantStore } from '../store/tenant-store.js';
import { oneOf } from './body-values.js';
import { ControlError, controlReply } from './control-error.js';

const REASONS: readonly RemovalReason[] = ['changed', 'deleted'];

/**
 * Groups and users of a tenant: `POST /groups` and `/users` add one or put another in its place, `PATCH` and `DELETE` with an id
 * change and remove it (`?reason=changed|deleted`), `PUT|DELETE /groups/{id}/members/{memberId}` change who is in a group,
 * `DELETE /delta-tokens` makes every delta token out of date. undefined for any other call. Throws ControlError.
 */
export function directoryCall(
  tenant: TenantStore,
  method: string,
  path: readonly string[],
  query: URLSearchParams,
  body: GraphBody,
): Reply | undefined {
  const [area, id, members, memberId] = path;
  // Who does it is told with every call; the directory keeps no audit of it.
  const properties = Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'actor'));
  if (area === 'delta-tokens' && id === undefined && method === 'DELETE') {
    tenant.directory.expireTokens();
    return NOTHING;
  }
  const kind = kindOf(area);
  if (kind === undefined) return undefined;
  if (id === undefined) return method === 'POST' ? add(tenant, kind, properties) : undefined;
  if (members === undefined) return one(tenant, kind, method, id, query, properties);
  if (kind !== 'group' || members !== 'members' || memberId === undefined || path.length > 4) return undefined;
  known(tenant, kind, id);
  if (method === 'PUT') tenant.directory.addMember(id, memberId);
  else if (method === 'DELETE') tenant.directory.removeMember(id, memberId);
  else return undefined;
  return NOTHING;
}

const NOTHING: Reply = { status: 204, headers: {}, body: undefined };

function kindOf(area: string | undefined): DirectoryKind | undefined {
  if (area === 'groups') return 'group';
  return area === 'users' ? 'user' : undefined;
}

function add(tenant: TenantStore, kind: DirectoryKind, body: GraphBody): Reply {
  const { directory } = tenant;
  const displayName = textOf(body, 'displayName');
  if (displayName === undefined)
    throw new ControlError(400, 'control.invalid_body', 'A group or user needs a displayName.');
  const id = textOf(body, 'id') ?? randomUUID();
  if (kind === 'group') return controlReply(201, directory.addGroup({ ...body, id, displayName }).body);
  const userPrincipalName = textOf(body, 'userPrincipalName');
  if (userPrincipalName === undefined)
    throw new ControlError(400, 'control.invalid_body', 'A user needs a userPrincipalName.');
  const user = { ...body, id, displayName, userPrincipalName } as SeedUser;
  return controlReply(201, directory.addUser(user).body);
}

function one(
  tenant: TenantStore,
  kind: DirectoryKind,
  method: string,
  id: string,
  query: URLSearchParams,
  body: GraphBody,
): Reply | undefined {
  const { directory } = tenant;
  const object = known(tenant, kind, id);
  if (method === 'PATCH') {
    const { members, ...changes } = body;
    const changed = directory.change(kind, object.id, changes);
    if (Array.isArray(members)) directory.setMembers(object.id, members.map(String));
    return controlReply(200, changed?.body ?? {});
  }
  if (method !== 'DELETE') return undefined;
  directory.remove(kind, object.id, oneOf({ reason: query.get('reason') }, 'reason', REASONS));
  return NOTHING;
}

function known({ directory }: TenantStore, kind: DirectoryKind, id: string) {
  const object = directory.find(kind, id);
  if (object === undefined)
    throw new ControlError(404, 'control.unknown_object', `The tenant has no ${kind} with the id ${id}.`);
  return object;
}
