import { randomUUID } from 'node:crypto';
import type { GraphCall } from '../graph/graph-call.js';
import { graphError, GraphRefusal, notFound, type GraphReply } from '../graph/graph-errors.js';
import { isBody, textOf, type GraphBody } from '../store/graph-body.js';
import { CONTEXT_ROOT } from './directory-list.js';
import { GROUP_SHAPE } from './directory-shape.js';
import type { DirectoryObject } from './directory-store.js';

const REQUIRED = ['displayName', 'mailEnabled', 'mailNickname', 'securityEnabled'] as const;
const READ_ONLY = ['id', 'createdDateTime', 'deletedDateTime', 'onPremisesSyncEnabled', 'onPremisesLastSyncDateTime'];

/** POST /groups; `members@odata.bind` names first members. Throws a 400 refusal. */
export function createGroup(call: GraphCall): GraphReply {
  const body = bodyOf(call);
  const missing = REQUIRED.find((name) => body[name] === undefined || body[name] === null);
  if (missing !== undefined) throw refused(call, `A value is required for property '${missing}' of resource 'Group'.`);
  refuseReadOnly(call, body);
  refuseUnknown(call, body);
  const bound = Array.isArray(body['members@odata.bind']) ? body['members@odata.bind'] : [];
  const members = bound.map((link) => existing(call, idOfLink(typeof link === 'string' ? link : '')));
  const own = Object.entries(body).filter(([name]) => !name.includes('@odata.'));
  const { directory } = call.tenant;
  const id = randomUUID();
  const group = directory.addGroup({ ...Object.fromEntries(own), id, displayName: textOf(body, 'displayName') ?? '' });
  for (const member of members) directory.addMember(id, member.id);
  const context = `${CONTEXT_ROOT}/${call.version}/$metadata#groups/$entity`;
  return {
    status: 201,
    headers: { Location: `${call.origin}/${call.version}/directoryObjects/${id}/Microsoft.DirectoryServices.Group` },
    body: { '@odata.context': context, ...group.body },
  };
}

/** PATCH /groups/{id}. Throws a 400 refusal. */
export function changeGroup(call: GraphCall, group: DirectoryObject): GraphReply {
  const body = bodyOf(call);
  refuseReadOnly(call, body);
  refuseUnknown(call, body);
  call.tenant.directory.change('group', group.id, body);
  return NOTHING;
}

/** DELETE /groups/{id}. */
export function deleteGroup(call: GraphCall, group: DirectoryObject): GraphReply {
  call.tenant.directory.remove('group', group.id);
  return NOTHING;
}

/** POST /groups/{id}/members/$ref. Throws a refusal for a member that is there already or does not exist. */
export function addMember(call: GraphCall, group: DirectoryObject): GraphReply {
  refuseDynamic(call, group);
  const member = existing(call, idOfLink(textOf(bodyOf(call), '@odata.id') ?? ''));
  if (!call.tenant.directory.addMember(group.id, member.id))
    throw refused(
      call,
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  return NOTHING;
}

/** DELETE /groups/{id}/members/{id}/$ref. */
export function removeMember(call: GraphCall, group: DirectoryObject, memberId: string): GraphReply {
  refuseDynamic(call, group);
  if (!call.tenant.directory.removeMember(group.id, memberId))
    throw new GraphRefusal(notFound(call.trace, 'directory', memberId));
  return NOTHING;
}

const NOTHING: GraphReply = { status: 204, headers: {}, body: undefined };

/** A rule fills a dynamic group; nobody else does. */
function refuseDynamic(call: GraphCall, { body }: DirectoryObject): void {
  if (Array.isArray(body.groupTypes) && body.groupTypes.includes('DynamicMembership'))
    throw refused(call, 'Insufficient privileges to complete the operation.', 403, 'Authorization_RequestDenied');
}

function refuseReadOnly(call: GraphCall, body: GraphBody): void {
  const name = READ_ONLY.find((candidate) => candidate in body);
  if (name !== undefined) throw refused(call, `Property '${name}' is read-only and cannot be set.`);
}

/** Properties that groups do not have; annotations and the names of bound relations aside. */
function refuseUnknown(call: GraphCall, body: GraphBody): void {
  const name = Object.keys(body).find((key) => !key.includes('@') && !GROUP_SHAPE.properties.has(key));
  if (name !== undefined) throw refused(call, `Invalid property '${name}'.`);
}

function existing(call: GraphCall, id: string): DirectoryObject {
  const { directory } = call.tenant;
  const object = directory.find('user', id) ?? directory.find('group', id);
  if (object === undefined) throw new GraphRefusal(notFound(call.trace, 'directory', id));
  return object;
}

function idOfLink(link: string): string {
  return link.split('/').at(-1) ?? '';
}

function bodyOf(call: GraphCall): GraphBody {
  const body = call.json();
  if (!isBody(body))
    throw refused(call, 'Write requests (excluding DELETE) must contain the Content-Type header declaration.');
  return body;
}

function refused(call: GraphCall, message: string, status = 400, code = 'Request_BadRequest'): GraphRefusal {
  return new GraphRefusal(graphError(call.trace, status, code, message));
}
