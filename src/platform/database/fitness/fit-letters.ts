import type { ClientBase } from 'pg';
import { UnfitDatabase } from './unfit-database.js';

/**
 * Asked before the first migration: a database cannot be given other rules later. Where the capital of `i` is not `I`, as in
 * Turkish, a search finds no name that is written in other letters, and nobody signs in with an address in capitals.
 * @throws UnfitDatabase
 */
export async function requireFitLetters(client: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query(
    `SELECT WHERE to_regclass('public.schema_migrations') IS NULL AND (lower('I') <> 'i' OR upper('i') <> 'I')`,
  );
  if (rows.length === 0) return;
  throw new UnfitDatabase(
    `The locale of the database takes I and i for different letters; make one with LOCALE_PROVIDER builtin LOCALE 'C.UTF-8' TEMPLATE template0.`,
  );
}
