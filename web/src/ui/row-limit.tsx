import { Group, NativeSelect, Text } from '@mantine/core';
import { useId } from 'react';
import { PAGE_SIZE, PAGE_SIZES } from '../api/page';

/** How many rows a page of a list has; what is not among the choices counts as the usual number. */
export function limitOf(limit: string | undefined): number {
  return PAGE_SIZES.find((size) => String(size) === limit) ?? PAGE_SIZE;
}

/** The search parameter for a number of rows; undefined for the usual one, so that it leaves the address. */
export function limitText(limit: number): string | undefined {
  return limit === PAGE_SIZE ? undefined : String(limit);
}

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
