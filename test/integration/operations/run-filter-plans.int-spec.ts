import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { RunFilter } from '../../../src/modules/operations/data/run-filter.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import { TenantDatabase, type SqlValue } from '../../../src/platform/database/database.js';
import type { StatementOptions } from '../../../src/platform/database/statement.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { genericPlanOf, nodesOf, rowsLookedAt, type Plan } from '../../support/plan.js';
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
  await server.database.query(
    `INSERT INTO operation_runs (tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
       correlation_id, started_at, completed_at, created_at)
     SELECT $1, 'System', 'probe.' || n % 3, 'completed', CASE WHEN n / 3 % 3 = 0 THEN 'failed' ELSE 'succeeded' END,
       sha256(n::text::bytea), '{}', n::text, at, at, at
     FROM generate_series(1, $2::int) n CROSS JOIN LATERAL (SELECT now() - n * interval '1 minute' AS at) t`,
    [tenant.id, runs],
  );
  return tenant;
}

beforeAll(async () => {
  server = await createTestDatabase();
  for (let small = 0; small < SMALL_TENANTS; small += 1) await aTenantWith(RUNS_OF_A_SMALL_ONE);
  large = await aTenantWith(RUNS);
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

/** Keeps how statements are carried out: of a prepared one by the plan that PostgreSQL may come to keep for all tenants. */
class ExplainedDatabase extends TenantDatabase {
  readonly steps: Plan[] = [];

  override async query<Row extends object>(
    scope: TenantScope,
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<Row[]> {
    this.steps.push(...nodesOf(await this.planOf(scope, sql, parameters, options)));
    return [];
  }

  private async planOf(
    scope: TenantScope,
    sql: string,
    parameters: readonly SqlValue[],
    { prepared }: StatementOptions,
  ): Promise<Plan> {
    if (prepared) return genericPlanOf(server.database, sql, [scope.tenantId, ...parameters]);
    const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`;
    const [row] = await super.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(scope, explain, parameters);
    if (!row) throw new Error('EXPLAIN answered no row.');
    return row['QUERY PLAN'][0].Plan;
  }
}

const FAILED = { status: 'completed', outcome: 'failed' } as const;
const SINCE = new Date(Date.now() - 300 * 86_400_000);

it.each<[string, RunFilter]>([
  ['a type', { types: ['probe.1'] }],
  ['an outcome in a span of time', { states: [FAILED], from: SINCE, to: new Date() }],
  ['a type and an outcome', { types: ['probe.1'], states: [FAILED] }],
  ['a type and an outcome since a day', { types: ['probe.1'], states: [FAILED], from: SINCE }],
])('reads a page narrowed by %s without the history of a large tenant', async (_, filter) => {
  const explained = new ExplainedDatabase(server.database);
  await new RunListRepository(explained, server.database).page(large.scope, filter, undefined, LIMIT);
  expect(explained.steps[0]?.['Actual Rows']).toBe(LIMIT);
  for (const step of explained.steps)
    expect({ ...step, Plans: undefined, few: rowsLookedAt(step) <= FEW }).toMatchObject({ few: true });
});
