export type NodeChange = 'added' | 'removed' | 'changed' | 'same';

/** One line of a comparison: a setting, a property, an entry of a list, an assignment, or a group of these. */
export interface DiffNode {
  /** Where it stands, unique within the comparison, e.g. `settings/<definition id>/<definition id>`. */
  path: string;
  /** What people call it. */
  label: string;
  /** What Microsoft Graph calls it, where that is not the label. */
  technicalName?: string;
  change: NodeChange;
  /** The own value as people read it; undefined where there is none, or only the children say it. */
  before?: unknown;
  after?: unknown;
  children: readonly DiffNode[];
  /** Whether it only holds others together, and so is no change itself. */
  isGroup?: boolean;
}

/** How the keys and values of a document are called by people; undefined where no name is known. */
export interface DiffWords {
  labelOf: (key: string) => string | undefined;
  /** @param key the setting or property whose value it is */
  valueOf: (value: string, key: string) => string | undefined;
}

export const NO_WORDS: DiffWords = { labelOf: () => undefined, valueOf: () => undefined };

export interface ChangeCounts {
  added: number;
  removed: number;
  changed: number;
}

/** A group of nodes; it is changed when something in it is. */
export function groupOf(path: string, label: string, children: readonly DiffNode[]): DiffNode {
  const change = children.some((child) => child.change !== 'same') ? 'changed' : 'same';
  return { path, label, change, children, isGroup: true };
}

/**
 * The changes in the order in which they stand: what came or went as a whole counts once, and of what changed the values
 * that did.
 */
export function changesIn(nodes: readonly DiffNode[]): DiffNode[] {
  return nodes.flatMap((node) => {
    if (node.change === 'same') return [];
    if (node.isGroup === true) return changesIn(node.children);
    if (node.change !== 'changed') return [node];
    return [...(hasOwnChange(node) ? [node] : []), ...changesIn(node.children)];
  });
}

export function countsOf(changes: readonly DiffNode[]): ChangeCounts {
  const counts: ChangeCounts = { added: 0, removed: 0, changed: 0 };
  for (const { change } of changes) if (change !== 'same') counts[change] += 1;
  return counts;
}

function hasOwnChange(node: DiffNode): boolean {
  return !isEqual(node.before, node.after);
}

/** Whether two JSON values are equal; the order of an object's keys does not count. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
