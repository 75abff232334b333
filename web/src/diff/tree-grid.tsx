import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { DiffNode } from './diff-node';
import classes from './diff.module.css';
import { TreeRowView } from './tree-row';
import { TreeRows, type RowsHandle } from './tree-rows';
import { keyMove, type Tree } from './use-tree';

interface TreeGridProps {
  caption: string;
  tree: Tree;
  rows: RefObject<RowsHandle | null>;
  idOf: (path: string) => string;
  /** The columns' names; null for a tree of one side. */
  sides: { before: string; after: string } | null;
  anchor?: string | undefined;
  hasTechnicalNames: boolean;
  menuOf: (node: DiffNode, isReachable: boolean) => ReactNode;
}

/** The tree with its columns and its keys. */
export function TreeGrid({ caption, tree, rows, idOf, sides, anchor, hasTechnicalNames, menuOf }: TreeGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    // What is in a row, its menu for one, has keys of its own.
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    const move = keyMove(event, tree);
    if (move === undefined) return;
    event.preventDefault();
    if (move.toggle !== undefined) tree.toggle(move.toggle);
    if (move.go !== undefined) {
      tree.setActive(move.go);
      rows.current?.reveal(move.go);
    }
  };
  return (
    <div ref={grid} role="treegrid" aria-label={caption} aria-rowcount={tree.rows.length + 1} onKeyDown={onKeyDown}>
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.headRow} data-single={sides === null}>
          <div role="columnheader">Setting</div>
          {sides === null ? (
            <div role="columnheader">Value</div>
          ) : (
            <>
              <div role="columnheader">{sides.before}</div>
              <div role="columnheader">{sides.after}</div>
            </>
          )}
          <div role="columnheader">
            <span className="visually-hidden">Copy</span>
          </div>
        </div>
      </div>
      <TreeRows
        ref={rows}
        rows={tree.rows}
        isWhole={anchor !== undefined}
        idOf={idOf}
        render={(row) => {
          const { path } = row.node;
          const isActive = path === tree.active;
          return (
            <TreeRowView
              row={row}
              id={idOf(path)}
              isActive={isActive}
              isTarget={path === anchor}
              sides={sides}
              hasTechnicalNames={hasTechnicalNames}
              onToggle={() => tree.toggle(path)}
              onActive={() => tree.setActive(path)}
              menu={menuOf(row.node, isActive)}
            />
          );
        }}
      />
    </div>
  );
}
