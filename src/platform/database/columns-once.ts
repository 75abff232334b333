import type { Connection, FieldDef } from 'pg';

/** What node-postgres has on a query beside its declared interface: where the messages of its answer go. */
export interface AnsweredQuery {
  handleRowDescription: (message: { fields: readonly FieldDef[] }) => void;
  handleDataRow: (message: unknown) => void;
  handleCommandComplete: (message: unknown, connection: Connection) => void;
}

/** The columns of the answers of prepared texts, by their names; null for a text that answers no rows. */
export type Columns = Map<string, readonly FieldDef[] | null>;

const OF_CONNECTION = new WeakMap<Connection, Columns>();

/**
 * What a connection has told of its prepared texts. It stays true for as long as they are prepared: where a table has
 * changed so that they would answer others, PostgreSQL refuses them.
 */
export function columnsOf(connection: Connection): Columns {
  let columns = OF_CONNECTION.get(connection);
  if (columns === undefined) {
    columns = new Map();
    OF_CONNECTION.set(connection, columns);
  }
  return columns;
}

/** The same connection, except that it is not asked for columns. */
export function withoutDescribe<C extends Connection>(connection: C): C {
  return Object.create(connection, { describe: { value: () => undefined } }) as C;
}

/**
 * Lets a query that gets the answers of several texts know their columns where the connection was not asked for them, and
 * keeps those that it was asked for. Those of a run are a kilobyte to write, to send and to read.
 * @param names of the texts in their order, undefined for one that is not prepared
 */
export function knowColumns(query: AnsweredQuery, names: readonly (string | undefined)[], columns: Columns): void {
  const known = names.map((name) => (name === undefined ? undefined : columns.get(name)));
  const { handleRowDescription, handleDataRow, handleCommandComplete } = query;
  let at = 0;
  let told: readonly FieldDef[] | null | undefined;
  const tell = (fields: readonly FieldDef[] | null): void => {
    told = fields;
    if (fields !== null) handleRowDescription.call(query, { fields });
  };
  query.handleRowDescription = ({ fields }) => tell(fields);
  query.handleDataRow = (message) => {
    if (told === undefined) tell(known[at] ?? null);
    handleDataRow.call(query, message);
  };
  query.handleCommandComplete = (message, connection) => {
    if (told === undefined) tell(known[at] ?? null);
    handleCommandComplete.call(query, message, connection);
    const name = names[at];
    if (name !== undefined) columns.set(name, told ?? null);
    told = undefined;
    at += 1;
  };
}
