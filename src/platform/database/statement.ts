import { createHash } from 'node:crypto';
import pg, { type Connection, type QueryConfig, type QueryResult } from 'pg';
import { QueryFailedError } from 'typeorm';
import type { TenantScope } from './tenant-scope.js';

export type SqlValue = string | number | boolean | null | Date | Buffer | readonly SqlValue[];

/** Whose rights a statement has: those of the role the process logged in with, or of one tenant. */
export type Rights = 'login' | TenantScope;

export interface Statement {
  sql: string;
  parameters: readonly SqlValue[];
  /** Prepared once on each connection under a name of its own; see {@link StatementOptions}. */
  name?: string | undefined;
}

/**
 * `prepared`: PostgreSQL keeps the statement's plan with the connection, which pays for texts that are run often. The
 * text must be one of few: each is kept for as long as the connection lives.
 */
export interface StatementOptions {
  prepared?: boolean;
}

const NAMES = new Map<string, string>();

/** The name of a prepared text: the same in every process, so that it means the same behind a connection pooler. */
export function nameOf(sql: string): string {
  let name = NAMES.get(sql);
  if (name === undefined) {
    name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
    NAMES.set(sql, name);
  }
  return name;
}

/**
 * Both last until the end of the transaction, which for a statement outside one is the statement's own: nothing has to
 * be put back, and a connection cannot return to the pool with a tenant's rights, whatever failed.
 */
const TAKE_TENANT = `SELECT set_config('tenantatlas.tenant_id', $1, true), set_config('role', 'tenantatlas_tenant', true)`;
const TAKE_LOGIN = `SELECT set_config('role', 'none', true)`;
const BEGIN: Statement = { sql: 'BEGIN', parameters: [] };

/** What a connection does before a statement, in the statement's own round trip. */
export interface Preface {
  /** Opens a transaction. */
  begin?: boolean;
  /** Takes these rights. */
  rights?: Rights | undefined;
}

/**
 * Runs one statement. What the preface asks for is done first, in the same round trip and, outside a transaction, in the
 * same implicit one: when it is refused, PostgreSQL skips the statement. Without rights, the statement has those that the
 * connection has. Rejects with TypeORM's `QueryFailedError`, which carries PostgreSQL's `code`.
 */
export async function send<Row extends object>(
  client: pg.ClientBase,
  { sql, parameters, name }: Statement,
  { begin = false, rights }: Preface = {},
): Promise<QueryResult<Row>> {
  const before = [...(begin ? [BEGIN] : []), ...(rights === undefined ? [] : [takingOf(rights)])];
  try {
    if (before.length > 0) return await sendTogether<Row>(client, before, { sql, parameters, name });
    const values = [...parameters];
    return await client.query<Row, SqlValue[]>(
      name === undefined ? { text: sql, values } : { name, text: sql, values },
    );
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
 * All before one Sync of the extended query protocol. node-postgres sees a query with several results, as from a text
 * with several statements, and so the answer is the last of them.
 */
function sendTogether<Row extends object>(
  client: pg.ClientBase,
  before: readonly Statement[],
  last: Statement,
): Promise<QueryResult<Row>> {
  return new Promise((resolve, reject) => {
    const config: QueryConfig & { queryMode: 'extended' } = {
      ...(last.name === undefined ? {} : { name: last.name }),
      text: last.sql,
      values: [...last.parameters],
      queryMode: 'extended',
    };
    const query = new pg.Query<Row>(config, (error: Error | undefined, result: unknown) => {
      if (error) reject(error);
      else resolve((result as QueryResult<Row>[]).at(-1) as QueryResult<Row>);
    });
    const submit = query.submit.bind(query);
    query.submit = (connection: Connection): void => {
      connection.stream.cork(); // one packet for all
      try {
        for (const { sql, parameters } of before) {
          connection.parse({ name: '', text: sql, types: [] }, true);
          connection.bind({ values: parameters as string[] }, true);
          connection.describe({ type: 'P', name: '' }, true);
          connection.execute({}, true);
        }
        return submit(connection);
      } finally {
        connection.stream.uncork();
      }
    };
    client.query(query);
  });
}
