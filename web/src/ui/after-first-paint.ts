import { startTransition, useEffect, useState } from 'react';

let isPainted = false;

/**
 * Whether the first page is on the screen. What asks for it and is below the fold waits until then, and is rendered in between of
 * what else is to be done; on every later page it is there at once.
 */
export function useAfterFirstPaint(): boolean {
  const [isAfter, setAfter] = useState(isPainted);
  useEffect(() => {
    isPainted = true;
    startTransition(() => setAfter(true));
  }, []);
  return isAfter;
}

/** In pixels, rather less than both are: the lowest rows that lists have, and what stands above the first of them. */
const ROW_HEIGHT = 43;
const ABOVE_ROWS = 200;

/** Of a list, what a screen shows of it until the first page is painted; on every later page all of it. */
export function useScreenfulFirst<T>(rows: readonly T[]): readonly T[] {
  if (useAfterFirstPaint()) return rows;
  return rows.slice(0, Math.max(1, Math.ceil((window.innerHeight - ABOVE_ROWS) / ROW_HEIGHT)));
}
