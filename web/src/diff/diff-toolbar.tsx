import { ActionIcon, Button, Group, Menu, SegmentedControl, Text, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch, IconSettings } from '@tabler/icons-react';
import { numberText } from '../ui/format';
import { CHANGE_LOOKS } from './change-looks';
import type { ChangeCounts } from './diff-node';
import classes from './diff.module.css';

export interface ToolbarProps {
  counts: ChangeCounts;
  /** The change that the keyboard is at, from 1; 0 before the first. */
  at: number;
  onMove: (step: 1 | -1) => void;
  show: 'changes' | 'all';
  onShow: (show: 'changes' | 'all') => void;
  search: string;
  onSearch: (text: string) => void;
  hasTechnicalNames: boolean;
  onTechnicalNames: () => void;
  onOpenAll: () => void;
  onCloseAll: () => void;
  onCopy: () => void;
}

/** What changed in numbers, the way from change to change, and what of it is shown. */
export function DiffToolbar(props: ToolbarProps) {
  const { counts, at, show } = props;
  const total = counts.changed + counts.added + counts.removed;
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Comparison">
      <Group gap={6} className={classes.counts}>
        {(['changed', 'added', 'removed'] as const)
          .filter((kind) => counts[kind] > 0)
          .map((kind) => {
            const { tone, Icon } = CHANGE_LOOKS[kind];
            return (
              <span key={kind} className={classes.count} data-tone={tone}>
                <Icon size={14} stroke={2.2} aria-hidden />
                {numberText(counts[kind])} {kind}
              </span>
            );
          })}
        {total === 0 && (
          <Text size="sm" c="dimmed">
            No changes
          </Text>
        )}
      </Group>
      <TextInput
        type="search"
        size="xs"
        className={classes.search}
        aria-label="Search in the comparison"
        placeholder="Search"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={props.search}
        onChange={(event) => props.onSearch(event.currentTarget.value)}
      />
      <Group gap={8} wrap="nowrap" className={classes.controls}>
        {total > 0 && (
          <Group gap={2} wrap="nowrap">
            <Text size="sm" c="dimmed" className={`numbers ${classes.at ?? ''}`}>
              {at > 0 && `${numberText(at)} of ${numberText(total)}`}
            </Text>
            <Tooltip label="Previous change (p)">
              <ActionIcon variant="default" size="md" aria-label="Previous change" onClick={() => props.onMove(-1)}>
                <IconChevronUp size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Next change (n)">
              <ActionIcon variant="default" size="md" aria-label="Next change" onClick={() => props.onMove(1)}>
                <IconChevronDown size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        )}
        <SegmentedControl
          size="xs"
          aria-label="What is shown"
          data={[
            { value: 'changes', label: 'Only changes' },
            { value: 'all', label: 'All' },
          ]}
          value={show}
          onChange={(value) => props.onShow(value)}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="compact-md" variant="default" leftSection={<IconSettings size={15} aria-hidden />} fz="xs">
              View
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={props.onOpenAll}>Open all</Menu.Item>
            <Menu.Item onClick={props.onCloseAll}>Close all</Menu.Item>
            <Menu.Item onClick={props.onTechnicalNames}>
              {props.hasTechnicalNames ? 'Hide technical names' : 'Show technical names'}
            </Menu.Item>
            {total > 0 && (
              <>
                <Menu.Divider />
                <Menu.Item onClick={props.onCopy}>Copy all changes as text</Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}
