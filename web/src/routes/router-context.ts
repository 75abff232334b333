import type { FetchQueryOptions, QueryClient, QueryKey } from '@tanstack/react-query';

/** How long a page waits for its reads before it is shown without them: about as long as a click still feels answered. */
const MOMENT_MS = 250;

/** What every route's loader is given. */
export interface RouterContext {
  /**
   * Sends a page's read as soon as its address is known, beside its code and who is signed in, instead of after them. The
   * page asks for the same and shows how it goes. Resolves when an answer or a refusal is there, at once when an earlier
   * answer is; never rejects.
   */
  ahead: <TData, TKey extends QueryKey>(query: FetchQueryOptions<TData, Error, TData, TKey>) => Promise<void>;
}

export function routerContext(queryClient: QueryClient): RouterContext {
  return {
    ahead: (query) => {
      const known = queryClient.getQueryData(query.queryKey) !== undefined;
      const read = queryClient.prefetchQuery(query);
      return known ? Promise.resolve() : read;
    },
  };
}

/**
 * What a loader answers: the page is shown once all of its reads are there, so that nothing of it is pushed about by what
 * comes a little later; after a moment it is shown with what there is. Only a page that is come to waits: on the same page
 * what a person chose must be seen to be chosen at once.
 */
export function aMoment(
  cause: 'preload' | 'enter' | 'stay',
  reads: readonly Promise<void>[],
): Promise<unknown> | undefined {
  if (cause !== 'enter') return undefined;
  return Promise.race([Promise.all(reads), new Promise((resolve) => setTimeout(resolve, MOMENT_MS))]);
}
