import pg, { type ClientBase, type Connection, type QueryConfig, type QueryResult } from 'pg';
import type { Statement } from './statement.js';

/** What node-postgres knows of a connection beside its declared interface: texts that are prepared, by their names. */
interface PreparingConnection extends Connection {
  parsedStatements: Record<string, string | undefined>;
  submittedNamedStatements: Record<string, string | undefined>;
}

/**
 * Sends statements in one packet, before one Sync of the extended query protocol: one round trip, and outside a
 * transaction one implicit transaction. When one is refused, PostgreSQL skips those behind it. Answers the result of each;
 * rejects with PostgreSQL's error.
 */
export function sendPacket(client: ClientBase, statements: readonly Statement[]): Promise<QueryResult[]> {
  return new Promise((resolve, reject) => {
    let forget: (() => void) | undefined;
    const last = statements.length - 1;
    const queries = statements.map((statement, at) => {
      const done = (error: Error | undefined, result: unknown): void => {
        if (error) {
          forget?.();
          reject(error);
        } else {
          resolve(Array.isArray(result) ? (result as QueryResult[]) : [result as QueryResult]);
        }
      };
      return new pg.Query(configOf(statement), at === last ? done : reject);
    });
    const carrier = queries[last];
    if (!carrier) return resolve([]);
    const submit = carrier.submit.bind(carrier);
    carrier.submit = (connection: Connection): void => {
      const preparing = connection as PreparingConnection;
      forget = closeUnprepared(preparing, statements);
      connection.stream.cork();
      try {
        const unsynced = withoutSync(preparing);
        for (const query of queries.slice(0, last)) query.submit(unsynced);
        for (const { name, sql } of statements.slice(0, last)) {
          if (name !== undefined) preparing.parsedStatements[name] = sql;
        }
        return submit(connection);
      } finally {
        connection.stream.uncork();
      }
    };
    client.query(carrier);
  });
}

function configOf({ sql, parameters, name }: Statement): QueryConfig & { queryMode: 'extended' } {
  return { ...(name === undefined ? {} : { name }), text: sql, values: [...parameters], queryMode: 'extended' };
}

/** The same connection, except that a query submitted to it does not end the packet. */
function withoutSync(connection: PreparingConnection): Connection {
  return Object.create(connection, { sync: { value: () => undefined } }) as Connection;
}

/**
 * A packet that is refused leaves open which of its texts PostgreSQL has prepared. So a name that is new to the connection
 * is closed first, which is no error for one that is not there, and is forgotten when the packet fails: the answer.
 */
function closeUnprepared(connection: PreparingConnection, statements: readonly Statement[]): () => void {
  const names = statements.flatMap(({ name }) =>
    name === undefined || connection.parsedStatements[name] !== undefined ? [] : [name],
  );
  for (const name of names) connection.close({ type: 'S', name }, true);
  return () => {
    for (const name of names) {
      delete connection.parsedStatements[name];
      delete connection.submittedNamedStatements[name];
    }
  };
}
