import { useEffect, useState, type RefObject } from 'react';

/** How long ended runs stand open: enough to read how they ended. */
const REST_AFTER_MS = 8_000;

/**
 * Whether the widget may make room: nothing runs any more, and nobody is at it. Each time that work ends it waits anew.
 * @returns the state, and how a person ends it, which holds until work has ended once more
 */
export function useRest(frame: RefObject<HTMLElement | null>, isWorking: boolean): [boolean, () => void] {
  const [isResting, setResting] = useState(false);
  useEffect(() => {
    if (isWorking) return;
    const timer = setInterval(() => {
      if (frame.current?.matches(':hover, :focus-within') === true) return;
      clearInterval(timer);
      setResting(true);
    }, REST_AFTER_MS);
    return () => {
      clearInterval(timer);
      setResting(false);
    };
  }, [frame, isWorking]);
  return [isResting, () => setResting(false)];
}
