import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/client';
import { ErrorState, LoadingRows, StaleNote, type Refusal } from './states';

interface QueryViewProps<T> {
  query: UseQueryResult<T, Error>;
  loading?: ReactNode;
  /** Whether what is read is the page itself, so that an error is the page's heading. */
  isPage?: boolean;
  /** As {@link ErrorState} has it. */
  refusal?: Refusal;
  children: (data: T) => ReactNode;
}

/** The states that every read has: waiting, refused or broken, older than it should be, and there. */
export function QueryView<T>({ query, loading = <LoadingRows />, isPage, refusal, children }: QueryViewProps<T>) {
  const retry = (): void => void query.refetch();
  if (query.data === undefined) {
    if (!query.isError) return loading;
    return <ErrorState error={query.error} onRetry={retry} isPage={isPage} refusal={refusal} />;
  }
  return (
    <>
      {query.isError && !isUnreachable(query.error) && (
        <StaleNote error={query.error} dataUpdatedAt={query.dataUpdatedAt} onRetry={retry} />
      )}
      {children(query.data)}
    </>
  );
}

/** Said once for the whole page, by the connection bar. */
function isUnreachable(error: Error): boolean {
  return error instanceof Problem && error.status === 0;
}
