import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconKeyboard, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { onServerClock } from '../../api/server-clock';
import { relativeTime } from '../../ui/format';
import { useNow } from '../../ui/use-now';

interface FreshnessProps {
  /** When what is shown was read, on this machine's clock; 0 before. */
  updatedAt: number;
  paused: boolean;
  /** Pauses, or goes on. */
  onPause: () => void;
  onRefresh: () => void;
  onHelp: () => void;
}

/** How old the list is, and the say over its updates. */
export function Freshness({ updatedAt, paused, onPause, onRefresh, onHelp }: FreshnessProps) {
  const now = useNow();
  return (
    <Group gap="xs">
      {updatedAt > 0 && (
        <Text size="sm" c="dimmed" className="numbers" miw={150} ta={{ md: 'right' }}>
          {paused ? 'Paused, from ' : 'Updated '}
          {relativeTime(new Date(onServerClock(updatedAt)).toISOString(), now)}
        </Text>
      )}
      <Button
        variant="default"
        size="sm"
        aria-pressed={paused}
        leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
        onClick={onPause}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Tooltip label="Refresh (r)">
        <ActionIcon variant="default" size={36} aria-label="Refresh" onClick={onRefresh}>
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon variant="default" size={36} aria-label="Keyboard shortcuts" visibleFrom="sm" onClick={onHelp}>
          <IconKeyboard size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
