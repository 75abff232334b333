import pg, { type Connection, type QueryConfig, type QueryResult } from 'pg';
import { QueryFailedError } from 'typeorm';
import type { TenantScope } from './tenant-scope.js';

export type SqlValue = string | number | boolean | null | Date | Buffer | readonly SqlValue[];

/** Whose rights a statement has: those of the role the process logged in with, or of one tenant. */
export type Rights = 'login' | TenantScope;

export interface Statement {
  sql: string;
  parameters: readonly SqlValue[];
}

/**
 * Both last until the end of the transaction, which for a statement outside one is the statement's own: nothing has to
 * be put back, and a connection cannot return to the pool with a tenant's rights, whatever failed.
 */
const TAKE_TENANT = `SELECT set_config('tenantatlas.tenant_id', $1, true), set_config('role', 'tenantatlas_tenant', true)`;
const TAKE_LOGIN = `SELECT set_config('role', 'none', true)`;

/**
 * Runs one statement. With `rights`, it first takes them, in the same round trip and the same implicit transaction: when
 * they are refused, PostgreSQL skips the statement. Without, it has the rights that the connection has. Rejects with
 * TypeORM's `QueryFailedError`, which carries PostgreSQL's `code`.
 */
export async function send<Row extends object>(
  client: pg.ClientBase,
  { sql, parameters }: Statement,
  rights?: Rights,
): Promise<QueryResult<Row>> {
  try {
    if (rights === undefined) return await client.query<Row, SqlValue[]>(sql, [...parameters]);
    return await sendTogether<Row>(client, takingOf(rights), { sql, parameters });
  } catch (error) {
    throw new QueryFailedError(sql, [...parameters], error instanceof Error ? error : new Error(String(error)));
  }
}

export function sameRights(one: Rights | undefined, other: Rights): boolean {
  if (one === undefined || one === 'login' || other === 'login') return one === other;
  return one.tenantId === other.tenantId;
}

function takingOf(rights: Rights): Statement {
  return rights === 'login' ? { sql: TAKE_LOGIN, parameters: [] } : { sql: TAKE_TENANT, parameters: [rights.tenantId] };
}

/**
 * `first` and `second` before one Sync of the extended query protocol. node-postgres sees a query with two results, as
 * from a text with two statements, and so the answer is the last of them.
 */
function sendTogether<Row extends object>(
  client: pg.ClientBase,
  first: Statement,
  second: Statement,
): Promise<QueryResult<Row>> {
  return new Promise((resolve, reject) => {
    const config: QueryConfig & { queryMode: 'extended' } = {
      text: second.sql,
      values: [...second.parameters],
      queryMode: 'extended',
    };
    const query = new pg.Query<Row>(config, (error: Error | undefined, result: unknown) => {
      if (error) reject(error);
      else resolve((result as QueryResult<Row>[])[1] as QueryResult<Row>);
    });
    const submit = query.submit.bind(query);
    query.submit = (connection: Connection): void => {
      connection.stream.cork(); // one packet for both
      try {
        connection.parse({ name: '', text: first.sql, types: [] }, true);
        connection.bind({ values: first.parameters as string[] }, true);
        connection.describe({ type: 'P', name: '' }, true);
        connection.execute({}, true);
        return submit(connection);
      } finally {
        connection.stream.uncork();
      }
    };
    client.query(query);
  });
}
