import { useState } from 'react';
import type { Run } from '../../api/operations';

interface Held {
  /** What the rows are of; those of another list are never held back. */
  list: string;
  rows: readonly Run[];
  /** When the list was read whose rows stay wholly as they were; null while only their order stays. */
  readAt: number | null;
}

export interface HeldRows {
  rows: readonly Run[];
  /** Rows that are shown although the list does not have them any more. */
  gone: ReadonlySet<string>;
  /** How many the list has that are not shown yet. */
  waiting: number;
  /** As {@link Held} has it. */
  readAt: number | null;
  /** Keeps order and number of the rows; what is in them goes on changing. */
  hold: () => void;
  /** Keeps the rows wholly, read at that time, until {@link show}. */
  pause: (readAt: number) => void;
  /** Ends a hold, but no pause. */
  release: () => void;
  /** Shows the newest in any case. */
  show: () => void;
}

/**
 * Rows that do not move away under a pointer or a focus, nor while updates are paused.
 * @param isOfList whether `newest` are the rows of `list`, and not of the list before it while that is still read
 */
export function useHeldRows(newest: readonly Run[], list: string, isOfList: boolean): HeldRows {
  const [kept, setKept] = useState<Held | null>(null);
  const held = kept?.list === list ? kept : null;
  const byId = new Map(newest.map((run) => [run.id, run]));
  const isStill = held !== null && held.readAt !== null;
  const rows = held === null ? newest : isStill ? held.rows : held.rows.map((run) => byId.get(run.id) ?? run);
  const shown = new Set(rows.map(({ id }) => id));
  return {
    rows,
    gone: new Set(isStill ? [] : rows.filter(({ id }) => !byId.has(id)).map(({ id }) => id)),
    waiting: isStill ? 0 : newest.filter(({ id }) => !shown.has(id)).length,
    readAt: held?.readAt ?? null,
    hold: () => {
      if (isOfList) setKept((before) => (before?.list === list ? before : { list, rows: newest, readAt: null }));
    },
    pause: (readAt) => setKept({ list, rows, readAt }),
    release: () => setKept((before) => (before?.list === list && before.readAt !== null ? before : null)),
    show: () => setKept(null),
  };
}
