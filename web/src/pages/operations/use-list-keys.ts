import { useEffect, useEffectEvent } from 'react';

export interface ListKeys {
  search: () => void;
  /** 1 for the next row, -1 for the one before. */
  move: (by: 1 | -1) => void;
  refresh: () => void;
  help: () => void;
}

const KEYS: Readonly<Record<string, (keys: ListKeys) => void>> = {
  '/': (keys) => keys.search(),
  j: (keys) => keys.move(1),
  k: (keys) => keys.move(-1),
  r: (keys) => keys.refresh(),
  '?': (keys) => keys.help(),
};

/** Single keys for a list page. Off while something is typed, in a dialog or an open menu, and with a modifier key. */
export function useListKeys(keys: ListKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (act === undefined || isBusy(event.target)) return;
    event.preventDefault();
    act(keys);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

const TYPED_INTO = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]';

function isBusy(target: EventTarget | null): boolean {
  if (target instanceof Element && target.closest(TYPED_INTO) !== null) return true;
  return document.querySelector('[role="dialog"]') !== null;
}

/** Moves the focus to the next or the former row's link; to the first, or last, when none has it. */
export function moveFocus(table: HTMLTableElement | null, by: 1 | -1): void {
  const links = [...(table?.querySelectorAll<HTMLAnchorElement>('a[data-run]') ?? [])];
  const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  const next = at < 0 ? (by === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
  links[next]?.focus();
}
