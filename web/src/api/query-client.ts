import { QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './client';

/** @param onSignedOut called whenever an answer says that there is no session any more */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: Error): void => {
    if (error instanceof Problem && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    defaultOptions: {
      queries: {
        // Whether the server can be reached is found out by asking it; browsers are often wrong about being online.
        networkMode: 'always',
        staleTime: 5_000,
        retry: (failures, error) => isPassing(error) && failures < 2,
        // What others do shows without a reload, and a page that lost the server finds it again by itself.
        refetchInterval: (query) => intervalAfter(query.state.error),
      },
      mutations: { networkMode: 'always', onError: watch },
    },
  });
}

/** Milliseconds until a query is asked again; what was refused stays refused. */
function intervalAfter(error: Error | null): number | false {
  if (error === null) return 30_000;
  return isPassing(error) ? 10_000 : false;
}

/** Whether trying again may help: no answer, or one that blames the server or the pace. */
function isPassing(error: Error): boolean {
  return !(error instanceof Problem) || error.status === 0 || error.status === 429 || error.status >= 500;
}
