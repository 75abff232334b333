import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// A large tenant that has stopped syncing: the statistics know how many of all sync runs are its own, not when they were.

const SYNCS_OF_IT = 4_000;
const SYNCS_OF_OTHERS_SINCE = 12_000;
const PAGE = 51;
const SCOPE_KEY = 'scope';

let server: TestDatabase;
let tenant: TenantRow;

async function aTenantThatSynced(times: number): Promise<TenantRow> {
  const made = await aTenant(server.database);
  await insertMany(server.database, 'inventory_sync_runs', [made.id], times, { scope_key: `'${SCOPE_KEY}'` });
  return made;
}

beforeAll(async () => {
  server = await createTestDatabase();
  tenant = await aTenantThatSynced(SYNCS_OF_IT);
  for (let other = 0; other < 3; other += 1) await aTenantThatSynced(SYNCS_OF_OTHERS_SINCE / 3);
  await server.database.query('VACUUM ANALYZE inventory_sync_runs');
});
afterAll(() => server?.close());

it.each<[string, (runs: SyncRunRepository) => Promise<unknown>]>([
  ['the newest that has finished', (runs) => runs.newestFinished(tenant.scope)],
  ['the first page', (runs) => runs.page(tenant.scope, undefined, PAGE)],
  ['those that a comparison may begin with', (runs) => runs.usable(tenant.scope, SCOPE_KEY, { limit: PAGE })],
])("%s: is read without the other tenants' sync runs", async (_, asked) => {
  const steps = await stepsOf(server, ({ asTenant }) => asked(new SyncRunRepository(asTenant)));
  expect(stepsBeyond(PAGE, steps)).toEqual([]);
});
