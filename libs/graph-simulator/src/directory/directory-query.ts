import { queryOf, type GraphCall } from '../graph/graph-call.js';
import { badRequest, graphError, GraphRefusal } from '../graph/graph-errors.js';
import type { GraphBody } from '../store/graph-body.js';
import { FilterRefused, readDirectoryFilter } from './directory-filter.js';
import { readSearch, SearchRefused } from './directory-search.js';
import type { DirectoryShape } from './directory-shape.js';

/** What `$expand` may bring. */
export type Relation = 'members' | 'memberOf' | 'owners';

const RELATIONS: Record<DirectoryShape['kind'], readonly Relation[]> = {
  group: ['members', 'memberOf', 'owners'],
  user: ['memberOf'],
};

/** The query options of a directory list, read and checked against each other. */
export interface DirectoryQuery {
  select: string[] | undefined;
  expand: Relation | undefined;
  matches(body: GraphBody): boolean;
  orderBy: { property: string; descending: boolean } | undefined;
  top: number;
  count: boolean;
  skipToken: string | undefined;
}

const KNOWN = new Set(['$select', '$expand', '$filter', '$search', '$orderby', '$top', '$count', '$skiptoken']);
const PAGE = 100;
const MAX_TOP = 999;

/**
 * Reads the options of a list and holds them to the rules for advanced queries: `$search`, `$count`, `ne`, `not`, `endsWith`, and
 * `$filter` together with `$orderby` need the header `ConsistencyLevel: eventual`, all but `$search` also `$count=true`, and
 * none of them takes `$expand` (`concepts/aad-advanced-queries.md`). Throws a 400 refusal.
 */
export function readDirectoryQuery(call: GraphCall, shape: DirectoryShape): DirectoryQuery {
  const given = optionsOf(call);
  const filter = filterOf(given.get('$filter'), call, shape);
  const search = searchOf(given.get('$search'), call, shape);
  const orderBy = orderOf(given.get('$orderby'), call, shape);
  const count = given.get('$count')?.toLowerCase() === 'true';
  const eventual = call.header('ConsistencyLevel')?.toLowerCase() === 'eventual';
  const ordered = orderBy !== undefined && filter !== undefined;
  const advanced = search !== undefined || count || ordered || filter?.advanced === true;
  if (count && !eventual) throw refused(call, 'Request_BadRequest', '$count is not currently supported.');
  if (search !== undefined && !eventual) throw refused(call, 'Request_UnsupportedQuery', SEARCH_NEEDS_HEADER);
  if (advanced && (!eventual || (!count && search === undefined)))
    throw refused(call, 'Request_UnsupportedQuery', 'Unsupported Query.');
  const expand = given.get('$expand');
  if (advanced && expand !== undefined)
    throw refused(call, 'Request_UnsupportedQuery', 'The $expand query option is not supported with advanced queries.');
  return {
    select: selectOf(given.get('$select'), call, shape),
    expand: expandOf(expand, call, shape),
    matches: (body) => (filter?.matches(body) ?? true) && (search?.(body) ?? true),
    orderBy,
    top: topOf(given.get('$top'), call),
    count,
    skipToken: given.get('$skiptoken'),
  };
}

const SEARCH_NEEDS_HEADER =
  "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";

/** The options of a single object. Throws a 400 refusal. */
export function readItemQuery(call: GraphCall, shape: DirectoryShape): Pick<DirectoryQuery, 'select' | 'expand'> {
  const given = optionsOf(call);
  return { select: selectOf(given.get('$select'), call, shape), expand: expandOf(given.get('$expand'), call, shape) };
}

/** Options by lower-case name with their `$`, which beta takes without; unknown ones are refused. */
export function optionsOf(call: GraphCall, known: ReadonlySet<string> = KNOWN): Map<string, string> {
  const given = new Map<string, string>();
  for (const [key, value] of queryOf(call.target)) {
    const lower = key.toLowerCase();
    const name = call.version === 'beta' && known.has(`$${lower}`) ? `$${lower}` : lower;
    if (!name.startsWith('$')) continue;
    if (!known.has(name)) throw badRequest(call.trace, `The query parameter '${name}' is not supported.`);
    given.set(name, value);
  }
  return given;
}

export function selectOf(text: string | undefined, call: GraphCall, shape: DirectoryShape): string[] | undefined {
  const names = text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names?.find((name) => !shape.properties.has(name) && name !== 'members');
  if (unknown !== undefined) throw unknownProperty(call, shape, unknown, 'Select and Expand');
  return names;
}

function filterOf(text: string | undefined, call: GraphCall, shape: DirectoryShape) {
  if (text === undefined) return undefined;
  try {
    return readDirectoryFilter(text, shape.properties);
  } catch (error) {
    if (!(error instanceof FilterRefused)) throw error;
    switch (error.reason) {
      case 'property':
        throw unknownProperty(call, shape, error.detail, 'Filter');
      case 'unsupported':
        throw refused(call, 'Request_UnsupportedQuery', 'Unsupported Query.');
      case 'syntax':
        throw badRequest(call.trace, `Invalid filter clause: ${error.detail} in '${text}'.`);
    }
  }
}

function searchOf(text: string | undefined, call: GraphCall, shape: DirectoryShape) {
  if (text === undefined) return undefined;
  try {
    return readSearch(text, shape.properties);
  } catch (error) {
    if (error instanceof SearchRefused) throw badRequest(call.trace, error.message);
    throw error;
  }
}

function orderOf(text: string | undefined, call: GraphCall, shape: DirectoryShape): DirectoryQuery['orderBy'] {
  if (text === undefined) return undefined;
  const match = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text);
  const property = match?.[1] ?? text;
  if (!shape.properties.has(property)) throw unknownProperty(call, shape, property, 'OrderBy');
  if (match === null || !['displayName', 'userPrincipalName', 'mail', 'createdDateTime'].includes(property))
    throw refused(call, 'Request_UnsupportedQuery', 'Unsupported Query.');
  return { property, descending: match[2]?.toLowerCase() === 'desc' };
}

function expandOf(text: string | undefined, call: GraphCall, shape: DirectoryShape): Relation | undefined {
  if (text === undefined) return undefined;
  const name = /^\w*/.exec(text.trim())?.[0] ?? '';
  const relation = RELATIONS[shape.kind].find((candidate) => candidate === name);
  if (relation === undefined) throw unknownProperty(call, shape, name, 'Select and Expand');
  return relation;
}

function topOf(text: string | undefined, call: GraphCall): number {
  if (text === undefined) return PAGE;
  const top = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (top < 1 || top > MAX_TOP)
    throw refused(
      call,
      'Request_UnsupportedQuery',
      `Invalid page size specified: '${text}'. Must be between 1 and 999 inclusive.`,
    );
  return top;
}

function unknownProperty(call: GraphCall, shape: DirectoryShape, name: string, where: string): GraphRefusal {
  const message = `Parsing OData ${where} failed: Could not find a property named '${name}' on type '${shape.entityType}'.`;
  return badRequest(call.trace, message);
}

function refused(call: GraphCall, code: string, message: string): GraphRefusal {
  return new GraphRefusal(graphError(call.trace, 400, code, message));
}
