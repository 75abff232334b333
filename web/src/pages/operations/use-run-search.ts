import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { RunListFilters } from '../../api/run-list';
import type { RunBucket } from '../../runs/run-bucket';
import { bucketsOf, filtersOf, isBare, shownSearch, sizeOf, type RunSearch } from './run-search';
import { rememberedWindow, rememberWindow } from './time-window';

const ROUTE = '/t/$tenantId/operations';

export interface RunSearchState {
  search: RunSearch;
  filters: RunListFilters;
  buckets: readonly RunBucket[];
  size: string;
  isFiltered: boolean;
  /** Changes filters and goes back to the newest; with `replace` without a step in the history, as for typing. */
  filter: (change: Partial<RunSearch>, replace?: boolean) => void;
  turn: (cursor: string | undefined) => void;
  clear: () => void;
}

/** The list's filters; a time window that was taken from the last visit is written into the address. */
export function useRunSearch(): RunSearchState {
  const given = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [remembered, setRemembered] = useState(rememberedWindow);
  const search = shownSearch(given, remembered);
  const bare = isBare(given);

  useEffect(() => {
    if (bare && remembered !== undefined) void navigate({ search: { window: remembered }, replace: true });
  }, [bare, remembered, navigate]);

  const remember = (window: string | undefined): void => {
    rememberWindow(window);
    setRemembered(rememberedWindow());
  };
  const { bucket, type, initiator, window, from, to, q } = search;
  return {
    search,
    filters: filtersOf(search),
    buckets: bucketsOf(search),
    size: sizeOf(search),
    isFiltered: [bucket, type, initiator, window, from, to, q].some((value) => value !== undefined),
    filter: (change, replace = false) => {
      if ('window' in change) remember(change.window);
      void navigate({ search: { ...search, ...change, cursor: undefined }, replace });
    },
    turn: (next) => void navigate({ search: { ...search, cursor: next } }),
    clear: () => {
      remember(undefined);
      void navigate({ search: { limit: search.limit } });
    },
  };
}
