import { Text, VisuallyHidden } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useCallback, useId, useMemo, useRef, useState } from 'react';
import { changeText, trailTo, type SideLabels } from './change-text';
import { CHANGE_LOOKS } from './change-looks';
import { copyText } from './copy-text';
import { changesIn, countsOf, type DiffNode } from './diff-node';
import { DiffToolbar } from './diff-toolbar';
import classes from './diff.module.css';
import { RowMenu } from './row-menu';
import { TreeGrid } from './tree-grid';
import { useAfterDrawing, type RowsHandle } from './tree-rows';
import { useTechnicalNames } from './use-technical-names';
import { useTree } from './use-tree';

export interface DiffViewerProps {
  /** What `compareDocuments` or `treeOfChanges` answers. */
  nodes: readonly DiffNode[];
  /** What the two sides are called. */
  labels: SideLabels;
  /** Only changes or all; kept by the page, so that it can be in the address. */
  show: 'changes' | 'all';
  onShow: (show: 'changes' | 'all') => void;
  /** The path that a link leads to. */
  anchor?: string | undefined;
  onAnchor?: (path: string) => void;
  /** What no difference at all means here. */
  empty: string;
}

/**
 * Two states of a policy side by side, as a tree of settings with the names people know. `n` and `p` go from change to
 * change; arrows, Home and End move in the tree, Left and Right close and open.
 */
export function DiffViewer({ nodes, labels, show, onShow, anchor, onAnchor, empty }: DiffViewerProps) {
  const tree = useTree(nodes, show);
  const [hasTechnicalNames, toggleTechnicalNames] = useTechnicalNames();
  const changes = useMemo(() => changesIn(nodes), [nodes]);
  const [announcement, setAnnouncement] = useState('');
  const rows = useRef<RowsHandle>(null);
  const prefix = useId();
  const idOf = useCallback((path: string) => `${prefix}${path}`, [prefix]);
  const at = changes.findIndex(({ path }) => path === tree.active && path === anchor) + 1;

  const reveal = (path: string): void => {
    tree.openTo(path);
    tree.setActive(path);
    // Rows that were closed are drawn first.
    requestAnimationFrame(() => rows.current?.reveal(path));
  };
  const move = (step: 1 | -1): void => {
    const known = changes.findIndex(({ path }) => path === anchor);
    const next = known < 0 ? (step === 1 ? 0 : changes.length - 1) : (known + step + changes.length) % changes.length;
    const node = changes[next];
    if (node === undefined) return;
    tree.setSearch('');
    onAnchor?.(node.path);
    reveal(node.path);
    setAnnouncement(`Change ${next + 1} of ${changes.length}: ${node.label}, ${CHANGE_LOOKS[node.change].words}`);
  };
  useHotkeys([
    ['n', () => move(1)],
    ['p', () => move(-1)],
  ]);
  // A link to a row that is not a change opens all of them.
  useAfterDrawing(anchor === undefined ? undefined : nodes, () => {
    if (anchor === undefined || trailTo(nodes, anchor) === undefined) return;
    if (show === 'changes' && tree.search === '' && !tree.rows.some(({ node }) => node.path === anchor)) onShow('all');
    reveal(anchor);
  });

  const textOf = (some: readonly DiffNode[]): string =>
    changeText(some, labels, (node) => (trailTo(nodes, node.path) ?? [node.label]).join(' › '));
  const linkTo = (path: string): string => `${window.location.href.split('#')[0] ?? ''}#${encodeURI(path)}`;
  return (
    <div className={classes.viewer}>
      <DiffToolbar
        counts={countsOf(changes)}
        at={at}
        onMove={move}
        show={show}
        onShow={onShow}
        search={tree.search}
        onSearch={tree.setSearch}
        hasTechnicalNames={hasTechnicalNames}
        onTechnicalNames={toggleTechnicalNames}
        onOpenAll={tree.openAll}
        onCloseAll={tree.closeAll}
        onCopy={() => void copyText(textOf(changes), 'The list of changes')}
      />
      {tree.rows.length === 0 ? (
        <Text size="sm" c="dimmed" p="md">
          {tree.search === '' ? empty : 'Nothing matches the search.'}
        </Text>
      ) : (
        <TreeGrid
          caption="Values before and after"
          tree={tree}
          rows={rows}
          idOf={idOf}
          sides={labels}
          anchor={anchor}
          hasTechnicalNames={hasTechnicalNames}
          menuOf={(node, isReachable) => (
            <RowMenu
              node={node}
              isReachable={isReachable}
              sides={labels}
              textOf={(one) => textOf([one])}
              {...(onAnchor === undefined ? {} : { linkTo })}
            />
          )}
        />
      )}
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
    </div>
  );
}
