import type { BatchReply, BatchRequest, GraphClient } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';

/** What may be gone when the same is asked again. */
const PASSING: ReadonlySet<string> = new Set(['graph.throttled', 'graph.unavailable']);

/**
 * Asks once more for what used up its attempts: of the thousands of calls that a throttled tenant refuses, some are
 * refused to the end, and each would cost a policy.
 * @throws GraphFailure when Graph refuses a batch as a whole; the signal's reason
 */
export async function askTwice(
  client: GraphClient,
  requests: readonly BatchRequest[],
  signal: AbortSignal,
): Promise<Map<string, BatchReply>> {
  if (requests.length === 0) return new Map();
  const replies = await client.batch(requests, { signal });
  const again = requests.filter(({ id }) => {
    const reply = replies.get(id);
    return reply?.ok === false && PASSING.has(reply.failure.code);
  });
  if (again.length === 0) return replies;
  return new Map([...replies, ...(await client.batch(again, { signal }))]);
}

/** All elements of a collection whose first page is at hand; undefined when it is broken off or holds a broken element. */
export async function wholeCollection(
  client: GraphClient,
  reply: BatchReply | undefined,
  isElement: (element: unknown) => boolean,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  if (!reply?.ok) return undefined;
  const { value, '@odata.nextLink': nextLink } = reply.body;
  if (!Array.isArray(value)) return undefined;
  const elements: unknown[] = [...(value as unknown[])];
  if (typeof nextLink === 'string' && nextLink !== '') {
    try {
      for (const element of await client.list(nextLink, { signal })) elements.push(element);
    } catch (error) {
      if (error instanceof GraphFailure) return undefined;
      throw error;
    }
  }
  return elements.every(isElement) ? elements : undefined;
}
