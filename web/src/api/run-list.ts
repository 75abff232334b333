import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { isLive } from '../live/live-state';
import { get } from './client';
import { isActive, runListsKey, type Run } from './operations';
import type { Page } from './page';
import { serverNow } from './server-clock';

/** What the list of Monitoring is narrowed to. Several values in one filter are separated by commas. */
export interface RunListFilters {
  status?: string | undefined;
  outcome?: string | undefined;
  type?: string | undefined;
  initiator?: string | undefined;
  /** Runs queued in the last so many minutes. */
  lastMinutes?: number | undefined;
  /** Queued at or after, ISO 8601. */
  from?: string | undefined;
  /** Queued before, ISO 8601. */
  to?: string | undefined;
  q?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

const ACTIVE_MS = 2_000;
const IDLE_MS = 15_000;
const MINUTE_MS = 60_000;

/**
 * Refreshes every 2 s while something in view is active, every 15 s when nothing is or the tab is told of it live, and
 * never while the tab is hidden. A window that ends now begins at a whole minute, so that within a minute the same
 * answer is asked for and a 304 suffices.
 */
export function runListQuery(tenantId: string, filters: RunListFilters, paused: boolean) {
  const { lastMinutes, ...rest } = filters;
  return queryOptions({
    queryKey: [...runListsKey(tenantId), filters],
    queryFn: ({ signal }) => {
      const from = lastMinutes === undefined ? rest.from : minutesAgo(lastMinutes);
      return get<Page<Run>>(`/tenants/${tenantId}/operations`, { ...rest, from }, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: (query) => {
      if (paused) return false;
      const isBusy = query.state.data?.items.some(isActive) === true;
      return isBusy && !isLive() ? ACTIVE_MS : IDLE_MS;
    },
  });
}

function minutesAgo(minutes: number): string {
  const now = Math.floor(serverNow() / MINUTE_MS) * MINUTE_MS;
  return new Date(now - minutes * MINUTE_MS).toISOString();
}
