import { isActive, type Run } from '../api/operations';
import type { Page } from '../api/page';

/** The active runs with this one as it is now; one that is new comes first, as the server lists it. */
export function withActiveRun(known: Page<Run> | undefined, run: Run): Page<Run> {
  const items = known?.items ?? [];
  const isKnown = items.some(({ id }) => id === run.id);
  return {
    items: isKnown ? items.map((each) => (each.id === run.id ? run : each)) : [run, ...items],
    nextCursor: null,
  };
}

/**
 * The active runs with one that was just started.
 * @param seen what is known of it by now: its end can be told before its start is answered
 */
export function withStartedRun(known: Page<Run> | undefined, run: Run, seen: Run | undefined): Page<Run> | undefined {
  return seen !== undefined && !isActive(seen) ? known : withActiveRun(known, run);
}

export function withoutRun(known: Page<Run> | undefined, runId: string): Page<Run> | undefined {
  return known && { ...known, items: known.items.filter(({ id }) => id !== runId) };
}

interface RunPage {
  items: Run[];
}

/**
 * A cached list of runs with this run as it is now, in its place; the same list when it does not have it.
 * @param list one page, or pages one after another
 */
export function withRun(list: unknown, run: Run): unknown {
  if (isPage(list)) return withRunInPage(list, run);
  if (!hasPages(list)) return list;
  const pages = list.pages.map((page) => (isPage(page) ? withRunInPage(page, run) : page));
  return pages.every((page, index) => page === list.pages[index]) ? list : { ...list, pages };
}

function withRunInPage(page: RunPage, run: Run): RunPage {
  if (!page.items.some(({ id }) => id === run.id)) return page;
  return { ...page, items: page.items.map((each) => (each.id === run.id ? run : each)) };
}

function isPage(list: unknown): list is RunPage {
  return typeof list === 'object' && list !== null && 'items' in list && Array.isArray(list.items);
}

function hasPages(list: unknown): list is { pages: unknown[] } {
  return typeof list === 'object' && list !== null && 'pages' in list && Array.isArray(list.pages);
}
