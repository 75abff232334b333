import { badRequest, type RequestTrace } from './graph-errors.js';
import type { GraphVersion } from './collections.js';

export interface ExpandItem {
  name: string;
  /** Children asked for inside: `scheduledActionsForRule($expand=scheduledActionConfigurations)`. */
  expand: string[];
}

/** The query options that the simulator reads; absent ones are undefined. */
export interface QueryOptions {
  select: string[] | undefined;
  expand: ExpandItem[];
  filter: string | undefined;
  top: number | undefined;
  skip: number;
  count: boolean;
  skipToken: string | undefined;
}

const KNOWN = new Set(['$select', '$expand', '$filter', '$top', '$skip', '$count', '$skiptoken']);
/** Options of OData that Graph has and this simulator refuses rather than ignores. */
const REFUSED = new Set(['$orderby', '$search', '$apply', '$compute', '$deltatoken']);

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
    select: given.has('$select') ? list(given.get('$select') ?? '') : undefined,
    expand: splitTopLevel(given.get('$expand') ?? '').map((text) => expandItem(text, trace)),
    filter: given.get('$filter'),
    top: whole(given.get('$top'), '$top', 1, trace),
    skip: whole(given.get('$skip'), '$skip', 0, trace) ?? 0,
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

function whole(text: string | undefined, name: string, least: number, trace: RequestTrace): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < least)
    throw badRequest(
      trace,
      `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
    );
  return value;
}

function expandItem(text: string, trace: RequestTrace): ExpandItem {
  const match = /^([A-Za-z]\w*)(?:\((.*)\))?$/.exec(text);
  if (match === null)
    throw badRequest(trace, `Parsing OData Select and Expand failed: Syntax error at position 0 in '${text}'.`);
  const [, name = '', inner = ''] = match;
  const nested = /(?:^|;)\s*\$?expand=([^;]*)/i.exec(inner)?.[1] ?? '';
  return { name, expand: splitTopLevel(nested) };
}

/** Parts between the commas that stand outside of parentheses. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else {
      current += character;
    }
  }
  return [...parts, current].map((part) => part.trim()).filter((part) => part !== '');
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
