import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunDurationsRepository } from '../../../src/modules/operations/data/run-durations.repository.js';
import { TenantDatabase, type SqlValue } from '../../../src/platform/database/database.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { aTenant } from '../../support/builders.js';
import { nodesOf, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// What PostgreSQL plans for the durations of a type with a long history: its newest rows in the order of an index.

const RUNS = 20_000;
const NEWEST = 50;

let server: TestDatabase;
let tenantId: string;

beforeAll(async () => {
  server = await createTestDatabase();
  ({ id: tenantId } = await aTenant(server.database));
  await server.database.query(
    `INSERT INTO operation_runs (tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
       correlation_id, started_at, completed_at, created_at)
     SELECT $1, 'System', CASE n % 4 WHEN 0 THEN 'probe.rare' ELSE 'probe.work' END, 'completed', 'succeeded',
       sha256(n::text::bytea), '{}', n::text, now() - n * interval '1 minute',
       now() - n * interval '1 minute' + n * interval '1 millisecond', now() - n * interval '1 minute'
     FROM generate_series(1, $2::int) n`,
    [tenantId, RUNS],
  );
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

it('reads no more rows than it answers', async () => {
  let explained: Plan | undefined;
  const watched = {
    query: async (scope: Parameters<TenantDatabase['query']>[0], sql: string, parameters: SqlValue[]) => {
      const [row] = await server.tenantDatabase.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        scope,
        `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
        parameters,
      );
      explained = row?.['QUERY PLAN'][0].Plan;
      return server.tenantDatabase.query(scope, sql, parameters);
    },
  } as unknown as TenantDatabase;
  const rows = await new RunDurationsRepository(watched).newest(
    grantTenantScope(tenantId),
    ['probe.work', 'probe.rare'],
    NEWEST,
  );
  expect(rows).toHaveLength(2 * NEWEST);
  expect(rows.filter(({ type }) => type === 'probe.rare').map((row) => row.worked_ms)).toContain(4);
  if (!explained) throw new Error('EXPLAIN answered no row.');
  const scans = nodesOf(explained).filter((node) => node['Index Name'] !== undefined);
  expect(scans.map((node) => node['Index Name'])).toEqual(['operation_runs_type_page']);
  for (const scan of scans) expect(scan['Actual Rows']).toBeLessThanOrEqual(NEWEST);
  expect(nodesOf(explained).map((node) => node['Node Type'])).not.toContain('Sort');
});
