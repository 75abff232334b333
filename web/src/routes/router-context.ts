import type { FetchQueryOptions, QueryClient, QueryKey } from '@tanstack/react-query';

/** What every route's loader is given. */
export interface RouterContext {
  /**
   * Sends a page's read as soon as its address is known, beside its code and who is signed in, instead of after them. Nobody
   * waits for it here: the page asks for the same and shows how it goes.
   */
  ahead: <TData, TKey extends QueryKey>(query: FetchQueryOptions<TData, Error, TData, TKey>) => void;
}

export function routerContext(queryClient: QueryClient): RouterContext {
  return { ahead: (query) => void queryClient.prefetchQuery(query) };
}
