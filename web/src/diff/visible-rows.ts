import type { DiffNode } from './diff-node';
import { isLongText, plainText } from './value-words';

/** A node as a row of the tree. */
export interface TreeRow {
  node: DiffNode;
  /** From 1, as `aria-level` counts. */
  level: number;
  /** Its place among its visible siblings, from 1, and how many they are. */
  position: number;
  siblings: number;
  /** Undefined for one that nothing is below of. */
  isOpen?: boolean;
  /** Whether its values are long texts that open below it. */
  isText: boolean;
}

export interface TreeView {
  /** Only what changed, or all. */
  show: 'changes' | 'all';
  /** Rows that a person opened or closed, against what they are by themselves. */
  toggled: ReadonlySet<string>;
  /** In lower case; empty for no search. */
  search: string;
}

/** The rows to show, in order. A search keeps what matches, with what it stands in and what stands in it. */
export function visibleRows(nodes: readonly DiffNode[], view: TreeView): TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (some: readonly DiffNode[], level: number, isInMatch: boolean): void => {
    const shown = some.filter((node) => isShown(node, view, isInMatch));
    shown.forEach((node, at) => {
      const isText = isLongText(node.before) || isLongText(node.after);
      const inMatch = isInMatch || (view.search !== '' && matches(node, view.search));
      const below = node.children.filter((child) => isShown(child, view, inMatch));
      const canOpen = isText || below.length > 0;
      const isOpen = canOpen && opensItself(node, isText) !== view.toggled.has(node.path);
      rows.push({
        node,
        level,
        position: at + 1,
        siblings: shown.length,
        isText,
        ...(canOpen ? { isOpen } : {}),
      });
      if (isOpen) walk(below, level + 1, inMatch);
    });
  };
  walk(nodes, 1, false);
  return rows;
}

/** The paths above a path, outermost first, so that all of them can be opened. */
export function pathsAbove(nodes: readonly DiffNode[], path: string): string[] {
  for (const node of nodes) {
    if (node.path === path) return [];
    if (!path.startsWith(`${node.path}/`)) continue;
    return [node.path, ...pathsAbove(node.children, path)];
  }
  return [];
}

/** Every path that can be opened or closed. */
export function openablePaths(nodes: readonly DiffNode[]): string[] {
  return nodes.flatMap((node) => (node.children.length > 0 ? [node.path, ...openablePaths(node.children)] : []));
}

/** A text that is the same on both sides stays closed; all else is open. */
function opensItself(node: DiffNode, isText: boolean): boolean {
  return !isText || node.change !== 'same' || node.children.length > 0;
}

function isShown(node: DiffNode, view: TreeView, isInMatch: boolean): boolean {
  if (view.show === 'changes' && node.change === 'same') return false;
  if (view.search === '' || isInMatch || matches(node, view.search)) return true;
  return node.children.some((child) => isShown(child, view, false));
}

function matches({ label, technicalName = '', before, after, isGroup }: DiffNode, search: string): boolean {
  if (isGroup === true) return false;
  return [label, technicalName, plainText(before), plainText(after)].some((text) =>
    text.toLowerCase().includes(search),
  );
}
