import { badRequest, type RequestTrace } from './graph-errors.js';
import type { GraphVersion } from './collections.js';

/** One relation that a caller wants to see: `scheduledActionsForRule($expand=scheduledActionConfigurations;$select=id)`. */
export interface ExpandItem {
  name: string;
  select: string[] | undefined;
  expand: ExpandItem[];
}

export interface OrderItem {
  field: string;
  descending: boolean;
}

/** The query options that the simulator reads; absent ones are undefined. */
export interface QueryOptions {
  select: string[] | undefined;
  expand: ExpandItem[];
  filter: string | undefined;
  orderBy: OrderItem[];
  search: string | undefined;
  top: number | undefined;
  skip: number;
  count: boolean;
  skipToken: string | undefined;
}

const KNOWN = new Set([
  '$select',
  '$expand',
  '$filter',
  '$orderby',
  '$search',
  '$top',
  '$skip',
  '$count',
  '$skiptoken',
]);
/** Options of OData that no collection here takes. */
const REFUSED = new Set(['$apply', '$compute', '$deltatoken']);
const DEEPEST = 5;

/** Reads OData's options; on beta the `$` may be missing. Throws a 400 refusal for one that is wrong or not simulated. */
export function readQueryOptions(query: URLSearchParams, version: GraphVersion, trace: RequestTrace): QueryOptions {
  const given = new Map<string, string>();
  for (const [key, value] of query) {
    const name = optionName(key, version);
    if (name === undefined) continue;
    if (!KNOWN.has(name)) throw badRequest(trace, `The query parameter '${name}' is not supported.`);
    if (given.has(name))
      throw badRequest(
        trace,
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    given.set(name, value);
  }
  return {
    select: given.has('$select') ? list(given.get('$select') ?? '', ',') : undefined,
    expand: expandItems(given.get('$expand') ?? '', 0, trace),
    filter: given.get('$filter'),
    orderBy: list(given.get('$orderby') ?? '', ',').map((text) => orderItem(text, trace)),
    search: given.get('$search'),
    top: whole(given.get('$top'), '$top', trace),
    skip: whole(given.get('$skip'), '$skip', trace) ?? 0,
    count: given.get('$count')?.toLowerCase() === 'true',
    skipToken: given.get('$skiptoken'),
  };
}

function optionName(key: string, version: GraphVersion): string | undefined {
  const lower = key.toLowerCase();
  if (lower.startsWith('$')) return lower;
  const withDollar = `$${lower}`;
  return version === 'beta' && (KNOWN.has(withDollar) || REFUSED.has(withDollar)) ? withDollar : undefined;
}

function whole(text: string | undefined, name: string, trace: RequestTrace): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < 0)
    throw badRequest(
      trace,
      `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
    );
  return value;
}

function orderItem(text: string, trace: RequestTrace): OrderItem {
  const match = /^([A-Za-z]\w*(?:\/\w+)*)(?:\s+(asc|desc))?$/i.exec(text);
  if (match === null) throw badRequest(trace, `Syntax error in $orderby: '${text}'.`);
  return { field: match[1] ?? '', descending: match[2]?.toLowerCase() === 'desc' };
}

function expandItems(text: string, depth: number, trace: RequestTrace): ExpandItem[] {
  if (depth > DEEPEST) throw badRequest(trace, 'Parsing OData Select and Expand failed: the expansion is too deep.');
  return list(text, ',').map((part) => expandItem(part, depth, trace));
}

/** A cast before the name (`microsoft.graph.x/roleScopeTags`) says only of which type the object has to be. */
function expandItem(text: string, depth: number, trace: RequestTrace): ExpandItem {
  const match = /^(?:microsoft\.graph\.\w+\/)?([A-Za-z]\w*)(?:\((.*)\))?$/.exec(text);
  if (match === null)
    throw badRequest(trace, `Parsing OData Select and Expand failed: Syntax error at position 0 in '${text}'.`);
  const [, name = '', inner = ''] = match;
  const options = new Map(
    list(inner, ';').map((option) => {
      const at = option.indexOf('=');
      return [option.slice(0, at).trim().replace(/^\$/, '').toLowerCase(), option.slice(at + 1)] as const;
    }),
  );
  const select = options.get('select');
  return {
    name,
    select: select === undefined ? undefined : list(select, ','),
    expand: expandItems(options.get('expand') ?? '', depth + 1, trace),
  };
}

/** Parts between the separators that stand outside of parentheses. */
function list(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === separator && depth === 0) {
      parts.push(current);
      current = '';
    } else {
      current += character;
    }
  }
  return [...parts, current].map((part) => part.trim()).filter((part) => part !== '');
}
