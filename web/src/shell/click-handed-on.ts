import { useEffect, useRef, type RefObject } from 'react';

/**
 * For the button of what is fetched with its first click: it takes the place, and the focus, of the button that was there before,
 * and is clicked in its stead. What it opens then knows where the focus goes back to.
 */
export function useClickHandedOn(): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    button.current?.click();
  }, []);
  return button;
}
