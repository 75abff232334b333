import { Button, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';

export interface Chip {
  words: string;
  onRemove: () => void;
}

/** Each filter that is set, in words, to be taken away by itself or with all others; nothing when none is set. */
export function Chips({ chips, onClear }: { chips: readonly Chip[]; onClear: () => void }) {
  if (chips.length === 0) return null;
  return (
    <Group gap={6} px="md" pt="sm" role="group" aria-label="Filters that are set">
      {chips.map(({ words, onRemove }) => (
        <Button
          key={words}
          size="compact-sm"
          radius="xl"
          variant="default"
          fw={500}
          maw="100%"
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={`Remove filter ${words}`}
          onClick={onRemove}
        >
          {words}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        Clear filters
      </Button>
    </Group>
  );
}
