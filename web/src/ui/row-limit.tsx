import { Group, NativeSelect, Text } from '@mantine/core';
import { useId } from 'react';
import { PAGE_SIZES } from '../api/page';

/** Lets a person choose how many rows a page has. */
export function RowLimit({ limit, onLimit }: { limit: number; onLimit: (limit: number) => void }) {
  const id = useId();
  return (
    <Group gap={8} wrap="nowrap">
      <Text component="label" size="sm" c="dimmed" htmlFor={id}>
        Rows
      </Text>
      <NativeSelect
        id={id}
        size="xs"
        w={72}
        data={PAGE_SIZES.map(String)}
        value={String(limit)}
        onChange={({ currentTarget: { value } }) => onLimit(Number(value))}
      />
    </Group>
  );
}
