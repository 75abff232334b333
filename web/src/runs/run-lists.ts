import { replaceEqualDeep } from '@tanstack/react-query';
import { isActive, type Run } from '../api/operations';
import type { Page } from '../api/page';

/** Which of two states of one run is the later: an end is never taken back, else the one that was written later. */
export function newerRun(known: Run, told: Run): Run {
  if (isActive(known) !== isActive(told)) return isActive(known) ? told : known;
  return known.updatedAt > told.updatedAt ? known : told;
}

/**
 * The active runs after these were told: without those that ended, with those that are new first, as the server lists
 * them. The same list when it does not change.
 * @param told by id, in the order in which they became known
 */
export function withActiveRuns(known: Page<Run> | undefined, told: ReadonlyMap<string, Run>): Page<Run> | undefined {
  const before = known?.items ?? [];
  const ids = new Set(before.map(({ id }) => id));
  const added = [...told.values()].filter((run) => isActive(run) && !ids.has(run.id)).reverse();
  const kept = asTold(before, told).filter(isActive);
  if (added.length === 0 && kept.length === before.length && kept.every((run, index) => run === before[index])) {
    return known;
  }
  return { items: [...added, ...kept], nextCursor: null };
}

export function withActiveRun(known: Page<Run> | undefined, run: Run): Page<Run> | undefined {
  return withActiveRuns(known, new Map([[run.id, run]]));
}

/**
 * The active runs with one that was just started.
 * @param seen what is known of it by now: its end can be told before its start is answered
 */
export function withStartedRun(known: Page<Run> | undefined, run: Run, seen: Run | undefined): Page<Run> | undefined {
  return seen !== undefined && !isActive(seen) ? known : withActiveRun(known, run);
}

interface RunPage {
  items: Run[];
}

/**
 * A cached list of runs with these as they are now, each in its place; the same list when they change nothing in it.
 * @param list one page, or pages one after another
 * @param told by id
 */
export function withRuns(list: unknown, told: ReadonlyMap<string, Run>): unknown {
  if (isPage(list)) return withRunsInPage(list, told);
  if (!hasPages(list)) return list;
  const pages = list.pages.map((page) => (isPage(page) ? withRunsInPage(page, told) : page));
  return pages.every((page, index) => page === list.pages[index]) ? list : { ...list, pages };
}

function withRunsInPage(page: RunPage, told: ReadonlyMap<string, Run>): RunPage {
  const items = asTold(page.items, told);
  return items.every((run, index) => run === page.items[index]) ? page : { ...page, items };
}

/** Rows with nothing new stay the same objects: a stream begins with runs that are listed already. */
function asTold(rows: readonly Run[], told: ReadonlyMap<string, Run>): Run[] {
  return rows.map((row) => {
    const run = told.get(row.id);
    return run === undefined ? row : replaceEqualDeep(row, newerRun(row, run));
  });
}

function isPage(list: unknown): list is RunPage {
  return typeof list === 'object' && list !== null && 'items' in list && Array.isArray(list.items);
}

function hasPages(list: unknown): list is { pages: unknown[] } {
  return typeof list === 'object' && list !== null && 'pages' in list && Array.isArray(list.pages);
}
