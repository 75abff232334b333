import type { Database } from '../../src/platform/database/database.js';

const MINUTES_AGO = `now() - n * interval '1 minute'`;

/** What the columns of a table are unless a spec says otherwise: SQL, in which `n` is the number of the row. */
const USUAL = {
  operation_runs: {
    initiator_name: `'System'`,
    type: `'probe.work'`,
    status: `'completed'`,
    outcome: `'succeeded'`,
    run_identity_hash: 'sha256(n::text::bytea)',
    payload: `'{}'`,
    correlation_id: 'n::text',
    started_at: MINUTES_AGO,
    completed_at: MINUTES_AGO,
    created_at: MINUTES_AGO,
  },
  inventory_sync_runs: {
    operation_run_id: 'n',
    attempt: '1',
    scope_key: `'scope'`,
    selection: `'{}'`,
    outcome: `'succeeded'`,
    finished_at: 'now()',
  },
  inventory_policies: {
    type: `'settingsCatalog'`,
    external_id: 'n::text',
    name: `'Policy ' || n`,
    completeness: `'{}'`,
  },
} as const;

/** An active run has these beside its status. */
export const NOT_COMPLETED = { outcome: `'pending'`, completed_at: 'NULL' };
export const QUEUED = { ...NOT_COMPLETED, status: `'queued'`, started_at: 'NULL' };

/**
 * As many rows for each of the tenants; answers their ids.
 * @param given what columns are instead of the usual: SQL, in which `n` is the number of the row, from 1
 */
export async function insertMany(
  database: Database,
  table: keyof typeof USUAL,
  tenantIds: readonly string[],
  rowsOfEach: number,
  given: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const columns = { ...USUAL[table], ...given };
  const rows = await database.query<{ id: string }>(
    `INSERT INTO ${table} (tenant_id, ${Object.keys(columns).join(', ')})
     SELECT t.id, ${Object.values(columns).join(', ')}
     FROM generate_series(1, $2::int) AS n CROSS JOIN unnest($1::uuid[]) AS t (id) RETURNING id`,
    [tenantIds, rowsOfEach],
  );
  return rows.map(({ id }) => id);
}

/** Each run's events, as of one that a worker completed. */
export async function insertEvents(database: Database, tenantId: string, runIds: readonly string[]): Promise<void> {
  await database.query(
    `INSERT INTO operation_run_events (tenant_id, run_id, kind)
     SELECT $1, id, kind FROM unnest($2::bigint[]) AS r (id)
     CROSS JOIN unnest('{queued,claimed,completed}'::text[]) AS kind`,
    [tenantId, runIds],
  );
}

/** Leaves to the caller when PostgreSQL learns what is in these tables. */
export async function stopAutovacuum(database: Database, tables: readonly string[]): Promise<void> {
  for (const table of tables) await database.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
}
