import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunFilter } from '../../../src/modules/operations/data/run-filter.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany } from '../../support/many-rows.js';
import { stepsOf, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// The page of all runs has one plan for all tenants, so it must be the right one for the large and for the small.

const LARGE = 20_000;
const SMALL = 40;
const LIMIT = 26;

let server: TestDatabase;
let large: TenantRow;
let small: TenantRow;

async function aTenantWith(runs: number): Promise<TenantRow> {
  const tenant = await aTenant(server.database);
  await insertMany(server.database, 'operation_runs', [tenant.id], runs);
  return tenant;
}

beforeAll(async () => {
  server = await createTestDatabase();
  large = await aTenantWith(LARGE);
  small = await aTenantWith(SMALL);
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

/** The scans that a page is read with. */
async function scansOf(tenant: TenantRow, filter: RunFilter, after?: readonly string[]): Promise<Plan[]> {
  const steps = await stepsOf(server, (database) =>
    new RunListRepository(database.asTenant, database).page(tenant.scope, filter, after, LIMIT),
  );
  return steps.filter((step) => step['Relation Name'] !== undefined);
}

describe('the one plan of the page of all runs', () => {
  it.each([
    ['the first page', {}, undefined],
    ['a later page', {}, [new Date(Date.now() - 600_000).toISOString(), '17']],
    ['a span of time', { from: new Date(Date.now() - 86_400_000), to: new Date() }, undefined],
  ])('reads no more rows than it answers: %s', async (_page, filter, after) => {
    for (const tenant of [large, small]) {
      const scans = await scansOf(tenant, filter, after);
      expect(scans.map((scan) => scan['Node Type'])).toEqual(['Index Scan']);
      expect(scans[0]?.['Actual Rows']).toBeLessThanOrEqual(LIMIT);
      expect(scans[0]?.['Actual Rows']).toBeGreaterThan(0);
      expect(scans[0]?.['Index Cond']).not.toContain(tenant.id);
    }
  });

  it('is not used where a filter narrows the runs', async () => {
    const conditions = (await scansOf(large, { types: ['probe.work'] })).map((scan) => scan['Index Cond']);
    expect(conditions).toContainEqual(expect.stringContaining(large.id));
  });
});
