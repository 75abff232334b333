import { widthOf } from './clean-text.js';

export interface Column<Row> {
  title: string;
  /** Clean already. */
  text: (row: Row) => string;
  /** Numbers stand on the right. */
  right?: boolean;
}

const GAP = '  ';

/** Lines of a table with its titles, each as wide as its widest cell; nothing follows the last cell. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ text }) => text(row)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => widthOf(line[at] ?? ''))));
  return cells.map((line) =>
    line
      .map((cell, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - widthOf(cell));
        return columns[at]?.right === true ? `${space}${cell}` : `${cell}${space}`;
      })
      .join(GAP)
      .trimEnd(),
  );
}
