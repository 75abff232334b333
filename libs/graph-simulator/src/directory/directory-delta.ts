import type { GraphCall } from '../graph/graph-call.js';
import { badRequest, graphError, GraphRefusal, type GraphReply } from '../graph/graph-errors.js';
import type { GraphBody } from '../store/graph-body.js';
import { readDirectoryFilter } from './directory-filter.js';
import { CONTEXT_ROOT } from './directory-list.js';
import { optionsOf, selectOf } from './directory-query.js';
import { shapeOf, shown, type DirectoryShape } from './directory-shape.js';
import type { DirectoryObject } from './directory-store.js';

/** What a token remembers; the query's own options are in it and are not repeated (`concepts/delta-query-overview.md`). */
interface DeltaState {
  kind: string;
  /** Changes after this version; 0 for everything. */
  from: number;
  /** Version when the round began: where the next one starts. */
  to: number;
  /** Goes on after this sequence number. */
  after: number;
  /** Which part of long member lists: 0 is the object itself with its first members. */
  part: number;
  select: string[] | null;
  ids: string[] | null;
  issued: number;
  generation: number;
}

const OPTIONS = new Set(['$select', '$filter', '$deltatoken', '$skiptoken']);
const LIFE_MS = 7 * 24 * 3600 * 1000;
const PAGE = 100;
/** Members told with an object at once; the rest comes with the same object on later pages. */
const MEMBERS_AT_ONCE = 100;

/**
 * A page of `/groups/delta` or `/users/delta`: changed objects, removed ones with `@removed`, members of groups that came and went
 * in `members@delta`. A change made between two pages may be told twice. Throws a refusal: 400 for a wrong token or
 * option, 410 with the address of a full round for a token older than seven days.
 */
export function readDelta(call: GraphCall, shape: DirectoryShape): GraphReply {
  const options = optionsOf(call, OPTIONS);
  const token = options.get('$skiptoken') ?? options.get('$deltatoken') ?? '';
  if (token.toLowerCase() === 'latest') {
    const { to, ...fresh } = begin(call, shape, options);
    return answer(call, shape, [], deltaLink(call, shape, { ...fresh, to }), fresh.select);
  }
  const state = token === '' ? begin(call, shape, options) : resume(call, shape, token, !options.has('$skiptoken'));
  const { page, next } = cut(call, shape, state);
  const link = next === undefined ? deltaLink(call, shape, state) : nextLink(call, shape, next);
  return answer(call, shape, page, link, state.select);
}

function begin(call: GraphCall, shape: DirectoryShape, options: ReadonlyMap<string, string>): DeltaState {
  const { directory } = call.tenant;
  return {
    kind: shape.kind,
    from: 0,
    to: directory.version(),
    after: 0,
    part: 0,
    select: selectOf(options.get('$select'), call, shape) ?? null,
    ids: idsOf(options.get('$filter'), call, shape),
    issued: call.trace.now,
    generation: directory.generation(),
  };
}

/** The ids of `$filter=id eq '..' or id eq '..'`: the only filter that delta takes. */
function idsOf(filter: string | undefined, call: GraphCall, shape: DirectoryShape): string[] | null {
  if (filter === undefined) return null;
  const parts = filter.split(/\s+or\s+/i).map((part) => /^\s*id\s+eq\s+'([^']+)'\s*$/.exec(part)?.[1]);
  if (parts.some((part) => part === undefined)) {
    readDirectoryFilter(filter, shape.properties);
    throw badRequest(call.trace, 'The delta query filter may only compare the id of objects.');
  }
  return parts.map((id) => (id ?? '').toLowerCase());
}

function resume(call: GraphCall, shape: DirectoryShape, token: string, newRound: boolean): DeltaState {
  const state = decoded(token);
  if (state === undefined || state.kind !== shape.kind) throw badRequest(call.trace, 'Badly formed token.');
  const stale = call.trace.now - state.issued > LIFE_MS || state.generation !== call.tenant.directory.generation();
  if (stale) throw new GraphRefusal(gone(call, shape, state));
  return newRound ? { ...state, to: call.tenant.directory.version() } : state;
}

/** 410 with the query to begin again; the code is one of Graph's list of errors, its text is not from a capture. */
export function gone(
  call: GraphCall,
  shape: DirectoryShape,
  { select, ids }: Pick<DeltaState, 'select' | 'ids'>,
): GraphReply {
  const query = [
    ...(select === null ? [] : [`$select=${select.join(',')}`]),
    ...(ids === null ? [] : [`$filter=${encodeURIComponent(ids.map((id) => `id eq '${id}'`).join(' or '))}`]),
    '$deltatoken=',
  ];
  const message = 'The delta token is no longer valid, and the app must reset the sync state.';
  return graphError(call.trace, 410, 'resyncRequired', message, {
    Location: `${call.origin}/${call.version}/${shape.segment}/delta?${query.join('&')}`,
  });
}

