import type { SqlValue } from './statement.js';

/**
 * A statement over rows that are its parameters, in two texts: for any number of rows, and for one, which PostgreSQL
 * reads faster as it is than out of arrays.
 * @param types the SQL types of a row's columns
 * @param text the statement, given what stands in it for the rows: an item of FROM that wants an alias with columns
 * @returns what answers text and parameters for given rows, of which there is at least one
 */
export function rowsStatement(
  types: readonly string[],
  text: (rows: string) => string,
): (rows: readonly (readonly SqlValue[])[]) => [sql: string, parameters: SqlValue[]] {
  const one = text(`(VALUES (${types.map((type, i) => `$${i + 1}::${type}`).join(', ')}))`);
  const many = text(`unnest(${types.map((type, i) => `$${i + 1}::${type}[]`).join(', ')})`);
  return (rows) => {
    const [first] = rows;
    if (first !== undefined && rows.length === 1) return [one, [...first]];
    return [many, types.map((_, column) => rows.map((row) => row[column] ?? null))];
  };
}
