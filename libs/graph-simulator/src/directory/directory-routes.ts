import { segmentsOf, type GraphCall } from '../graph/graph-call.js';
import {
  badRequest,
  forbidden,
  GraphRefusal,
  notFound,
  unknownSegment,
  wrongVerb,
  type GraphReply,
} from '../graph/graph-errors.js';
import type { GraphBody } from '../store/graph-body.js';
import { readDelta } from './directory-delta.js';
import { CONTEXT_ROOT, countObjects, expanded, listObjects, listRelated } from './directory-list.js';
import { readItemQuery } from './directory-query.js';
import { GROUP_SHAPE, shown, shownMember, USER_SHAPE, type DirectoryShape } from './directory-shape.js';
import type { DirectoryKind, DirectoryObject } from './directory-store.js';
import { addMember, changeGroup, createGroup, deleteGroup, removeMember } from './directory-writes.js';

const DIRECTORY_READ = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const GROUP_READ = ['Group.Read.All', 'Group.ReadWrite.All', 'GroupMember.Read.All', 'GroupMember.ReadWrite.All'];
const USER_READ = ['User.Read.All', 'User.ReadWrite.All', 'User.ReadBasic.All'];
const ORGANIZATION_READ = ['Organization.Read.All', 'Organization.ReadWrite.All', 'User.Read'];
const GROUP_WRITE = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const MEMBER_WRITE = [...GROUP_WRITE, 'GroupMember.ReadWrite.All'];
const ROOTS = new Set(['groups', 'users', 'me', 'organization', 'directoryobjects']);

/** True for the first segment of a path that this part of the simulator answers. */
export function isDirectoryRoot(root: string): boolean {
  return ROOTS.has(root.toLowerCase());
}

/** Groups, users, the signed-in user and the organization. Throws GraphRefusal for everything that Graph refuses. */
export function routeDirectory(call: GraphCall): GraphReply {
  const [root = '', ...rest] = segmentsOf(call.target, call.trace);
  switch (root.toLowerCase()) {
    case 'groups':
      return groups(call, rest);
    case 'users':
      return users(call, rest);
    case 'me':
      return me(call, rest);
    case 'organization':
      return organization(call, rest);
    case 'directoryobjects':
      return directoryObjects(call, rest);
    default:
      throw unknownSegment(call.trace, root);
  }
}

function groups(call: GraphCall, [id, child, ...rest]: string[]): GraphReply {
  if (id === undefined && call.method === 'POST') {
    allow(call, GROUP_WRITE);
    return createGroup(call);
  }
  if (id !== undefined && call.method !== 'GET') return changeOfGroup(call, id, child, rest);
  allow(call, [...GROUP_READ, ...DIRECTORY_READ]);
  onlyGet(call);
  if (id === undefined) return listObjects(call, GROUP_SHAPE);
  const special = readSpecial(call, GROUP_SHAPE, id);
  if (special !== undefined) return special;
  const group = found(call, 'group', id);
  const { directory } = call.tenant;
  switch (child?.toLowerCase()) {
    case undefined:
      return entity(call, GROUP_SHAPE, group);
    case 'members':
      return related(call, GROUP_SHAPE, directory.membersOf(group.id), rest);
    case 'transitivemembers':
      return related(call, GROUP_SHAPE, directory.transitiveMembersOf(group.id), rest);
    case 'memberof':
      return related(call, GROUP_SHAPE, directory.groupsOf(group.id), rest);
    case 'transitivememberof':
      return related(call, GROUP_SHAPE, directory.transitiveGroupsOf(group.id), rest);
    case 'owners':
      return related(call, GROUP_SHAPE, [], rest);
    default:
      throw unknownSegment(call.trace, child ?? '');
  }
}

function changeOfGroup(call: GraphCall, id: string, child: string | undefined, rest: string[]): GraphReply {
  if (child === undefined) {
    allow(call, GROUP_WRITE);
    if (call.method === 'PATCH') return changeGroup(call, found(call, 'group', id));
    if (call.method === 'DELETE') return deleteGroup(call, found(call, 'group', id));
    throw wrongVerb(call.trace);
  }
  allow(call, MEMBER_WRITE);
  const [memberId, ref] = rest;
  if (child.toLowerCase() !== 'members') throw wrongVerb(call.trace);
  const group = found(call, 'group', id);
  if (call.method === 'POST' && memberId === '$ref') return addMember(call, group);
  if (call.method === 'DELETE' && ref === '$ref') return removeMember(call, group, memberId ?? '');
  throw wrongVerb(call.trace);
}

function users(call: GraphCall, [id, child, ...rest]: string[]): GraphReply {
  allow(call, [...USER_READ, ...DIRECTORY_READ]);
  onlyGet(call);
  if (id === undefined) return listObjects(call, USER_SHAPE);
  const special = readSpecial(call, USER_SHAPE, id);
  if (special !== undefined) return special;
  return ofUser(call, found(call, 'user', id), child, rest);
}

function ofUser(call: GraphCall, user: DirectoryObject, child: string | undefined, rest: string[]): GraphReply {
  if (child === undefined) return entity(call, USER_SHAPE, user);
  const { directory } = call.tenant;
  switch (child.toLowerCase()) {
    case 'memberof':
      return related(call, GROUP_SHAPE, directory.groupsOf(user.id), rest);
    case 'transitivememberof':
      return related(call, GROUP_SHAPE, directory.transitiveGroupsOf(user.id), rest);
    default:
      throw unknownSegment(call.trace, child);
  }
}

