import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';

interface PagerProps {
  cursor: string | undefined;
  nextCursor: string | null;
  onMove: (cursor: string | undefined) => void;
  /** What the two directions are called, and the first page when the way back to it is not known. */
  words?: { back: string; on: string; first: string };
}

export const BY_TIME = { back: 'Newer', on: 'Older', first: 'Newest' };
export const BY_NAME = { back: 'Previous', on: 'Next', first: 'First page' };

/** Keyset paging: on by the server's cursor, back by the pages that were seen; from a shared link, back is the start. */
export function Pager({ cursor, nextCursor, onMove, words = BY_TIME }: PagerProps) {
  const [trail, setTrail] = useState<readonly string[]>(['']);
  const at = trail.indexOf(cursor ?? '');
  if (cursor === undefined && nextCursor === null) return null;

  const on = (): void => {
    if (nextCursor === null) return;
    setTrail([...(at < 0 ? ['', cursor ?? ''] : trail.slice(0, at + 1)), nextCursor]);
    onMove(nextCursor);
  };
  const back = (): void => onMove(at > 1 ? trail[at - 1] : undefined);

  return (
    <Group role="navigation" justify="space-between" px="md" py="sm" className="pager" aria-label="Pages">
      <Button
        variant="default"
        size="sm"
        leftSection={<IconChevronLeft size={16} aria-hidden />}
        disabled={cursor === undefined}
        onClick={back}
      >
        {at < 0 ? words.first : words.back}
      </Button>
      {nextCursor === null && (
        <Text size="sm" c="dimmed">
          End of the list
        </Text>
      )}
      <Button
        variant="default"
        size="sm"
        rightSection={<IconChevronRight size={16} aria-hidden />}
        disabled={nextCursor === null}
        onClick={on}
      >
        {words.on}
      </Button>
    </Group>
  );
}
