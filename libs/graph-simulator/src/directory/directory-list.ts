import type { GraphCall } from '../graph/graph-call.js';
import { badRequest, graphError, GraphRefusal, type GraphReply } from '../graph/graph-errors.js';
import type { GraphBody, JsonValue } from '../store/graph-body.js';
import { readDirectoryQuery, type DirectoryQuery, type Relation } from './directory-query.js';
import { shown, shownMember, type DirectoryShape } from './directory-shape.js';
import type { DirectoryObject } from './directory-store.js';

export const CONTEXT_ROOT = 'https://graph.microsoft.com';
/** Most related objects that `$expand` brings, without a link to the rest. */
const MAX_EXPANDED = 20;

/** A page of groups or users. */
export function listObjects(call: GraphCall, shape: DirectoryShape): GraphReply {
  const query = readDirectoryQuery(call, shape);
  const objects = call.tenant.directory.list(shape.kind);
  const names = [...(query.select ?? []), ...(query.expand === undefined ? [] : [`${query.expand}()`])];
  const context = `${shape.segment}${names.length === 0 ? '' : `(${names.join(',')})`}`;
  return page(call, query, objects, context, (object) => ({
    ...shown(shape, object, query.select),
    ...expanded(call, query.expand, object),
  }));
}

/** A page of members or of groups; the objects may be of both kinds. */
export function listRelated(
  call: GraphCall,
  shape: DirectoryShape,
  objects: readonly DirectoryObject[],
  mayReadUsers: boolean,
): GraphReply {
  const query = readDirectoryQuery(call, shape);
  return page(call, query, objects, 'directoryObjects', (object) => shownMember(object, query.select, mayReadUsers));
}

/** `/$count`: a bare number, which only an advanced query gives. */
export function countObjects(call: GraphCall, shape: DirectoryShape, objects: readonly DirectoryObject[]): GraphReply {
  if (call.header('ConsistencyLevel')?.toLowerCase() !== 'eventual')
    throw new GraphRefusal(graphError(call.trace, 400, 'Request_BadRequest', '$count is not currently supported.'));
  const query = readDirectoryQuery(withCount(call), shape);
  const found = objects.filter((object) => query.matches(object.body));
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: found.length };
}

function withCount(call: GraphCall): GraphCall {
  return { ...call, target: `${call.target}${call.target.includes('?') ? '&' : '?'}$count=true` };
}

function page(
  call: GraphCall,
  query: DirectoryQuery,
  objects: readonly DirectoryObject[],
  context: string,
  show: (object: DirectoryObject) => GraphBody,
): GraphReply {
  const found = ordered(
    objects.filter((object) => query.matches(object.body)),
    query.orderBy,
  );
  const start = query.skipToken === undefined ? 0 : startOf(query, found, call);
  const items = found.slice(start, start + query.top);
  const last = items.at(-1);
  const more = last !== undefined && start + items.length < found.length;
  const first = query.skipToken === undefined;
  return {
    status: 200,
    headers: {},
    body: {
      '@odata.context': `${CONTEXT_ROOT}/${call.version}/$metadata#${context}`,
      ...(query.count && first ? { '@odata.count': found.length } : {}),
      ...(more ? { '@odata.nextLink': linkAfter(call, last.id) } : {}),
      value: items.map(show),
    },
  };
}

function ordered(objects: DirectoryObject[], order: DirectoryQuery['orderBy']): DirectoryObject[] {
  if (order === undefined) return objects;
  const keyOf = ({ body }: DirectoryObject) => keyText(body[order.property]);
  const sign = order.descending ? -1 : 1;
  return objects.sort((a, b) => sign * (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

function keyText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

/** A page continues after the object that the last one ended with; a token for one that is gone is refused. */
function startOf({ skipToken }: DirectoryQuery, found: readonly DirectoryObject[], call: GraphCall): number {
  const id = /^RFNwdAIAAQ(.*)$/.exec(skipToken ?? '')?.[1];
  const after = id === undefined ? '' : Buffer.from(id, 'base64url').toString('utf8');
  const at = found.findIndex((object) => object.id === after);
  if (at < 0)
    throw badRequest(
      call.trace,
      'The specified page token value has expired and can no longer be included in your request.',
    );
  return at + 1;
}

function linkAfter(call: GraphCall, id: string): string {
  const [path = '', query = ''] = call.target.split('?');
  const kept = query.split('&').filter((part) => part !== '' && !/^(\$|%24)?skiptoken=/i.test(part));
  const token = `RFNwdAIAAQ${Buffer.from(id).toString('base64url')}`;
  return `${call.origin}/${call.version}${path}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}

/** The relation that `$expand` names, at most 20 objects of it. */
export function expanded(call: GraphCall, relation: Relation | undefined, { id }: DirectoryObject): GraphBody {
  const { directory } = call.tenant;
  const some = (objects: readonly DirectoryObject[]) =>
    objects.slice(0, MAX_EXPANDED).map((object) => shownMember(object, undefined, true));
  switch (relation) {
    case 'members':
      return { members: some(directory.membersOf(id)) };
    case 'memberOf':
      return { memberOf: some(directory.groupsOf(id)) };
    case 'owners':
      return { owners: [] };
    case undefined:
      return {};
  }
}
