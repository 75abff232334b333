import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunDetailRepository } from '../../../src/modules/operations/data/run-detail.repository.js';
import { TenantDatabase } from '../../../src/platform/database/database.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { ExplainedDatabase, genericPlanOf, nodesOf, rowsLookedAt, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Runs have few events each, whoever asks for them: their page, or the archive, which takes them off by the run alone.

const TENANTS = 100;
const RUNS = 50;
const EVENTS_OF_A_RUN = 3;
const RUNS_OF_THE_NEW_TENANT = 1_000;

let server: TestDatabase;
let newTenant: TenantRow;
/** Of the new tenant: to remove, and to read. */
let removed: string;
let shown: string;

async function insertRuns(tenantIds: readonly string[], each: number): Promise<void> {
  await server.database.query(
    `WITH run AS (
       INSERT INTO operation_runs (tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
         correlation_id, started_at, completed_at)
       SELECT t.id, 'System', 'probe.work', 'completed', 'succeeded', sha256(n::text::bytea), '{}', n::text, now(), now()
       FROM generate_series(1, $2::int) n CROSS JOIN unnest($1::uuid[]) AS t (id) RETURNING id, tenant_id
     ), event AS (
       INSERT INTO operation_run_events (tenant_id, run_id, kind)
       SELECT tenant_id, id, kind FROM run CROSS JOIN unnest('{queued,claimed,completed}'::text[]) AS kind
     )
     INSERT INTO operation_run_items (tenant_id, run_id, item_id, kind, result)
     SELECT tenant_id, id, 'one', 'thing', 'success' FROM run`,
    [tenantIds, each],
  );
}

beforeAll(async () => {
  server = await createTestDatabase();
  for (const table of ['operation_runs', 'operation_run_events', 'operation_run_items'])
    await server.database.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  const known: string[] = [];
  for (let n = 0; n < TENANTS; n += 1) known.push((await aTenant(server.database)).id);
  await insertRuns(known, RUNS);
  await server.database.query('VACUUM ANALYZE operation_runs, operation_run_events, operation_run_items');
  newTenant = await aTenant(server.database);
  await insertRuns([newTenant.id], RUNS_OF_THE_NEW_TENANT);
  const runs = await server.database.query<{ id: string }>('SELECT id FROM operation_runs ORDER BY id DESC LIMIT 2');
  [removed = '', shown = ''] = runs.map(({ id }) => id);
});
afterAll(() => server?.close());

function readOf(table: string, nodes: readonly Plan[]): Plan[] {
  const read = nodes.filter((node) => node['Relation Name'] === table && node['Node Type'].endsWith('Scan'));
  expect(read).not.toEqual([]);
  return read;
}

it.each(['operation_run_events', 'operation_run_items'])(
  'takes the %s of an archived run off without a search in each tenant',
  async (table) => {
    // As the foreign key does it.
    const plan = await genericPlanOf(server.database, `DELETE FROM ONLY ${table} WHERE $1 = run_id`, [removed]);
    const nodes = nodesOf(plan);
    for (const node of readOf(table, nodes)) expect(rowsLookedAt(node)).toBeLessThanOrEqual(EVENTS_OF_A_RUN);
    expect(nodes.reduce((sum, node) => sum + (node['Index Searches'] ?? 0), 0)).toBe(1);
  },
);

it("reads a run's events without the others of a tenant that the statistics do not know", async () => {
  const database = new ExplainedDatabase(server.dataSource);
  const run = { id: shown, archived: false };
  await new RunDetailRepository(new TenantDatabase(database)).events(newTenant.scope, run, undefined, 100);
  for (const node of readOf('operation_run_events', database.nodes)) expect(rowsLookedAt(node)).toBe(EVENTS_OF_A_RUN);
});
