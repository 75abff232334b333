import { badRequest, type GraphRefusal, type RequestTrace } from './graph-errors.js';
import type { QueryOptions } from './query-options.js';

export interface PageRules {
  size: number;
  /** The largest `$top`; a larger one is brought down to it. */
  maxTop: number;
  /** Cosmos tokens are percent-encoded before they are put into the link, so that they arrive encoded twice. */
  cosmos: boolean;
}

export interface Page<T> {
  items: T[];
  /** Link to the next page; undefined on the last one. */
  nextLink: string | undefined;
  /** All items that match, on every page. */
  total: number;
}

interface Sequenced {
  sequence: number;
}

const COSMOS = /^\[cosmosdb\]\[\{"compositeToken":"\{\\"token\\":\\"\+RID:~SIM#RT:\d+#TRC:(\d+)#/;
const OPAQUE = /^SIM\.(\d+)$/;
const ORDERED = /^SIM\.AT\.(\d+)$/;

/**
 * Cuts a page out of items in their order. A page continues after the last item's sequence number, so that what is added
 * or deleted between two pages shifts nothing; where `$orderby` changed the order, it continues after the items already
 * given. `self` is the URL of this request as the caller sent it, absolute.
 */
export function cutPage<T extends Sequenced>(
  items: readonly T[],
  options: QueryOptions,
  rules: PageRules,
  self: string,
  trace: RequestTrace,
): Page<T> {
  const size = Math.min(options.top ?? rules.size, rules.maxTop);
  if (options.orderBy.length > 0) return cutOrdered(items, options, size, self, trace);
  const after = options.skipToken === undefined ? 0 : readToken(options.skipToken, rules.cosmos, trace);
  const rest = items.filter((item) => item.sequence > after).slice(options.skipToken === undefined ? options.skip : 0);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const more = last !== undefined && rest.length > page.length;
  const token = rules.cosmos ? encodeURIComponent(cosmosToken(last?.sequence ?? 0)) : `SIM.${last?.sequence}`;
  return { items: page, total: items.length, nextLink: more ? linkWith(self, token) : undefined };
}

function cutOrdered<T>(
  items: readonly T[],
  options: QueryOptions,
  size: number,
  self: string,
  trace: RequestTrace,
): Page<T> {
  const from =
    options.skipToken === undefined ? options.skip : Number(ORDERED.exec(options.skipToken)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw badToken(trace);
  const end = from + size;
  return {
    items: items.slice(from, end),
    total: items.length,
    nextLink: items.length > end ? linkWith(self, `SIM.AT.${end}`) : undefined,
  };
}

function linkWith(self: string, token: string): string {
  const [path = '', query = ''] = self.split('?');
  // Everything but the old token and a `$skip` already made good stays as the caller wrote it.
  const kept = query.split('&').filter((part) => part !== '' && !/^(\$|%24)?(skiptoken|skip)=/i.test(part));
  return `${path}?${[...kept, `$skiptoken=${encodeURIComponent(token)}`].join('&')}`;
}

function cosmosToken(sequence: number): string {
  const inner = `{\\"token\\":\\"+RID:~SIM#RT:1#TRC:${sequence}#ISV:2#IEO:65567\\",\\"range\\":{\\"min\\":\\"\\",\\"max\\":\\"FF\\"}}`;
  return `[cosmosdb][{"compositeToken":"${inner}","resourceId":null}]`;
}

function readToken(given: string, cosmos: boolean, trace: RequestTrace): number {
  const sequence = cosmos ? COSMOS.exec(decodedOnce(given))?.[1] : OPAQUE.exec(given)?.[1];
  if (sequence === undefined) throw badToken(trace);
  return Number(sequence);
}

function badToken(trace: RequestTrace): GraphRefusal {
  return badRequest(
    trace,
    'Invalid value for $skiptoken: the link to the next page has to be followed as it was given.',
  );
}

function decodedOnce(text: string): string {
  // A token that was decoded once too often has brackets already and is refused.
  if (!text.startsWith('%5Bcosmosdb%5D')) return '';
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
