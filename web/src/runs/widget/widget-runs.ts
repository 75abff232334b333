import type { Run } from '../../api/operations';

/** Rows of the widget at most. */
export const MOST_SHOWN = 5;

export interface WidgetView {
  /** Whose runs are there: a person's own and those they asked for, or everybody's. */
  everybody: boolean;
  userId: string;
  followed: ReadonlySet<string>;
  dismissed: readonly string[];
}

export interface WidgetRuns {
  /** Active ones first, in the order of the list, then those that ended. */
  shown: Run[];
  /** Active ones that found no place. */
  more: number;
  /** All active ones of this view that were not dismissed. */
  active: number;
  /** Shown ones that ended with failures. */
  troubled: number;
  /** Active ones of others that this view leaves out. */
  others: number;
}

/** What the widget has to show of the tenant's active runs and of those that ended while it stood there. */
export function widgetRuns(active: readonly Run[], ended: readonly Run[], view: WidgetView): WidgetRuns {
  const concerns = (run: Run): boolean => view.everybody || run.userId === view.userId || view.followed.has(run.id);
  const isKept = (run: Run): boolean => concerns(run) && !view.dismissed.includes(run.id);
  const mine = active.filter(isKept);
  const done = ended.filter((run) => isKept(run) && !active.some(({ id }) => id === run.id));
  const shown = [...mine, ...done].slice(0, MOST_SHOWN);
  return {
    shown,
    more: Math.max(0, mine.length - MOST_SHOWN),
    active: mine.length,
    troubled: shown.filter(({ outcome }) => outcome === 'failed' || outcome === 'partially_succeeded').length,
    others: active.filter((run) => !concerns(run)).length,
  };
}
