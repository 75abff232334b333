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
        staleTime: 5_000,
        retry: (failures, error) => isPassing(error) && failures < 2,
        // A page that lost the server finds it again by itself; what was refused stays refused.
        refetchInterval: (query) => (query.state.error !== null && isPassing(query.state.error) ? 10_000 : false),
      },
      mutations: { onError: watch },
    },
  });
}

/** Whether trying again may help: no answer, or one that blames the server or the pace. */
function isPassing(error: Error): boolean {
  return !(error instanceof Problem) || error.status === 0 || error.status === 429 || error.status >= 500;
}
