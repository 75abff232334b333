import { queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import { tenantKey } from './keys';
import type { StartedRun } from './operations';
import type { Page } from './page';

export type CoverageState = 'read' | 'partial' | 'forbidden' | 'throttled' | 'failed' | 'unsupported_licence';

/** How much of one policy type a sync read. */
export interface TypeCoverage {
  type: string;
  state: CoverageState;
  policies: number;
  reasonCode: string | null;
  /** What went wrong and what to do; there whenever `reasonCode` is. */
  reason?: string;
}

export interface SyncRun {
  id: string;
  operationRunId: string;
  scopeKey: string;
  selection: Record<string, unknown>;
  /** Null while it is not finished. */
  outcome: 'succeeded' | 'partially_succeeded' | 'failed' | null;
  policies: number;
  versionsWritten: number;
  startedAt: string;
  finishedAt: string | null;
  coverage: TypeCoverage[];
}

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/inventory`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'sync-runs', ...rest];

/** The newest sync of any selection; null when none ever ran. */
export function newestSyncQuery(tenantId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'newest'),
    queryFn: async ({ signal }) => {
      const page = await get<Page<SyncRun>>(`${pathOf(tenantId)}/sync-runs`, { limit: 1 }, signal);
      return page.items[0] ?? null;
    },
  });
}

export function syncRunQuery(tenantId: string, syncRunId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, syncRunId),
    queryFn: ({ signal }) => get<SyncRun>(`${pathOf(tenantId)}/sync-runs/${syncRunId}`, {}, signal),
  });
}

/** Reads everything that is supported. */
export function startSync(tenantId: string): Promise<StartedRun> {
  return post(`${pathOf(tenantId)}/sync`, {});
}
