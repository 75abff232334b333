/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Rows of one page of a list. */
export const PAGE_SIZE = 50;
