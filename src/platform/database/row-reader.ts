import type { ClientBase, FieldDef } from 'pg';

/** Makes objects of the rows of one text. */
export interface RowReader {
  fields: FieldDef[];
  read(values: readonly (string | null)[]): Record<string, unknown>;
}

/** @param client knows how a value of a type is read from its text */
export function rowReaderOf(fields: FieldDef[], client: Pick<ClientBase, 'getTypeParser'>): RowReader {
  const columns = fields.map(({ name, dataTypeID }) => ({
    name,
    parse: client.getTypeParser(dataTypeID, 'text') as (text: string) => unknown,
  }));
  // To copy a row that has all its columns takes a fraction of adding them one by one.
  const empty: Record<string, unknown> = { ...Object.fromEntries(columns.map(({ name }) => [name, null])) };
  return {
    fields,
    read: (values) => {
      const row = { ...empty };
      for (const [at, { name, parse }] of columns.entries()) {
        const text = values[at];
        row[name] = typeof text === 'string' ? parse(text) : null;
      }
      return row;
    },
  };
}
