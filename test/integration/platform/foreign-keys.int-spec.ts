import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// When a row is deleted, PostgreSQL looks for those that refer to it in every table that may. Without an index that
// begins with the key's columns it reads all of the table, or searches its index once for each tenant.

/** Of rows that the product never deletes by themselves, so that nobody pays for an index. */
const NEVER_LOOKED_FOR = [
  // A user is disabled, not deleted.
  'backup_sets (created_by) -> users',
  'drift_findings (acknowledged_by) -> users',
  'graph_connections (set_by) -> users',
  'notification_channels (created_by) -> users',
  'operation_runs (user_id) -> users',
  'schedules (created_by) -> users',
];

let server: TestDatabase;

beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server?.close());

it('leads from every row that is deleted to those that refer to it by an index', async () => {
  const rows = await server.database.query<{ key: string }>(
    `WITH key AS (
       SELECT c.conrelid AS child, c.confrelid AS parent, c.conkey::int2[] AS columns FROM pg_constraint c
       WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
     ), index AS (
       SELECT i.indrelid AS child, (i.indkey::int2[])[0:i.indnkeyatts - 1] AS columns, i.indisunique AS is_unique,
         pg_get_expr(i.indpred, i.indrelid) AS predicate
       FROM pg_index i
     )
     SELECT format('%s (%s) -> %s', k.child::regclass, (
         SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_attribute a
         WHERE a.attrelid = k.child AND a.attnum = ANY (k.columns)), k.parent::regclass) AS key
     FROM key k WHERE NOT EXISTS (
       SELECT FROM index i WHERE i.child = k.child AND (i.predicate IS NULL OR i.predicate LIKE '(% IS NOT NULL)')
         AND ((i.columns)[1:cardinality(k.columns)] @> k.columns OR (i.is_unique AND i.columns <@ k.columns)))`,
  );
  expect(rows.map(({ key }) => key).sort()).toEqual([...NEVER_LOOKED_FOR].sort());
});
