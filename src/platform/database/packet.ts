import pg, { type ClientBase, type Connection, type QueryResult } from 'pg';
import { columnsOf, knowColumns, withoutDescribe, type AnsweredQuery } from './columns-once.js';
import type { SqlValue, Statement } from './statement.js';

/** What node-postgres knows of a connection beside its declared interface: texts that are prepared, by their names. */
interface PreparingConnection extends Connection {
  parsedStatements: Record<string, string | undefined>;
  submittedNamedStatements: Record<string, string | undefined>;
}

/** What it has of a query beside its declared interface. */
interface ExtendedQuery extends pg.Query, AnsweredQuery {
  name: string | undefined;
  values: SqlValue[];
  queryMode: 'extended';
}

type Done = (error: Error | undefined, result: unknown) => void;

/** Among others for a prepared text whose result type has changed. */
const FEATURE_NOT_SUPPORTED = '0A000';

/**
 * Sends statements in one packet, before one Sync of the extended query protocol: one round trip, and outside a
 * transaction one implicit transaction. When one is refused, PostgreSQL skips those behind it. Answers the result of each;
 * rejects with PostgreSQL's error.
 */
export function sendPacket(client: ClientBase, statements: readonly Statement[]): Promise<QueryResult[]> {
  return new Promise((resolve, reject) => {
    let refused: ((error: Error) => void) | undefined;
    const last = statements.length - 1;
    const queries = statements.map((statement, at) => {
      const done: Done = (error, result) => {
        if (error) {
          refused?.(error);
          reject(error);
        } else {
          resolve(Array.isArray(result) ? (result as QueryResult[]) : [result as QueryResult]);
        }
      };
      return queryOf(statement, at === last ? done : reject);
    });
    const carrier = queries[last];
    if (!carrier) return resolve([]);
    const submit = carrier.submit.bind(carrier);
    carrier.submit = (connection: Connection): void => {
      const preparing = connection as PreparingConnection;
      const unprepared = closeUnprepared(preparing, statements);
      refused = (error) => forget(preparing, isOutdated(error) ? namesOf(statements) : unprepared);
      const columns = columnsOf(preparing);
      const views = viewsOf(preparing);
      const names = statements.map(({ name }) => name);
      const viewFor = (name: string | undefined): View =>
        name !== undefined && columns.has(name) ? views.told : views.untold;
      connection.stream.cork();
      try {
        queries.slice(0, last).forEach((query, at) => query.submit(viewFor(names[at]).within));
        for (const { name, sql } of statements.slice(0, last)) {
          if (name !== undefined) preparing.parsedStatements[name] = sql;
        }
        knowColumns(carrier, names, columns);
        return submit(viewFor(names[last]).last);
      } finally {
        connection.stream.uncork();
      }
    };
    client.query(carrier);
  });
}

/**
 * A query of the extended protocol. node-postgres copies a given configuration property by property, with their descriptors,
 * which takes longer than all else that is done for a small statement; so it is given the text alone.
 */
function queryOf({ sql, parameters, name }: Statement, done: Done): ExtendedQuery {
  const query = new pg.Query(sql, done) as unknown as ExtendedQuery;
  query.name = name;
  query.values = [...parameters];
  query.queryMode = 'extended';
  return query;
}

/** A connection as queries of a packet see it: those whose columns it has told, and the others. */
interface Views {
  told: View;
  untold: View;
}

/** For a query that another follows in its packet, and for the last. */
interface View {
  within: Connection;
  last: Connection;
}

const VIEWS = new WeakMap<Connection, Views>();

function viewsOf(connection: Connection): Views {
  let views = VIEWS.get(connection);
  if (views === undefined) {
    const undescribed = withoutDescribe(connection);
    views = {
      told: { within: withoutSync(undescribed), last: undescribed },
      untold: { within: withoutSync(connection), last: connection },
    };
    VIEWS.set(connection, views);
  }
  return views;
}

/** The same connection, except that a query submitted to it does not end the packet. */
function withoutSync(connection: Connection): Connection {
  return Object.create(connection, { sync: { value: () => undefined } }) as Connection;
}

/**
 * A packet that is refused leaves open which of its texts PostgreSQL has prepared. So a name that is new to the connection
 * is closed first, which is no error for one that is not there, and is forgotten when the packet fails. Answers these.
 */
function closeUnprepared(connection: PreparingConnection, statements: readonly Statement[]): string[] {
  const names = namesOf(statements).filter((name) => connection.parsedStatements[name] === undefined);
  for (const name of names) connection.close({ type: 'S', name }, true);
  return names;
}

/** So that they are prepared anew. */
function forget(connection: PreparingConnection, names: readonly string[]): void {
  for (const name of names) {
    delete connection.parsedStatements[name];
    delete connection.submittedNamedStatements[name];
    columnsOf(connection).delete(name);
  }
}

/** Whether a text was prepared when its tables had other columns, as a newer version may change them under an older one. */
function isOutdated(error: Error): boolean {
  return 'code' in error && error.code === FEATURE_NOT_SUPPORTED;
}

function namesOf(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ name }) => (name === undefined ? [] : [name]));
}
