import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ItemResult, RunOutcome, SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import { get } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';

export type { ItemResult, RunOutcome, SummaryCounts };
export type RunStatus = 'queued' | 'running' | 'completed';

export interface RelatedLink {
  rel: string;
  label: string;
  /** An API path: `/api/v1/tenants/:tenantId/...`. */
  href: string;
}

export interface RunFailure {
  code: string;
  message: string;
  count: number;
}

export interface Run {
  id: string;
  tenantId: string;
  type: string;
  label: string;
  status: RunStatus;
  outcome: RunOutcome;
  initiatorName: string;
  userId: string | null;
  subject: { type: string; id: string; name: string | null } | null;
  summaryCounts: SummaryCounts;
  failureSummary: RunFailure[];
  context: Record<string, unknown>;
  attempt: number;
  retryOf: string | null;
  cancelRequestedAt: string | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  updatedAt: string;
  links: { self: string; ui: string; related: RelatedLink[] };
}

/** What a start answers; `created` is false when an equal run was already active, and `run` is that one. */
export interface StartedRun {
  run: Run;
  created: boolean;
}

export interface RunItem {
  itemId: string;
  kind: string;
  result: ItemResult;
  reasonCode?: string;
  reason?: string;
}

export interface RunEvent {
  id: string;
  at: string;
  kind: string;
  detail: Record<string, unknown>;
}

export interface RunTypeCounts {
  type: string;
  label: string;
  buckets: Record<string, number>;
}

export interface RunSummary {
  buckets: Record<string, number>;
  types: RunTypeCounts[];
}

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

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/operations`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'operations', ...rest];

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

/** The tenant's queued and running runs. */
export function activeRunsQuery(tenantId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'active'),
    queryFn: ({ signal }) => get<Page<Run>>(`${pathOf(tenantId)}/active`, {}, signal),
    refetchInterval: (query) => ((query.state.data?.items.length ?? 0) > 0 ? ACTIVE_MS : IDLE_MS),
  });
}

export function runQuery(tenantId: string, runId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, runId, 'run'),
    queryFn: ({ signal }) => get<Run>(`${pathOf(tenantId)}/${runId}`, {}, signal),
    refetchInterval: (query) => {
      const run = query.state.data;
      if (run === undefined) return query.state.error === null ? false : IDLE_MS;
      return isActive(run) ? ACTIVE_MS : false;
    },
  });
}

/** @param revision changes whenever the run does, so that its items are read again */
export function runItemsQuery(
  tenantId: string,
  runId: string,
  filters: { result?: string; cursor?: string },
  revision: string,
) {
  return queryOptions({
    queryKey: keyOf(tenantId, runId, 'items', filters, revision),
    queryFn: ({ signal }) =>
      get<Page<RunItem>>(`${pathOf(tenantId)}/${runId}/items`, { ...filters, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

export function runEventsQuery(tenantId: string, runId: string, revision: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, runId, 'events', revision),
    queryFn: ({ signal }) => get<Page<RunEvent>>(`${pathOf(tenantId)}/${runId}/events`, { limit: 100 }, signal),
    placeholderData: keepPreviousData,
  });
}
