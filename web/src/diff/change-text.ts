import type { DiffNode } from './diff-node';
import { emptyWords, plainText } from './value-words';

/** What the two sides are called, e.g. `Version 3` and `Version 4`. */
export interface SideLabels {
  before: string;
  after: string;
}

const CHANGE_SIGNS = { added: '+', removed: '-', changed: '~', same: ' ' } as const;

/**
 * Changes as plain text for a ticket or a mail: one line each, with what they stand in and both values.
 * @param labels null for a document of one side: then its lines have no sign of a change
 */
export function changeText(
  changes: readonly DiffNode[],
  labels: SideLabels | null,
  trailOf: (node: DiffNode) => string,
): string {
  const lines = changes.map((node) => {
    const sign = labels === null ? '' : `${CHANGE_SIGNS[node.change]} `;
    return `${sign}${trailOf(node)}${valuesText(node)}`;
  });
  return (labels === null ? lines : [`${labels.before} -> ${labels.after}`, ...lines]).join('\n');
}

function valuesText(node: DiffNode): string {
  const nested = node.change === 'changed' ? [] : node.children;
  const own = ownText(node);
  if (nested.length === 0) return own === '' ? '' : `: ${own}`;
  const lines = nested.map((child) => indented(`${child.label}${valuesText(child)}`));
  return `${own === '' ? '' : `: ${own}`}\n${lines.join('\n')}`;
}

function ownText({ change, before, after }: DiffNode): string {
  const side = (value: unknown): string => emptyWords(value) ?? plainText(value);
  if (change === 'added') return after === undefined ? '' : side(after);
  if (change === 'removed') return before === undefined ? '' : side(before);
  return `${side(before)} -> ${side(after)}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}

/** The names from the outermost group to a node: `Settings › Firewall › Enabled`; undefined for an unknown path. */
export function trailTo(nodes: readonly DiffNode[], path: string): string[] | undefined {
  for (const node of nodes) {
    if (node.path === path) return [node.label];
    if (!path.startsWith(`${node.path}/`)) continue;
    const below = trailTo(node.children, path);
    if (below !== undefined) return [node.label, ...below];
  }
  return undefined;
}
