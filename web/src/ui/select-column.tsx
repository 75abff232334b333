import type { Column } from './data-table';
import { Tick } from './tick';

interface SelectColumn<T> {
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** What the row's box is called by. */
  nameOf: (row: T) => string;
  /** Rows without a box; all have one when left out. */
  canSelect?: (row: T) => boolean;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** What the box in the head is called. */
  allLabel: string;
}

/** A column of boxes to tick; the one in the head is for the rows of this page, and what else is ticked stays so. */
export function selectColumn<T>({
  rows,
  keyOf,
  nameOf,
  canSelect = () => true,
  selected,
  onSelect,
  allLabel,
}: SelectColumn<T>): Column<T> {
  const keys = rows.filter(canSelect).map(keyOf);
  const ticked = keys.filter((key) => selected.has(key)).length;
  const isAll = keys.length > 0 && ticked === keys.length;
  const change = (some: readonly string[], add: boolean): void => {
    const next = new Set(selected);
    for (const key of some) {
      if (add) next.add(key);
      else next.delete(key);
    }
    onSelect(next);
  };
  return {
    key: 'select',
    width: 48,
    header: (
      <Tick
        label={allLabel}
        disabled={keys.length === 0}
        checked={isAll}
        isPartly={!isAll && ticked > 0}
        onChange={() => change(keys, !isAll)}
      />
    ),
    cell: (row) =>
      canSelect(row) && (
        <Tick
          label={`Select ${nameOf(row)}`}
          checked={selected.has(keyOf(row))}
          onChange={() => change([keyOf(row)], !selected.has(keyOf(row)))}
        />
      ),
  };
}
