import { queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import { tenantKey } from './keys';
import type { StartedRun } from './operations';
import type { Page } from './page';
import type { Schema } from './schemas';

export type CoverageState = TypeCoverage['state'];

/** How much of one policy type a sync read. */
export type TypeCoverage = Schema<'TypeCoverageDto'>;

export type SyncRun = Schema<'SyncRunDto'>;

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

/** The newest syncs of all selections, newest first. */
export function syncRunsQuery(tenantId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'list'),
    queryFn: ({ signal }) => get<Page<SyncRun>>(`${pathOf(tenantId)}/sync-runs`, { limit: 100 }, signal),
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
