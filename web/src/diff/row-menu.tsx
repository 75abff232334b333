import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { copyText } from './copy-text';
import type { DiffNode } from './diff-node';
import { plainText } from './value-words';

interface RowMenuProps {
  node: DiffNode;
  /** Whether Tab stops here: only in the row that the keyboard is at. */
  isReachable: boolean;
  /** The two sides' names; a tree of one side has one value. */
  sides: { before: string; after: string } | null;
  /** The whole change as text. */
  textOf: (node: DiffNode) => string;
  /** An address that leads to this row; left out where rows have none. */
  linkTo?: (path: string) => string;
}

/**
 * What can be taken from a row: its values, its path, the change in words, a link to it. The menu itself is made when it is first
 * asked for: a tree has one for each of its rows.
 */
export function RowMenu(props: RowMenuProps) {
  const [isWanted, setWanted] = useState(false);
  return isWanted ? (
    <OpenedMenu {...props} />
  ) : (
    <ActionIcon {...looksOf(props)} aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)} />
  );
}

function looksOf({ node, isReachable }: RowMenuProps) {
  return {
    variant: 'subtle',
    color: 'gray',
    size: 'sm',
    'aria-label': `Copy from ${node.label}`,
    tabIndex: isReachable ? 0 : -1,
    children: <IconDots size={16} aria-hidden />,
  };
}

function OpenedMenu(props: RowMenuProps) {
  const { node, sides, textOf, linkTo } = props;
  const target = useRef<HTMLButtonElement>(null);
  const { before, after, path, technicalName } = node;
  const hasBefore = before !== undefined && sides !== null;
  const hasAfter = after !== undefined;
  return (
    <Menu position="bottom-end" withinPortal defaultOpened onClose={() => target.current?.focus()}>
      <Menu.Target>
        <ActionIcon {...looksOf(props)} ref={target} />
      </Menu.Target>
      <Menu.Dropdown>
        {hasBefore && (
          <Menu.Item onClick={() => void copyText(plainText(before), 'The value before')}>Copy value before</Menu.Item>
        )}
        {hasAfter && (
          <Menu.Item onClick={() => void copyText(plainText(after), 'The value')}>
            {sides === null ? 'Copy value' : 'Copy value after'}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => void copyText(technicalName ?? path, 'The technical name')}>
          Copy technical name
        </Menu.Item>
        <Menu.Item onClick={() => void copyText(path, 'The path')}>Copy path</Menu.Item>
        <Menu.Item onClick={() => void copyText(textOf(node), sides === null ? 'The setting' : 'The change')}>
          {sides === null ? 'Copy as text' : 'Copy change as text'}
        </Menu.Item>
        {linkTo !== undefined && (
          <Menu.Item onClick={() => void copyText(linkTo(path), 'The link')}>Copy link to it</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
