import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OldSyncRunRepository } from '../../../src/modules/inventory/data/old-sync-run.repository.js';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf, type ExplainedDatabase } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Housekeeping asks for every tenant every half hour, whatever there is to be removed.

const TENANTS = 4;
const SYNCS_OF_EACH = 1_500;
const TYPES = 12;
const AT_ONCE = 20;
const DAYS = 180;

let server: TestDatabase;
const tenants: TenantRow[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  // What is known of the tables when the rows come is that they were empty.
  await server.database.query('ANALYZE inventory_sync_runs, inventory_coverage, operation_runs');
  for (let made = 0; made < TENANTS; made += 1) tenants.push(await aTenant(server.database));
  const ids = tenants.map(({ id }) => id);
  await insertMany(server.database, 'inventory_sync_runs', ids, SYNCS_OF_EACH, { scope_key: `'scope-' || n % 3` });
  await server.database.query(
    `INSERT INTO inventory_coverage (tenant_id, sync_run_id, type, attempt, state, policies)
     SELECT tenant_id, id, 'type-' || n, 1, 'read', 1 FROM inventory_sync_runs, generate_series(1, ${TYPES}) n`,
  );
  await insertMany(server.database, 'operation_runs', ids, SYNCS_OF_EACH, { type: `'inventory.sync'` });
});
afterAll(() => server?.close());

describe.each(['as they were empty', 'as they are'])('what is known of the tables is %s', (known) => {
  let tenant: TenantRow;
  let looked: string[];
  // Each written once: an index still lists the versions that a write before left behind.
  let held: string[];
  let kept: string[];
  beforeAll(async () => {
    if (known === 'as they are') await server.database.query('VACUUM ANALYZE');
    tenant = (known === 'as they are' ? tenants[0] : tenants[1]) as TenantRow;
    const runs = new OldSyncRunRepository(server.tenantDatabase);
    const oldest = (await runs.unnamed(tenant.scope, DAYS, '0', 3 * AT_ONCE)).map(({ id }) => id);
    looked = oldest.slice(0, AT_ONCE);
    held = oldest.slice(AT_ONCE, 2 * AT_ONCE);
    kept = oldest.slice(2 * AT_ONCE);
  });

  it.each<[string, number, (database: ExplainedDatabase) => Promise<unknown>]>([
    [
      'the oldest',
      AT_ONCE,
      ({ asTenant }) => new OldSyncRunRepository(asTenant).unnamed(tenant.scope, DAYS, '0', AT_ONCE),
    ],
    ['those that are held', AT_ONCE, ({ asTenant }) => new SyncRunRepository(asTenant).hold(tenant.scope, held)],
    ['those that are kept', AT_ONCE, ({ asTenant }) => new SyncRunRepository(asTenant).keep(tenant.scope, kept)],
    [
      'which of their operation runs are listed',
      AT_ONCE,
      (database) => new RunListRepository(database.asTenant, database).listed(tenant.scope, looked),
    ],
    [
      'the removal, which reads their coverage and one row of each type',
      AT_ONCE * TYPES,
      ({ asTenant }) => new OldSyncRunRepository(asTenant).remove(tenant.scope, looked, DAYS),
    ],
  ])('%s: is read without the other sync runs', async (_, most, ask) => {
    expect(stepsBeyond(most, await stepsOf(server, ask))).toEqual([]);
  });
});
