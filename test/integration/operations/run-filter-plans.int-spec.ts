import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { RunFilter } from '../../../src/modules/operations/data/run-filter.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// One tenant has most of the runs, and what is a handful in the others are thousands in it.

const SMALL_TENANTS = 80;
const RUNS_OF_A_SMALL_ONE = 60;
const RUNS = 20_000;
const LIMIT = 26;
/** One run of three is of the type, and one of three has failed. */
const FEW = 12 * LIMIT;

let server: TestDatabase;
let large: TenantRow;

async function aTenantWith(runs: number): Promise<TenantRow> {
  const tenant = await aTenant(server.database);
  await insertMany(server.database, 'operation_runs', [tenant.id], runs, {
    type: `'probe.' || n % 3`,
    outcome: `CASE WHEN n / 3 % 3 = 0 THEN 'failed' ELSE 'succeeded' END`,
  });
  return tenant;
}

beforeAll(async () => {
  server = await createTestDatabase();
  for (let small = 0; small < SMALL_TENANTS; small += 1) await aTenantWith(RUNS_OF_A_SMALL_ONE);
  large = await aTenantWith(RUNS);
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

const FAILED = { status: 'completed', outcome: 'failed' } as const;
const SINCE = new Date(Date.now() - 300 * 86_400_000);

it.each<[string, RunFilter]>([
  ['a type', { types: ['probe.1'] }],
  ['an outcome in a span of time', { states: [FAILED], from: SINCE, to: new Date() }],
  ['a type and an outcome', { types: ['probe.1'], states: [FAILED] }],
  ['a type and an outcome since a day', { types: ['probe.1'], states: [FAILED], from: SINCE }],
])('reads a page narrowed by %s without the history of a large tenant', async (_, filter) => {
  const steps = await stepsOf(server, (database) =>
    new RunListRepository(database.asTenant, database).page(large.scope, filter, undefined, LIMIT),
  );
  expect(steps[0]?.['Actual Rows']).toBe(LIMIT);
  expect(stepsBeyond(FEW, steps)).toEqual([]);
});
