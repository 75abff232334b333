import type { FetchQueryOptions, QueryClient, QueryKey } from '@tanstack/react-query';

/** What a page asks the server for, whoever sends it and whatever it answers. */
export interface Read {
  key: QueryKey;
  /** Resolves when the answer, or a refusal, is in the cache; never rejects. */
  send: (client: QueryClient) => Promise<void>;
}

export function read<TData, TKey extends QueryKey>(query: FetchQueryOptions<TData, Error, TData, TKey>): Read {
  return { key: query.queryKey, send: (client) => client.prefetchQuery(query) };
}

/** Search parameters as an address has them: what a page knows of them is picked from them. */
export type Search = Record<string, unknown>;

/** The address of a page in a tenant. */
export interface InTenant {
  tenantId: string;
}
