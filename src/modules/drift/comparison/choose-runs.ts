import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { InventoryFacade, SyncRunHead } from '../../inventory/inventory.facade.js';

/** The two runs to compare as far as they are there; `missing` says in words what is not, null when nothing is. */
export interface ChosenRuns {
  baseline: SyncRunHead | null;
  current: SyncRunHead | null;
  missing: string | null;
}

/**
 * Chooses from a scope's finished runs that read something. `current` is the newest, whatever its coverage; `baseline` is
 * the newest before it that succeeded fully, however long ago, so that a partial run never becomes the yardstick by
 * itself. A pinned run stands as it is.
 */
export async function chooseRuns(
  inventory: Pick<InventoryFacade, 'syncRuns'>,
  scope: TenantScope,
  scopeKey: string,
  pinned: { baseline?: SyncRunHead | undefined; current?: SyncRunHead | undefined } = {},
): Promise<ChosenRuns> {
  const current = pinned.current ?? (await inventory.syncRuns(scope, scopeKey, { limit: 1 }))[0];
  if (!current) {
    return {
      baseline: null,
      current: null,
      missing: 'There is no finished inventory sync yet; drift needs two. Run an inventory sync.',
    };
  }
  const earlier = { before: current.id, limit: 1 };
  const baseline =
    pinned.baseline ?? (await inventory.syncRuns(scope, scopeKey, { ...earlier, outcomes: ['succeeded'] }))[0];
  if (baseline) return { baseline, current, missing: null };
  const [partial] = await inventory.syncRuns(scope, scopeKey, earlier);
  return { baseline: null, current, missing: partial ? NONE_SUCCEEDED : noneEarlierThan(pinned.current) };
}

const NONE_SUCCEEDED =
  'No earlier inventory sync succeeded fully, so there is no baseline. Run another inventory sync, or name a baseline run.';

function noneEarlierThan(pinned: SyncRunHead | undefined): string {
  return pinned
    ? 'No earlier inventory sync of this selection was found; old ones are removed. Choose a newer sync to compare.'
    : 'There is only one finished inventory sync; drift needs two. Run another inventory sync.';
}

/** Ids grow with time and syncs of one scope never overlap, so the smaller id is the older run. */
export function isOlder(run: SyncRunHead, than: SyncRunHead): boolean {
  return BigInt(run.id) < BigInt(than.id);
}
