import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { LoggedRequest } from '#libs/graph-simulator/src/http/request-log.js';

const ITEM_PATHS = POLICY_TYPES.map(({ collection }) => `${collection.path}/`);

/** Ids of what each page named, by the path that it was asked for with. */
export type NamedByPages = ReadonlyMap<string, readonly string[]>;

/** Paths with queries that the simulator's Graph was asked for, oldest first; each member of a batch for itself. */
export async function askedOfGraph(controlOrigin: string, since = 0): Promise<string[]> {
  const answer = await fetch(`${controlOrigin}/requests`);
  const { items } = (await answer.json()) as { items: LoggedRequest[] };
  const paths = items.flatMap(({ batch, path }) => batch?.map((member) => member.path) ?? [path]);
  return paths.filter((path) => path.startsWith('/beta/')).slice(since);
}

/** The id of the policy that a path reads, or a child of it; undefined for a page of a list. */
export function policyIn(path: string): string | undefined {
  const collection = ITEM_PATHS.find((one) => path.startsWith(one));
  return collection === undefined
    ? undefined
    : decodeURIComponent(path.slice(collection.length).split(/[/?]/)[0] ?? '');
}

/**
 * Requests after a crash whose answer was kept before it: of a policy that is stored, or a page of which all are. A page that was
 * asked for and not answered is in flight, and rightly asked for again; of one that named nothing, ids cannot say what it was.
 */
export function needlessRequests(
  before: readonly string[],
  after: readonly string[],
  pages: NamedByPages,
  kept: ReadonlySet<string>,
): string[] {
  return after.filter((path) => {
    const id = policyIn(path);
    if (id !== undefined) return kept.has(id);
    const named = pages.get(path) ?? [];
    return before.includes(path) && named.length > 0 && named.every((one) => kept.has(one));
  });
}

/** Requests for lists of which every type was read to the end, and for what stands in them. */
export function requestsOfReadTypes(after: readonly string[], read: ReadonlySet<string>): string[] {
  const unread = new Set(POLICY_TYPES.filter(({ key }) => !read.has(key)).map(({ collection }) => collection.path));
  return after.filter((path) => {
    const types = POLICY_TYPES.filter(({ collection }) =>
      `${path}/`.replace('?', '/?').startsWith(`${collection.path}/`),
    );
    return types.length > 0 && types.every(({ collection }) => !unread.has(collection.path));
  });
}
