import { useMemo, useState, type KeyboardEvent } from 'react';
import type { DiffNode } from './diff-node';
import { useFind } from './use-find';
import { openablePaths, pathsAbove, visibleRows, type TreeRow } from './visible-rows';

export interface Tree {
  rows: readonly TreeRow[];
  /** The row that the keyboard is at; it is the only one that Tab stops at. */
  active: string | undefined;
  setActive: (path: string) => void;
  toggle: (path: string) => void;
  openAll: () => void;
  closeAll: () => void;
  /** Opens everything that a node stands in. */
  openTo: (path: string) => void;
  search: string;
  setSearch: (text: string) => void;
}

/** What of a tree is open, searched for and in focus. */
export function useTree(nodes: readonly DiffNode[], show: 'changes' | 'all'): Tree {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useFind();
  const [wanted, setWanted] = useState<string>();
  const rows = useMemo(
    () => visibleRows(nodes, { show, toggled, search: search.trim().toLowerCase() }),
    [nodes, show, toggled, search],
  );
  const active = rows.some(({ node }) => node.path === wanted) ? wanted : rows[0]?.node.path;
  return {
    rows,
    active,
    setActive: setWanted,
    toggle: (path) => setToggled((before) => without(before, [path], !before.has(path))),
    openAll: () => setToggled(new Set()),
    closeAll: () => setToggled(new Set(openablePaths(nodes))),
    openTo: (path) => setToggled((before) => without(before, pathsAbove(nodes, path), false)),
    search,
    setSearch,
  };
}

function without(set: ReadonlySet<string>, paths: readonly string[], add: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const path of paths) {
    if (add) next.add(path);
    else next.delete(path);
  }
  return next;
}

/** The keys of a tree grid as ARIA names them; answers the row to go to, or the one to open or close. */
export function keyMove(event: KeyboardEvent, tree: Tree): { go?: string; toggle?: string } | undefined {
  const at = tree.rows.findIndex(({ node }) => node.path === tree.active);
  const row = tree.rows[at];
  if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const to = (index: number): { go?: string } => {
    const path = tree.rows[index]?.node.path;
    return path === undefined ? {} : { go: path };
  };
  switch (event.key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(tree.rows.length - 1);
    case 'ArrowRight':
      return row.isOpen === false ? { toggle: row.node.path } : to(at + 1);
    case 'ArrowLeft':
      if (row.isOpen === true) return { toggle: row.node.path };
      return to(tree.rows.findLastIndex((other, index) => index < at && other.level < row.level));
    case 'Enter':
      return row.isOpen === undefined ? undefined : { toggle: row.node.path };
    default:
      return undefined;
  }
}
