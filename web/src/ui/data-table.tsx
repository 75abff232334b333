import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<T> {
  key: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  align?: 'right';
  /** A CSS width, for columns that must not move when their content changes. */
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
  return (
    <Table className="data-table" highlightOnHover verticalSpacing="sm" horizontalSpacing="md">
      <caption className="visually-hidden">{caption}</caption>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column.key} scope="col" data-align={column.align} w={column.width}>
              {column.header}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)}>
            {columns.map((column) => {
              const content = column.cell(row);
              return column.isHeading === true ? (
                <Table.Th key={column.key} scope="row" className="row-heading">
                  {content}
                </Table.Th>
              ) : (
                <Table.Td
                  key={column.key}
                  data-align={column.align}
                  data-label={typeof column.header === 'string' ? column.header : undefined}
                >
                  {content}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
