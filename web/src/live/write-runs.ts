import { notifyManager, type Query, type QueryClient } from '@tanstack/react-query';
import { activeRunsQuery, runListsKey, runQuery, type Run } from '../api/operations';
import { newerRun, withActiveRuns, withRuns } from '../runs/run-lists';

/**
 * Writes runs as they are now wherever they are cached: each list at most once, and only if it changes by them, so that
 * whatever shows them is rendered once for all.
 * @param told by id, in the order in which they became known
 */
export function writeRuns(client: QueryClient, tenantId: string, told: ReadonlyMap<string, Run>): void {
  if (told.size === 0) return;
  notifyManager.batch(() => {
    for (const [id, run] of told) {
      client.setQueryData(runQuery(tenantId, id).queryKey, (known) => (known ? newerRun(known, run) : run));
    }
    const { queryKey } = activeRunsQuery(tenantId);
    const active = client.getQueryData(queryKey);
    const activeNow = withActiveRuns(active, told);
    if (activeNow !== active) client.setQueryData(queryKey, activeNow);

    for (const query of client.getQueryCache().findAll({ queryKey: runListsKey(tenantId) })) {
      const list = withRuns(query.state.data, told);
      if (list !== query.state.data) writeList(client, query, list);
    }
  });
}

/**
 * A written list may still lack runs that were never in it: one that nobody looks at stays as old as it was read, and one
 * that is to be read anew stays so, although a write counts as a read otherwise.
 */
function writeList(client: QueryClient, query: Query, list: unknown): void {
  const { dataUpdatedAt, isInvalidated } = query.state;
  client.setQueryData(query.queryKey, list, { updatedAt: query.isActive() ? Date.now() : dataUpdatedAt });
  if (isInvalidated) query.invalidate();
}
