import type { ReactNode } from 'react';
import { useScreenfulFirst } from './after-first-paint';

export interface Column<T> {
  key: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  align?: 'right';
  /** In pixels, or a CSS width; for columns that must not move when their content changes. */
  width?: string | number;
  /** The row's name: rendered as its header cell. */
  isHeading?: boolean;
}

interface DataTableProps<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

/** A table for lists; on narrow screens each row becomes a card whose lines carry the column's name. */
export function DataTable<T>({ caption, columns, rows, keyOf }: DataTableProps<T>) {
  const shown = useScreenfulFirst(rows);
  return (
    <table className="data-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, header, align, width }) => (
            <th key={key} scope="col" data-align={align} style={width === undefined ? undefined : { width }}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => {
              const content = column.cell(row);
              return column.isHeading === true ? (
                <th key={column.key} scope="row" className="row-heading">
                  {content}
                </th>
              ) : (
                <td
                  key={column.key}
                  data-align={column.align}
                  data-label={typeof column.header === 'string' ? column.header : undefined}
                >
                  {content}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
