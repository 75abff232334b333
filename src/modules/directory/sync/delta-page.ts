import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import type { GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GROUP_FIELDS, groupEntry, type GroupEntry } from './group-entry.js';

/** The first address of a reading of all groups. */
export const ALL_GROUPS = `/v1.0/groups/delta?$select=${GROUP_FIELDS}`;

/**
 * One page of a round. `last` pages carry the link that the next round begins with; the others the link of the next page.
 * Both bear a token: they are shown to nobody and logged nowhere.
 */
export interface DeltaPage {
  entries: GroupEntry[];
  last: boolean;
  link: string;
}

/**
 * Reads one page of `/groups/delta`. An answer with neither link is no end: only a deltaLink proves that the round was
 * read whole.
 * @throws GraphFailure, or the signal's reason
 */
export async function readDeltaPage(client: GraphClient, link: string, signal: AbortSignal): Promise<DeltaPage> {
  const page = await client.get(link, { signal });
  const { value } = page;
  if (!Array.isArray(value) || !value.every(isObject)) throw untrusted('the answer is no collection of objects');
  const next = linkOf(page, '@odata.nextLink');
  const delta = linkOf(page, '@odata.deltaLink');
  if ((next === undefined) === (delta === undefined)) throw untrusted('a page has not exactly one link to go on with');
  return {
    entries: value.map((object) => groupEntry(object)),
    last: next === undefined,
    link: next ?? delta ?? '',
  };
}

/**
 * Whether a link leads nowhere any more, so that another way has to be found: its token ended (7 days; 410, or 400 with a
 * code such as `syncStateNotFound`, `delta-query-overview.md`), Graph does not know it, or its pages lead in a circle. A
 * missing permission, throttling or an outage says nothing of the link.
 */
export function isLinkLost(error: unknown): boolean {
  if (!(error instanceof GraphFailure)) return false;
  switch (error.code) {
    case 'graph.bad_request': // 410 among them
    case 'graph.not_found':
    case 'graph.protocol': // what it leads to cannot be trusted, or is not Graph
      return true;
    case 'graph.throttled':
    case 'graph.forbidden':
    case 'graph.unauthorized':
    case 'graph.unavailable':
      return false;
  }
}

export function untrusted(detail: string): GraphFailure {
  return new GraphFailure('graph.protocol', { detail: `groups/delta: ${detail}` });
}

function linkOf(page: GraphObject, name: '@odata.nextLink' | '@odata.deltaLink'): string | undefined {
  const link = page[name];
  return typeof link === 'string' && link !== '' ? link : undefined;
}

function isObject(value: unknown): value is GraphObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
