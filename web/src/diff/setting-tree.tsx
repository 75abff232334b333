import { Group, Menu, Button, Text, TextInput } from '@mantine/core';
import { IconSearch, IconSettings } from '@tabler/icons-react';
import { useCallback, useId, useRef } from 'react';
import { changeText, trailTo } from './change-text';
import type { DiffNode } from './diff-node';
import classes from './diff.module.css';
import { RowMenu } from './row-menu';
import { TreeGrid } from './tree-grid';
import type { RowsHandle } from './tree-rows';
import { useTechnicalNames } from './use-technical-names';
import { useTree } from './use-tree';

interface SettingTreeProps {
  /** A document compared with itself. */
  nodes: readonly DiffNode[];
  /** What the tree says about itself, before its search. */
  summary: string;
  caption: string;
}

/** One state of a policy as the tree of the diff viewer, with one value per line. */
export function SettingTree({ nodes, summary, caption }: SettingTreeProps) {
  const tree = useTree(nodes, 'all');
  const rows = useRef<RowsHandle>(null);
  const [hasTechnicalNames, toggleTechnicalNames] = useTechnicalNames();
  const prefix = useId();
  const idOf = useCallback((path: string) => `${prefix}${path}`, [prefix]);
  const textOf = (node: DiffNode): string =>
    changeText([{ ...node, change: 'added' }], null, ({ path, label }) =>
      (trailTo(nodes, path) ?? [label]).join(' › '),
    );
  return (
    <div className={classes.viewer}>
      <div className={classes.toolbar} role="toolbar" aria-label={caption}>
        <Text size="sm" c="dimmed" className={classes.counts ?? ''}>
          {summary}
        </Text>
        <TextInput
          type="search"
          size="xs"
          className={classes.search ?? ''}
          aria-label="Search settings"
          placeholder="Search settings"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={tree.search}
          onChange={(event) => tree.setSearch(event.currentTarget.value)}
        />
        <Group gap={8} wrap="nowrap">
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-md" variant="default" leftSection={<IconSettings size={15} aria-hidden />} fz="xs">
                View
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={tree.openAll}>Open all</Menu.Item>
              <Menu.Item onClick={tree.closeAll}>Close all</Menu.Item>
              <Menu.Item onClick={toggleTechnicalNames}>
                {hasTechnicalNames ? 'Hide technical names' : 'Show technical names'}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </div>
      {tree.rows.length === 0 ? (
        <Text size="sm" c="dimmed" p="md">
          {tree.search === '' ? 'This policy sets nothing.' : 'No setting matches the search.'}
        </Text>
      ) : (
        <TreeGrid
          caption={caption}
          tree={tree}
          rows={rows}
          idOf={idOf}
          sides={null}
          hasTechnicalNames={hasTechnicalNames}
          menuOf={(node, isReachable) => <RowMenu node={node} isReachable={isReachable} sides={null} textOf={textOf} />}
        />
      )}
    </div>
  );
}
