import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunDurationsRepository } from '../../../src/modules/operations/data/run-durations.repository.js';
import type { TenantDatabase } from '../../../src/platform/database/database.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany } from '../../support/many-rows.js';
import { stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// What PostgreSQL plans for the durations of a type with a long history: its newest rows in the order of an index.

const RUNS = 20_000;
const NEWEST = 50;

let server: TestDatabase;
let tenant: TenantRow;

beforeAll(async () => {
  server = await createTestDatabase();
  tenant = await aTenant(server.database);
  await insertMany(server.database, 'operation_runs', [tenant.id], RUNS, {
    type: `CASE n % 4 WHEN 0 THEN 'probe.rare' ELSE 'probe.work' END`,
    completed_at: `now() - n * interval '1 minute' + n * interval '1 millisecond'`,
  });
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

it('reads no more rows than it answers', async () => {
  const newest = (database: TenantDatabase): ReturnType<RunDurationsRepository['newest']> =>
    new RunDurationsRepository(database).newest(tenant.scope, ['probe.work', 'probe.rare'], NEWEST);
  const rows = await newest(server.tenantDatabase);
  expect(rows).toHaveLength(2 * NEWEST);
  expect(rows.filter(({ type }) => type === 'probe.rare').map((row) => row.worked_ms)).toContain(4);
  const steps = await stepsOf(server, ({ asTenant }) => newest(asTenant));
  const scans = steps.filter((step) => step['Index Name'] !== undefined);
  expect(new Set(scans.map((scan) => scan['Index Name']))).toEqual(new Set(['operation_runs_type_page']));
  for (const scan of scans) expect(scan['Actual Rows']).toBeLessThanOrEqual(NEWEST);
  expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
});
