import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { isLive } from '../live/live-state';
import { get } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

export type RelatedLink = Schema<'RelatedLinkDto'>;

export type RunFailure = Schema<'FailureDto'>;

export type Run = Schema<'RunDto'>;
export type RunStatus = Run['status'];
export type RunOutcome = Run['outcome'];
export type SummaryCounts = Run['summaryCounts'];

/** What a start answers; `created` is false when an equal run was already active, and `run` is that one. */
export type StartedRun = Schema<'StartedRunDto'>;

export type RunItem = Schema<'RunItemDto'>;
export type ItemResult = RunItem['result'];

export type RunEvent = Schema<'RunEventDto'>;

export type RunTypeCounts = Schema<'RunTypeCountsDto'>;

export type RunSummary = Schema<'RunSummaryDto'>;

export interface RunFilters {
  /** Several values in one filter are separated by commas. */
  status?: string;
  outcome?: string;
  type?: string;
  initiator?: string;
  q?: string;
  cursor?: string;
}

const ACTIVE_MS = 2_000;
const IDLE_MS = 15_000;
/** What is told of live is asked for only in case that something was lost. */
const LIVE_MS = 60_000;

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/operations`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'operations', ...rest];

/** The prefix of every list of runs. */
export const runListsKey = (tenantId: string): unknown[] => keyOf(tenantId, 'list');

export function isActive(run: Run): boolean {
  return run.status !== 'completed';
}

/** Refreshes every 2 s while something in view is active, else every 15 s; never while the tab is hidden. */
export function runsQuery(tenantId: string, filters: RunFilters, paused: boolean) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'list', filters),
    queryFn: ({ signal }) => get<Page<Run>>(pathOf(tenantId), { ...filters, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      paused ? false : query.state.data?.items.some(isActive) === true ? ACTIVE_MS : IDLE_MS,
  });
}

export function runSummaryQuery(tenantId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'summary'),
    queryFn: ({ signal }) => get<RunSummary>(`${pathOf(tenantId)}/summary`, {}, signal),
    staleTime: 30_000,
  });
}

/** So many active runs are listed at most, the newest; an event stream begins with all of them. */
export const ACTIVE_MOST = 50;

/** The tenant's queued and running runs. */
export function activeRunsQuery(tenantId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'active'),
    queryFn: ({ signal }) => get<Page<Run>>(`${pathOf(tenantId)}/active`, {}, signal),
    refetchInterval: (query) => (isLive() ? LIVE_MS : (query.state.data?.items.length ?? 0) > 0 ? ACTIVE_MS : IDLE_MS),
  });
}

export function runQuery(tenantId: string, runId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, runId, 'run'),
    queryFn: ({ signal }) => get<Run>(`${pathOf(tenantId)}/${runId}`, {}, signal),
    refetchInterval: (query) => {
      const run = query.state.data;
      if (run === undefined) return query.state.error === null ? false : IDLE_MS;
      return isActive(run) ? (isLive() ? LIVE_MS : ACTIVE_MS) : false;
    },
  });
}

export function runEventsQuery(tenantId: string, runId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, runId, 'events'),
    queryFn: ({ signal }) => get<Page<RunEvent>>(`${pathOf(tenantId)}/${runId}/events`, { limit: 100 }, signal),
    placeholderData: keepPreviousData,
  });
}
