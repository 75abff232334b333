import { useHotkeys } from '@mantine/hooks';
import { useRef, type RefObject } from 'react';

/**
 * `j` and `k` go to the next and the former row's name, `/` to the search field; Enter opens the row as any link. Off
 * while something is typed.
 * @returns what goes on the element around the filters and the table
 */
export function useRowKeys(): RefObject<HTMLDivElement | null> {
  const container = useRef<HTMLDivElement>(null);
  const move = (by: 1 | -1): void => {
    const links = [...(container.current?.querySelectorAll<HTMLAnchorElement>('tbody th[scope="row"] a') ?? [])];
    const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
    const next = at < 0 ? (by === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
    links[next]?.focus();
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
    ['/', () => container.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus()],
  ]);
  return container;
}
