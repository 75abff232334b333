import type { Run } from '../api/operations';
import type { Page } from '../api/page';

/** The list of active runs with `run` in it, so that a start shows before the next refresh. */
export function addActiveRun(known: Page<Run> | undefined, run: Run): Page<Run> {
  const others = known?.items.filter((each) => each.id !== run.id) ?? [];
  return { items: [run, ...others], nextCursor: null };
}
