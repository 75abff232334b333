import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SetHealthRepository } from '../../../src/modules/backup-sets/data/set-health.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany, stopAutovacuum } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Sets of most tenants lack nothing. Then comes one whose sets all lack something, but for the oldest.

const KNOWN_TENANTS = 10;
const SETS = 100;
const POLICIES = 20;

let server: TestDatabase;
let newTenant: TenantRow;

async function aTenantWithSets(whole: number): Promise<TenantRow> {
  const tenant = await aTenant(server.database);
  const policyIds = await insertMany(server.database, 'inventory_policies', [tenant.id], POLICIES);
  await server.database.query(
    `WITH version AS (
       INSERT INTO inventory_policy_versions (tenant_id, policy_id, content_hash, body_hash, assignments_hash, name,
         content, raw, completeness)
       SELECT $1, id, repeat('a', 64), repeat('a', 64), repeat('a', 64), 'Policy', '{}', '{}', '{}' FROM unnest($3::bigint[]) AS p (id)
       RETURNING id, policy_id
     ), made AS (
       INSERT INTO backup_sets (tenant_id, name, created_by_name)
       SELECT $1, 'Set ' || n, 'Ada' FROM generate_series(1, $2::int) n RETURNING id
     )
     INSERT INTO backup_set_items (tenant_id, set_id, policy_id, version_id, type, external_id, name,
       include_assignments, include_scope_tags, complete, added_run_id)
     SELECT $1, m.id, v.policy_id, v.id, 'settingsCatalog', 'x', 'X', true, true,
       m.place <= $4 OR v.policy_id % 2 = 0, 1
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM made) m CROSS JOIN version v`,
    [tenant.id, SETS, policyIds, whole],
  );
  return tenant;
}

beforeAll(async () => {
  server = await createTestDatabase();
  await stopAutovacuum(server.database, ['backup_sets', 'backup_set_items']);
  for (let known = 0; known < KNOWN_TENANTS; known += 1) await aTenantWithSets(SETS - 1);
  await server.database.query('VACUUM ANALYZE backup_sets, backup_set_items');
  newTenant = await aTenantWithSets(1);
});
afterAll(() => server?.close());

it('finds the newest whole set by a look at each newer one, whatever the statistics know', async () => {
  const steps = await stepsOf(server, ({ asTenant }) =>
    new SetHealthRepository(asTenant).newestComplete(newTenant.scope),
  );
  expect(steps[0]?.['Actual Rows']).toBe(1);
  expect(stepsBeyond(SETS, steps)).toEqual([]);
});