function cut(
  call: GraphCall,
  shape: DirectoryShape,
  state: DeltaState,
): { page: GraphBody[]; next: DeltaState | undefined } {
  const { from, part } = state;
  const tellsMembers = withMembers(shape, state);
  const touched = call.tenant.directory
    .changedSince(shape.kind, from)
    .filter(({ id, changed }) => wanted(state, id) && (tellsMembers || changed > from));
  const removals = from > 0 && part === 0 ? call.tenant.directory.removals(shape.kind, from) : [];
  const entries: Entry[] = [
    ...(part === 0 ? touched : touched.filter((object) => hasPart(call, shape, state, object, part))).map((object) => ({
      sequence: object.sequence,
      body: () => changeOf(call, shape, state, object),
    })),
    ...removals
      .filter(({ id }) => wanted(state, id))
      .map(({ id, reason, sequence }) => ({ sequence, body: () => ({ id, '@removed': { reason } }) })),
  ].sort((a, b) => a.sequence - b.sequence);
  const rest = entries.filter(({ sequence }) => sequence > state.after);
  const page = rest.slice(0, pageSize(call));
  const last = page.at(-1);
  const bodies = page.map(({ body }) => body());
  if (last !== undefined && rest.length > page.length)
    return { page: bodies, next: { ...state, after: last.sequence } };
  const further = touched.some((object) => hasPart(call, shape, state, object, part + 1));
  return { page: bodies, next: further ? { ...state, after: 0, part: part + 1 } : undefined };
}

interface Entry {
  sequence: number;
  body: () => GraphBody;
}

function wanted({ ids }: DeltaState, id: string): boolean {
  return ids === null || ids.includes(id.toLowerCase());
}

/** Members are told unless other properties are selected. */
function withMembers(shape: DirectoryShape, { select }: DeltaState): boolean {
  return shape.kind === 'group' && (select === null || select.includes('members'));
}

function membersOf(call: GraphCall, shape: DirectoryShape, state: DeltaState, id: string) {
  return withMembers(shape, state) ? call.tenant.directory.membershipChanges(id, state.from) : [];
}

function hasPart(
  call: GraphCall,
  shape: DirectoryShape,
  state: DeltaState,
  { id }: DirectoryObject,
  part: number,
): boolean {
  return membersOf(call, shape, state, id).length > part * MEMBERS_AT_ONCE;
}

function changeOf(call: GraphCall, shape: DirectoryShape, state: DeltaState, object: DirectoryObject): GraphBody {
  const { from, part } = state;
  const members = membersOf(call, shape, state, object.id);
  return {
    ...(part === 0 && object.changed > from ? properties(shape, object, state) : { id: object.id }),
    ...membersDelta(call, members.slice(part * MEMBERS_AT_ONCE, (part + 1) * MEMBERS_AT_ONCE)),
  };
}

function properties(shape: DirectoryShape, object: DirectoryObject, { select }: DeltaState): GraphBody {
  const names = select?.filter((name) => name !== 'members');
  return { ...shown(shape, object, names), id: object.id };
}

function membersDelta(call: GraphCall, members: readonly { memberId: string; added: boolean }[]): GraphBody {
  if (members.length === 0) return {};
  const { directory } = call.tenant;
  return {
    'members@delta': members.map(({ memberId, added }) => ({
      '@odata.type': `#${shapeOf(directory.find('group', memberId) === undefined ? 'user' : 'group').entityType}`,
      id: memberId,
      ...(added ? {} : { '@removed': { reason: 'deleted' } }),
    })),
  };
}

/** `Prefer: odata.maxpagesize=n` makes pages smaller. */
function pageSize(call: GraphCall): number {
  const asked = /odata\.maxpagesize=(\d{1,4})/i.exec(call.header('Prefer') ?? '')?.[1];
  return asked === undefined ? PAGE : Math.min(PAGE, Math.max(1, Number(asked)));
}

function answer(
  call: GraphCall,
  shape: DirectoryShape,
  value: GraphBody[],
  link: GraphBody,
  select: readonly string[] | null,
): GraphReply {
  const names = select === null ? '' : `(${select.join(',')})`;
  const context = `${CONTEXT_ROOT}/${call.version}/$metadata#${shape.segment}${names}/$delta`;
  return { status: 200, headers: {}, body: { '@odata.context': context, ...link, value } };
}

function nextLink(call: GraphCall, shape: DirectoryShape, state: DeltaState): GraphBody {
  return { '@odata.nextLink': linkOf(call, shape, '$skiptoken', state) };
}

function deltaLink(call: GraphCall, shape: DirectoryShape, state: DeltaState): GraphBody {
  const next = { ...state, from: state.to, after: 0, part: 0, issued: call.trace.now };
  return { '@odata.deltaLink': linkOf(call, shape, '$deltatoken', next) };
}

function linkOf(call: GraphCall, shape: DirectoryShape, name: string, state: DeltaState): string {
  const token = Buffer.from(JSON.stringify(state)).toString('base64url');
  return `${call.origin}/${call.version}/${shape.segment}/delta?${name}=${token}`;
}

function decoded(token: string): DeltaState | undefined {
  try {
    const state = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Partial<DeltaState>;
    return typeof state.from === 'number' && typeof state.issued === 'number' ? (state as DeltaState) : undefined;
  } catch {
    return undefined;
  }
}
