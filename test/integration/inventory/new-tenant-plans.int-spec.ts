import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SettingNameRepository } from '../../../src/modules/inventory/data/setting-name.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany, stopAutovacuum } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Among tenants of like size a new one is a small change, so the statistics may not know it for days. PostgreSQL then
// takes all that it has for one row.

const KNOWN_TENANTS = 5;
const POLICIES = 1_000;
/** Objects whose details are read together. */
const LISTED = 20;
const TYPE = 'settingsCatalog';

let server: TestDatabase;
let newTenant: TenantRow;

async function aTenantWithPolicies(): Promise<TenantRow> {
  const tenant = await aTenant(server.database);
  await insertMany(server.database, 'inventory_policies', [tenant.id], POLICIES, { type: `'${TYPE}'` });
  return tenant;
}

beforeAll(async () => {
  server = await createTestDatabase();
  await stopAutovacuum(server.database, ['inventory_policies']);
  for (let known = 0; known < KNOWN_TENANTS; known += 1) await aTenantWithPolicies();
  await server.database.query('VACUUM ANALYZE inventory_policies');
  newTenant = await aTenantWithPolicies();
});
afterAll(() => server?.close());

it('looks for those of a few objects that are stored without reading all that the tenant has', async () => {
  const listed = Array.from({ length: LISTED }, (_, n) => String(n + 1));
  const steps = await stepsOf(server, ({ asTenant }) =>
    new SettingNameRepository(asTenant).storedAmong(newTenant.scope, [TYPE], listed),
  );
  expect(stepsBeyond(LISTED, steps)).toEqual([]);
});
