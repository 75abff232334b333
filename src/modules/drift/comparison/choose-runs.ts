import type { SyncRunHead } from '../../inventory/inventory.facade.js';

/** The two runs to compare as far as they are there; `missing` says in words what is not, null when nothing is. */
export interface ChosenRuns {
  baseline: SyncRunHead | null;
  current: SyncRunHead | null;
  missing: string | null;
}

/**
 * Chooses from a scope's finished runs, newest first. `current` is the newest, whatever its coverage; `baseline` is the
 * newest before it that succeeded fully, so that a partial run never becomes the yardstick by itself. A pinned run
 * stands as it is.
 */
export function chooseRuns(
  runs: readonly SyncRunHead[],
  pinned: { baseline?: SyncRunHead | undefined; current?: SyncRunHead | undefined } = {},
): ChosenRuns {
  const current = pinned.current ?? runs[0];
  if (!current) {
    return {
      baseline: null,
      current: null,
      missing: 'There is no finished inventory sync yet; drift needs two. Run an inventory sync.',
    };
  }
  const earlier = runs.filter((run) => isOlder(run, current));
  const baseline = pinned.baseline ?? earlier.find((run) => run.outcome === 'succeeded');
  if (baseline) return { baseline, current, missing: null };
  if (pinned.current && earlier.length === 0) {
    return {
      baseline: null,
      current,
      missing:
        'No earlier inventory sync of this selection was found; old ones are removed. Choose a newer sync to compare.',
    };
  }
  return {
    baseline: null,
    current,
    missing:
      earlier.length === 0
        ? 'There is only one finished inventory sync; drift needs two. Run another inventory sync.'
        : 'No earlier inventory sync succeeded fully, so there is no baseline. Run another inventory sync, or name a baseline run.',
  };
}

/** Ids grow with time and syncs of one scope never overlap, so the smaller id is the older run. */
export function isOlder(run: SyncRunHead, than: SyncRunHead): boolean {
  return BigInt(run.id) < BigInt(than.id);
}
