import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunDetailRepository } from '../../../src/modules/operations/data/run-detail.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertEvents, insertMany, stopAutovacuum } from '../../support/many-rows.js';
import { rowsLookedAt, stepsBeyond, stepsOf, type Plan } from '../../support/plan.js';
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

async function aTenantWithRuns(count: number): Promise<TenantRow> {
  const tenant = await aTenant(server.database);
  const runIds = await insertMany(server.database, 'operation_runs', [tenant.id], count);
  await insertEvents(server.database, tenant.id, runIds);
  await server.database.query(
    `INSERT INTO operation_run_items (tenant_id, run_id, item_id, kind, result)
     SELECT $1, id, 'one', 'thing', 'success' FROM unnest($2::bigint[]) AS r (id)`,
    [tenant.id, runIds],
  );
  [removed = '', shown = ''] = runIds;
  return tenant;
}

beforeAll(async () => {
  server = await createTestDatabase();
  await stopAutovacuum(server.database, ['operation_runs', 'operation_run_events', 'operation_run_items']);
  for (let known = 0; known < TENANTS; known += 1) await aTenantWithRuns(RUNS);
  await server.database.query('VACUUM ANALYZE operation_runs, operation_run_events, operation_run_items');
  newTenant = await aTenantWithRuns(RUNS_OF_THE_NEW_TENANT);
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
    // As the foreign key does it, which prepares it.
    const steps = await stepsOf(server, (database) =>
      database.query(`DELETE FROM ONLY ${table} WHERE $1 = run_id`, [removed], { prepared: true }),
    );
    expect(stepsBeyond(EVENTS_OF_A_RUN, readOf(table, steps))).toEqual([]);
    const searches = steps.flatMap((step) => step['Index Searches'] ?? []);
    expect(new Set(searches)).toEqual(new Set([1]));
  },
);

it("reads a run's events without the others of a tenant that the statistics do not know", async () => {
  const run = { id: shown, archived: false };
  const steps = await stepsOf(server, ({ asTenant }) =>
    new RunDetailRepository(asTenant).events(newTenant.scope, run, undefined, 100),
  );
  for (const node of readOf('operation_run_events', steps)) expect(rowsLookedAt(node)).toBe(EVENTS_OF_A_RUN);
});