function me(call: GraphCall, [child, ...rest]: string[]): GraphReply {
  onlyGet(call);
  const { userId } = call.caller;
  if (userId === undefined)
    throw badRequest(call.trace, '/me request is only valid with delegated authentication flow.');
  allow(call, ['User.Read', 'User.ReadWrite', ...USER_READ, ...DIRECTORY_READ]);
  return ofUser(call, found(call, 'user', userId), child, rest);
}

function organization(call: GraphCall, [id]: string[]): GraphReply {
  allow(call, [...ORGANIZATION_READ, ...DIRECTORY_READ]);
  onlyGet(call);
  const { entraTenantId, name } = call.tenant;
  if (id !== undefined && id.toLowerCase() !== entraTenantId.toLowerCase())
    throw new GraphRefusal(notFound(call.trace, 'directory', id));
  const body: GraphBody = {
    id: entraTenantId,
    displayName: name,
    deletedDateTime: null,
    verifiedDomains: domains(call),
  };
  const context = `${CONTEXT_ROOT}/${call.version}/$metadata#organization`;
  if (id !== undefined) return ok({ '@odata.context': `${context}/$entity`, ...body });
  return ok({ '@odata.context': context, value: [body] });
}

function domains(call: GraphCall): GraphBody[] {
  const names = call.tenant.users.map(({ userPrincipalName }) => userPrincipalName.split('@')[1] ?? '');
  return [...new Set(names)].map((name, index) => ({
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault: index === 0,
    isInitial: index === 0,
    name,
    type: 'Managed',
  }));
}

/** `getByIds` reads up to a thousand objects; ids that are not there are left out. */
function directoryObjects(call: GraphCall, [id]: string[]): GraphReply {
  allow(call, [...GROUP_READ, ...DIRECTORY_READ]);
  const { directory } = call.tenant;
  if (id?.toLowerCase() === 'getbyids' || id?.toLowerCase() === 'microsoft.graph.getbyids') {
    if (call.method !== 'POST') throw wrongVerb(call.trace);
    const { ids } = (call.json() ?? {}) as { ids?: unknown };
    if (!Array.isArray(ids) || ids.length > 1000)
      throw badRequest(call.trace, "The property 'ids' has to be a list of at most 1000 ids.");
    const objects = ids.flatMap((each) => either(directory, String(each)) ?? []);
    const value = objects.map((object) => shownMember(object, undefined, mayReadUsers(call)));
    return ok({ '@odata.context': `${CONTEXT_ROOT}/${call.version}/$metadata#directoryObjects`, value });
  }
  onlyGet(call);
  const object = either(directory, id ?? '');
  if (object === undefined) throw new GraphRefusal(notFound(call.trace, 'directory', id ?? ''));
  const context = `${CONTEXT_ROOT}/${call.version}/$metadata#directoryObjects/$entity`;
  return ok({ '@odata.context': context, ...shownMember(object, undefined, mayReadUsers(call)) });
}

function either(directory: GraphCall['tenant']['directory'], id: string): DirectoryObject | undefined {
  return directory.find('group', id) ?? directory.find('user', id);
}

function readSpecial(call: GraphCall, shape: DirectoryShape, segment: string): GraphReply | undefined {
  switch (segment.toLowerCase().replace(/\(\)$/, '')) {
    case 'delta':
    case 'microsoft.graph.delta':
      return readDelta(call, shape);
    case '$count':
      return countObjects(call, shape, call.tenant.directory.list(shape.kind));
    default:
      return undefined;
  }
}

/** A list of members or groups; a further segment casts to one kind or counts. */
function related(
  call: GraphCall,
  shape: DirectoryShape,
  objects: DirectoryObject[],
  rest: readonly string[],
): GraphReply {
  const [first = '', second] = rest;
  const cast = /^microsoft\.graph\.(user|group)$/i.exec(first)?.[1]?.toLowerCase() as DirectoryKind | undefined;
  const members = cast === undefined ? objects : objects.filter(({ kind }) => kind === cast);
  const last = cast === undefined ? first : second;
  if (last === '$count') return countObjects(call, shape, members);
  if (last !== undefined && last !== '') throw unknownSegment(call.trace, last);
  const memberShape =
    cast === 'user' || (cast === undefined && objects.some(({ kind }) => kind === 'user')) ? USER_SHAPE : shape;
  return listRelated(call, memberShape, members, mayReadUsers(call));
}

function entity(call: GraphCall, shape: DirectoryShape, object: DirectoryObject): GraphReply {
  const { select, expand } = readItemQuery(call, shape);
  const parts = [...(select ?? []), ...(expand === undefined ? [] : [`${expand}()`])];
  const names = parts.length === 0 ? '' : `(${parts.join(',')})`;
  const context = `${CONTEXT_ROOT}/${call.version}/$metadata#${shape.segment}${names}/$entity`;
  return ok({ '@odata.context': context, ...shown(shape, object, select), ...expanded(call, expand, object) });
}

function found(call: GraphCall, kind: DirectoryKind, id: string): DirectoryObject {
  const object = call.tenant.directory.find(kind, id);
  if (object === undefined) throw new GraphRefusal(notFound(call.trace, 'directory', id));
  return object;
}

/** Without a permission for users, members are told by id alone (`api/group-list-members`). */
function mayReadUsers(call: GraphCall): boolean {
  return [...USER_READ, ...DIRECTORY_READ].some((permission) => call.caller.permissions.includes(permission));
}

function allow(call: GraphCall, permissions: readonly string[]): void {
  if (permissions.some((permission) => call.caller.permissions.includes(permission))) return;
  throw new GraphRefusal(forbidden(call.trace, 'directory', permissions));
}

function onlyGet(call: GraphCall): void {
  if (call.method !== 'GET') throw wrongVerb(call.trace);
}

function ok(body: GraphBody): GraphReply {
  return { status: 200, headers: {}, body };
}
