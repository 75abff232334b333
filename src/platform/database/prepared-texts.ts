import type { Connection } from 'pg';
import type { RowReader } from './row-reader.js';

/** The texts that a connection has prepared and run, by their names, with what reads their rows. */
export type PreparedTexts = Map<string, RowReader>;

const OF_CONNECTION = new WeakMap<Connection, PreparedTexts>();

/**
 * What packets have prepared on a connection. node-postgres keeps a list of its own for queries that have names, so such
 * queries and packets must not share connections.
 *
 * The columns of a text stay the same for as long as it is prepared, and those of a run are a kilobyte to write, to send
 * and to read: so they are asked for once. Where a table has changed so that a text would answer others, PostgreSQL
 * refuses it.
 */
export function preparedTextsOf(connection: Connection): PreparedTexts {
  let texts = OF_CONNECTION.get(connection);
  if (texts === undefined) {
    texts = new Map();
    OF_CONNECTION.set(connection, texts);
  }
  return texts;
}
