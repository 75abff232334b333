import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunFilter } from '../../../src/modules/operations/data/run-filter.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import type { SqlValue, TenantDatabase } from '../../../src/platform/database/database.js';
import type { StatementOptions } from '../../../src/platform/database/statement.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { aTenant } from '../../support/builders.js';
import { genericPlanOf, nodesOf, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// The page of all runs has one plan for all tenants, so it must be the right one for the large and for the small.

const LARGE = 20_000;
const SMALL = 40;
const LIMIT = 26;

let server: TestDatabase;
let large: string;
let small: string;

async function aTenantWith(runs: number): Promise<string> {
  const { id } = await aTenant(server.database);
  await server.database.query(
    `INSERT INTO operation_runs (tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
       correlation_id, started_at, completed_at, created_at)
     SELECT $1, 'System', 'probe.work', 'completed', 'succeeded', sha256(n::text::bytea), '{}', n::text,
       now() - n * interval '1 minute', now() - n * interval '1 minute', now() - n * interval '1 minute'
     FROM generate_series(1, $2::int) n`,
    [id, runs],
  );
  return id;
}

beforeAll(async () => {
  server = await createTestDatabase();
  large = await aTenantWith(LARGE);
  small = await aTenantWith(SMALL);
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

interface Statement {
  sql: string;
  parameters: readonly SqlValue[];
  options: StatementOptions;
}

/** The statement that a page is read with. */
async function statementOf(tenantId: string, filter: RunFilter, after?: readonly string[]): Promise<Statement> {
  let asked: Statement | undefined;
  const heard = {
    query: (_scope: unknown, sql: string, parameters: SqlValue[], options: StatementOptions) => {
      asked = { sql, parameters: [tenantId, ...parameters], options };
      return Promise.resolve([]);
    },
  } as unknown as TenantDatabase;
  await new RunListRepository(heard, server.database).page(grantTenantScope(tenantId), filter, after, LIMIT);
  if (!asked) throw new Error('Nothing was asked.');
  return asked;
}

/** The scans that the plan for all parameters is made of, carried out with these. */
async function scansOf({ sql, parameters }: Statement): Promise<Plan[]> {
  const plan = await genericPlanOf(server.database, sql, parameters);
  return nodesOf(plan).filter((node) => node['Node Type'] !== 'Limit');
}

describe('the one plan of the page of all runs', () => {
  it.each([
    ['the first page', {}, undefined],
    ['a later page', {}, [new Date(Date.now() - 600_000).toISOString(), '17']],
    ['a span of time', { from: new Date(Date.now() - 86_400_000), to: new Date() }, undefined],
  ])('reads no more rows than it answers: %s', async (_page, filter, after) => {
    for (const tenantId of [large, small]) {
      const statement = await statementOf(tenantId, filter, after);
      expect(statement.options).toEqual({ prepared: true, generic: true });
      const scans = await scansOf(statement);
      expect(scans.map((scan) => scan['Node Type'])).toEqual(['Index Scan']);
      expect(scans[0]?.['Actual Rows']).toBeLessThanOrEqual(LIMIT);
      expect(scans[0]?.['Actual Rows']).toBeGreaterThan(0);
    }
  });

  it('is not used where a filter narrows the runs', async () => {
    const { options } = await statementOf(large, { types: ['probe.work'] });
    expect(options).toEqual({ prepared: true, generic: false });
  });
});
