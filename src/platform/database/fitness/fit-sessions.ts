import type { ClientBase } from 'pg';
import { UnfitDatabase } from './unfit-database.js';

type Asked = Pick<ClientBase, 'query'>;

const POOLED =
  'a pooler such as PgBouncer stands in between, which takes their session from those who listen, lock and prepare; ' +
  'let DATABASE_URL lead to PostgreSQL itself.';

/** How a pooler refuses settings that come with a connection, by SQLSTATE. */
const PROTOCOL_VIOLATION = '08P01';

/** The error of connecting as it is to be told: {@link UnfitDatabase} where a pooler refused our settings. */
export function toldOfConnecting(error: unknown): unknown {
  const isRefusal =
    error instanceof Error &&
    'code' in error &&
    error.code === PROTOCOL_VIOLATION &&
    error.message.includes('startup parameter');
  return isRefusal ? new UnfitDatabase(`Settings are refused on the way to PostgreSQL: ${POOLED}`) : error;
}

/** @throws UnfitDatabase when what the session was connected with is not what it has */
export async function requireFitSession(client: Asked, ours: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await client.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS asked (name)',
    [Object.keys(ours)],
  );
  const lost = rows.filter(({ name, value }) => value !== ours[name]).map(({ name }) => name);
  if (lost.length === 0) return;
  throw new UnfitDatabase(`Settings do not reach PostgreSQL (${lost.join(', ')}): ${POOLED}`);
}

/**
 * A pooler of transactions gives the connection of a session that asks now and then to another that is in a transaction.
 * @throws UnfitDatabase when the first session has moved then
 */
export async function requireOwnConnection(session: Asked, other: Asked): Promise<void> {
  const before = await processOf(session);
  await other.query('BEGIN');
  await processOf(other);
  const after = await processOf(session);
  await other.query('ROLLBACK');
  if (before !== after) throw new UnfitDatabase(`Sessions move between connections of PostgreSQL: ${POOLED}`);
}

async function processOf(client: Asked): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}
