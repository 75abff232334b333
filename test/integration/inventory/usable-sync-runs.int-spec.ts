import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SyncRunRepository, type UsableRuns } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { aTenant, syncRunsOf, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const RUNS = ['1', '2', '3', '4', '5', '6'];

describe('sync runs that read something', () => {
  let db: TestDatabase;
  let tenant: TenantRow;
  beforeAll(async () => {
    db = await createTestDatabase();
    tenant = await aTenant(db.database);
    await syncRunsOf(db.database, tenant, RUNS);
    await syncRunsOf(db.database, await aTenant(db.database), RUNS);
    const become = (ids: string[], change: string) =>
      db.database.query(`UPDATE inventory_sync_runs SET ${change} WHERE tenant_id = $1 AND id = ANY ($2::bigint[])`, [
        tenant.id,
        ids,
      ]);
    await become(['3', '5'], `outcome = 'partially_succeeded'`);
    await become(['4'], `outcome = 'failed'`);
    await become(['6'], `scope_key = 'another'`);
  });
  afterAll(() => db.close());

  it.each<[string, UsableRuns, string[]]>([
    ['come newest first', { limit: 9 }, ['5', '3', '2', '1']],
    ['are as many as are asked for', { limit: 2 }, ['5', '3']],
    ['are older than one', { limit: 9, before: '3' }, ['2', '1']],
    ['are of one outcome', { limit: 1, outcomes: ['succeeded'] }, ['2']],
    ['are of one outcome, and older than one', { limit: 9, before: '2', outcomes: ['succeeded'] }, ['1']],
    ['are none before the first', { limit: 9, before: '1' }, []],
  ])('%s', async (_, which, ids) => {
    const rows = await new SyncRunRepository(db.tenantDatabase).usable(tenant.scope, 'all', which);
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });
});
