import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { numberText } from '../../ui/format';

const FIRST_SHOWN = 100;

/** The first rows of a list that is here whole, and a button for the rest. */
export function ShownRows<T>({ rows, children }: { rows: readonly T[]; children: (shown: readonly T[]) => ReactNode }) {
  const [isAll, setAll] = useState(false);
  return (
    <>
      {children(isAll ? rows : rows.slice(0, FIRST_SHOWN))}
      {!isAll && rows.length > FIRST_SHOWN && (
        <Group justify="center" py="sm">
          <Button variant="subtle" onClick={() => setAll(true)}>
            Show all {numberText(rows.length)}
          </Button>
        </Group>
      )}
    </>
  );
}
