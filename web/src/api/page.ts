/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Rows of one page of a list. */
export const PAGE_SIZE: number = 50;

/** The numbers of rows that a person may choose from; the API answers no more than the largest. */
export const PAGE_SIZES = [25, 50, 100] as const;
