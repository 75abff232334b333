import { badRequest, type RequestTrace } from './graph-errors.js';
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

/**
 * Cuts a page out of items in their order. A page continues after the last item's sequence number, so that what is added
 * or deleted between two pages shifts nothing. `self` is the URL of this request as the caller sent it, absolute.
 */
export function cutPage<T extends Sequenced>(
  items: readonly T[],
  options: QueryOptions,
  rules: PageRules,
  self: string,
  trace: RequestTrace,
): Page<T> {
  const after = options.skipToken === undefined ? 0 : readToken(options.skipToken, rules.cosmos, trace);
  const rest = items.filter((item) => item.sequence > after).slice(options.skipToken === undefined ? options.skip : 0);
  const page = rest.slice(0, Math.min(options.top ?? rules.size, rules.maxTop));
  const last = page.at(-1);
  const more = last !== undefined && rest.length > page.length;
  return {
    items: page,
    total: items.length,
    nextLink: more ? linkAfter(self, last.sequence, rules.cosmos) : undefined,
  };
}

function linkAfter(self: string, sequence: number, cosmos: boolean): string {
  const [path = '', query = ''] = self.split('?');
  // Everything but the old token and a `$skip` already made good stays as the caller wrote it.
  const kept = query.split('&').filter((part) => part !== '' && !/^(\$|%24)?(skiptoken|skip)=/i.test(part));
  const token = cosmos ? encodeURIComponent(cosmosToken(sequence)) : `SIM.${sequence}`;
  return `${path}?${[...kept, `$skiptoken=${encodeURIComponent(token)}`].join('&')}`;
}

function cosmosToken(sequence: number): string {
  const inner = `{\\"token\\":\\"+RID:~SIM#RT:1#TRC:${sequence}#ISV:2#IEO:65567\\",\\"range\\":{\\"min\\":\\"\\",\\"max\\":\\"FF\\"}}`;
  return `[cosmosdb][{"compositeToken":"${inner}","resourceId":null}]`;
}

function readToken(given: string, cosmos: boolean, trace: RequestTrace): number {
  const sequence = cosmos ? COSMOS.exec(decodedOnce(given))?.[1] : OPAQUE.exec(given)?.[1];
  if (sequence === undefined)
    throw badRequest(
      trace,
      'Invalid value for $skiptoken: the link to the next page has to be followed as it was given.',
    );
  return Number(sequence);
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
