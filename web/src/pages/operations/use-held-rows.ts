import { useState } from 'react';
import type { Run } from '../../api/operations';
import {
  afterHold,
  afterPause,
  afterRelease,
  hasOthersToPause,
  shownRows,
  type Held,
  type Listed,
  type ShownRows,
} from './held-rows';

export interface HeldRows extends ShownRows {
  /** Keeps order and number of the rows; what is in them goes on changing. */
  hold: () => void;
  /** Keeps the rows wholly, read at that time, until {@link show}; those of a list that is chosen meanwhile, as well. */
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
  const [held, setHeld] = useState<Held | null>(null);
  const listed: Listed = { list, rows: newest, isOfList };
  // Kept at once, so that nothing that is told in between is ever shown.
  if (hasOthersToPause(held, listed)) setHeld((before) => afterPause(before, listed, Date.now()));
  return {
    ...shownRows(held, listed),
    hold: () => setHeld((before) => afterHold(before, listed)),
    pause: (readAt) => setHeld((before) => afterPause(before, listed, readAt)),
    release: () => setHeld(afterRelease),
    show: () => setHeld(null),
  };
}
