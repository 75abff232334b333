import { useEffect, type RefObject } from 'react';

const SPACE = '--widget-space';

/** Keeps as much room below every page as the widget takes, so that nothing stays under it. */
export function useWidgetSpace(frame: RefObject<HTMLElement | null>, isShown: boolean): void {
  useEffect(() => {
    const element = frame.current;
    if (!isShown || element === null) return;
    const { style } = document.documentElement;
    const size = new ResizeObserver(() => style.setProperty(SPACE, `${element.offsetHeight}px`));
    size.observe(element);
    return () => {
      size.disconnect();
      style.removeProperty(SPACE);
    };
  }, [frame, isShown]);
}
