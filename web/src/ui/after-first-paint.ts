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
