import type { Run } from '../../api/operations';

/** What is listed by now. */
export interface Listed {
  /** Names the list: its filters and its page. */
  list: string;
  rows: readonly Run[];
  /** Whether the rows are of that list, and not of the one before it while that is still read. */
  isOfList: boolean;
}

/** Rows that are kept from moving away. */
export interface Held {
  /** What they are of; null while they are of none that is to be shown. */
  list: string | null;
  rows: readonly Run[];
  /** When they were read that stay wholly as they were; null while only their order stays. */
  readAt: number | null;
}

export interface ShownRows {
  rows: readonly Run[];
  /** Rows that are shown although the list does not have them any more. */
  gone: ReadonlySet<string>;
  /** How many the list has that are not shown yet. */
  waiting: number;
  /** As {@link Held} has it. */
  readAt: number | null;
}

const isPause = (held: Held | null): held is Held & { readAt: number } => held !== null && held.readAt !== null;

export function shownRows(held: Held | null, { list, rows: newest, isOfList }: Listed): ShownRows {
  // Whoever paused sees the rows of before until there are those of another list.
  if (isPause(held) && (held.list === list || !isOfList)) {
    return { rows: held.rows, gone: new Set(), waiting: 0, readAt: held.readAt };
  }
  if (held === null || held.list !== list) return { rows: newest, gone: new Set(), waiting: 0, readAt: null };
  const byId = new Map(newest.map((run) => [run.id, run]));
  const shown = new Set(held.rows.map(({ id }) => id));
  return {
    rows: held.rows.map((run) => byId.get(run.id) ?? run),
    gone: new Set([...shown].filter((id) => !byId.has(id))),
    waiting: newest.filter(({ id }) => !shown.has(id)).length,
    readAt: null,
  };
}

/** Keeps the order of the rows from now on. */
export function afterHold(held: Held | null, { list, rows, isOfList }: Listed): Held | null {
  return isPause(held) || held?.list === list || !isOfList ? held : { list, rows, readAt: null };
}

/** Ends a hold, but no pause. */
export function afterRelease(held: Held | null): Held | null {
  return isPause(held) ? held : null;
}

/** Keeps wholly what is shown, read at that time. */
export function afterPause(held: Held | null, listed: Listed, readAt: number): Held {
  return { list: listed.isOfList ? listed.list : null, rows: shownRows(held, listed).rows, readAt };
}

/** Whether another list was chosen during a pause, and its rows are there to be kept instead. */
export function hasOthersToPause(held: Held | null, { list, isOfList }: Listed): boolean {
  return isPause(held) && held.list !== list && isOfList;
}
