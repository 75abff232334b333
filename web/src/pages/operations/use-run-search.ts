import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { RunListFilters } from '../../api/run-list';
import { bucketFilters, isBucket, type RunBucket } from '../../runs/run-bucket';
import { listOf } from '../../search-params';
import { rememberedWindow, rememberWindow, windowFilter } from './time-window';

const ROUTE = '/t/$tenantId/operations';

export const PAGE_SIZES = ['25', '50', '100'] as const;
const USUAL_SIZE = '50';

/** What the address says of the list; every part of its state is there. */
export interface RunSearch {
  bucket?: string | undefined;
  type?: string | undefined;
  initiator?: string | undefined;
  window?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  q?: string | undefined;
  limit?: string | undefined;
  cursor?: string | undefined;
}

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

/**
 * The list's filters. An address that names none takes the time window of the last visit, and then says so; one that
 * names any, such as a link that somebody shared, is taken as it is.
 */
export function useRunSearch(): RunSearchState {
  const given = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const isBare = Object.values(given).every((value) => value === undefined);
  const [remembered, setRemembered] = useState(rememberedWindow);
  const search: RunSearch = isBare && remembered !== undefined ? { window: remembered } : given;

  useEffect(() => {
    if (isBare && remembered !== undefined) void navigate({ search: { window: remembered }, replace: true });
  }, [isBare, remembered, navigate]);

  const remember = (window: string | undefined): void => {
    rememberWindow(window);
    setRemembered(rememberedWindow());
  };
  const buckets = listOf(search.bucket).filter(isBucket);
  const { type, initiator, q, cursor } = search;
  const size = PAGE_SIZES.find((each) => each === search.limit) ?? USUAL_SIZE;
  const isFiltered = [search.bucket, type, initiator, search.window, search.from, search.to, q].some(
    (value) => value !== undefined,
  );
  return {
    search,
    filters: { ...bucketFilters(buckets), type, initiator, q, ...windowFilter(search), limit: Number(size), cursor },
    buckets,
    size,
    isFiltered,
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
