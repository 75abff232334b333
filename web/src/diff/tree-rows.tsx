import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { useScreenfulFirst } from '../ui/after-first-paint';
import classes from './diff.module.css';
import type { TreeRow } from './visible-rows';

/** Up to here all rows are in the page, so that the browser's own search finds them; more are drawn as they come into view. */
const MOST_DRAWN = 200;
const ESTIMATED_HEIGHT = 45;
/** What stays in place at the top of the window: the shell's header and the viewer's own bar. */
const COVERED_ABOVE = 190;
/** Frames that a row may take until it is there to be focused. */
const FRAMES = 30;

export interface RowsHandle {
  /** Brings a row into view and focuses it. */
  reveal: (path: string) => void;
}

interface TreeRowsProps {
  rows: readonly TreeRow[];
  /** Whether one of them is to be found at once, wherever it is. */
  isWhole: boolean;
  idOf: (path: string) => string;
  render: (row: TreeRow) => ReactNode;
  ref: Ref<RowsHandle>;
}

/** The rows of a tree, few or thousands of them, in one look and with one way to get to each. */
export function TreeRows(props: TreeRowsProps) {
  const first = useScreenfulFirst(props.rows);
  if (!props.isWhole && first.length < props.rows.length) return <AllDrawn {...props} rows={first} />;
  return props.rows.length > MOST_DRAWN ? <DrawnInView {...props} /> : <AllDrawn {...props} />;
}

function AllDrawn({ rows, idOf, render, ref }: TreeRowsProps) {
  useImperativeHandle(ref, () => ({ reveal: (path) => focusWhenThere(idOf(path), 'smooth') }), [idOf]);
  return (
    <div role="rowgroup">
      {rows.map((row) => (
        <div key={row.node.path} role="presentation">
          {render(row)}
        </div>
      ))}
    </div>
  );
}

function DrawnInView({ rows, idOf, render, ref }: TreeRowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ESTIMATED_HEIGHT,
    overscan: 12,
    scrollMargin: top,
    scrollPaddingStart: COVERED_ABOVE,
    getItemKey: (at) => rows[at]?.node.path ?? at,
  });
  useImperativeHandle(ref, () => ({
    reveal: (path) => {
      const at = rows.findIndex(({ node }) => node.path === path);
      if (at < 0) return;
      virtual.scrollToIndex(at, { align: 'center' });
      focusWhenThere(idOf(path));
    },
  }));
  return (
    <div ref={list} role="rowgroup" className={classes.virtual} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index];
        return (
          row !== undefined && (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              role="presentation"
              className={classes.virtualRow}
              style={{ transform: `translateY(${item.start - top}px)` }}
            >
              {render(row)}
            </div>
          )
        );
      })}
    </div>
  );
}

/** @param scroll how to bring it into view; left out when that is done already */
function focusWhenThere(id: string, scroll?: ScrollBehavior, frames = FRAMES): void {
  const element = document.getElementById(id);
  if (element !== null) {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (scroll !== undefined) element.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : scroll });
    element.focus({ preventScroll: true });
  } else if (frames > 0) requestAnimationFrame(() => focusWhenThere(id, scroll, frames - 1));
}

/** Calls back once rows are drawn again after `key` changed. */
export function useAfterDrawing(key: unknown, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => latest.current(), [key]);
}
