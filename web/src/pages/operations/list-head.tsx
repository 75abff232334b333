import { Button, Group, NativeSelect } from '@mantine/core';
import { countOf, numberText } from '../../ui/format';
import styles from './operations.module.css';
import { PAGE_SIZES } from './run-search';

interface ListHeadProps {
  size: string;
  shown: number;
  /** How many rows would come or go. */
  changes: number;
  onSize: (size: string) => void;
  onShow: () => void;
}

/** How many rows there are to a page, and what is held back while somebody points at them. */
export function ListHead({ size, shown, changes, onSize, onShow }: ListHeadProps) {
  return (
    <div className={styles.held}>
      <span>
        {changes === 0 ? (
          `Showing ${numberText(shown)}`
        ) : (
          <>
            Order held while you are in the list: {countOf(changes, 'change')}{' '}
            <Button size="compact-xs" variant="subtle" onClick={onShow}>
              Show now
            </Button>
          </>
        )}
      </span>
      <Group gap={8} wrap="nowrap">
        <label htmlFor="page-size">Rows</label>
        <NativeSelect
          id="page-size"
          size="xs"
          w={72}
          data={PAGE_SIZES}
          value={size}
          onChange={({ currentTarget: { value } }) => onSize(value)}
        />
      </Group>
    </div>
  );
}
