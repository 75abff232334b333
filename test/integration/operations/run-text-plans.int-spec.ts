import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SqlValue } from '../../../src/platform/database/database.js';
import { alternativesOf, type RunFilter } from '../../../src/modules/operations/data/run-filter.js';
import { aTenant } from '../../support/builders.js';
import type { Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// What PostgreSQL plans for a text, where one word is in every run of every tenant: its index must answer rare words only.

const RUNS = 10_000;
const STATES = [{ status: 'completed', outcome: 'succeeded' }] as const;

let server: TestDatabase;
let tenantId: string;

beforeAll(async () => {
  server = await createTestDatabase();
  ({ id: tenantId } = await aTenant(server.database));
  const { id: otherId } = await aTenant(server.database);
  await server.database.query(
    `INSERT INTO operation_runs (tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
       subject_name, correlation_id, completed_at, created_at)
     SELECT CASE n % 2 WHEN 0 THEN $1::uuid ELSE $2::uuid END, 'User ' || n % 10, 'probe.work', 'completed', 'succeeded',
       sha256(n::text::bytea), '{}', CASE n WHEN 42 THEN 'Heliotrope' ELSE 'Baseline ' || n END, n::text, now(),
       now() - n * interval '1 second'
     FROM generate_series(1, $3::int) n`,
    [tenantId, otherId, RUNS],
  );
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

/** The plan of a page for the one condition that the filter comes to. */
async function planOf(filter: RunFilter): Promise<Plan> {
  const parameters: SqlValue[] = [tenantId];
  const conditions = alternativesOf({ states: STATES, ...filter }, (value) => `$${parameters.push(value)}`);
  expect(conditions).toHaveLength(1);
  const [row] = await server.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (FORMAT JSON) SELECT id FROM operation_runs r WHERE tenant_id = $1 AND ${conditions[0]}
     ORDER BY created_at DESC, id DESC LIMIT 26`,
    parameters,
  );
  if (!row) throw new Error('EXPLAIN answered no row.');
  return row['QUERY PLAN'][0].Plan;
}

/** All kinds of nodes, and the indexes that they read. */
function partsOf(plan: Plan): { nodes: string[]; indexes: string[] } {
  const below = (plan.Plans ?? []).map(partsOf);
  const index = plan['Index Name'];
  return {
    nodes: [plan['Node Type'], ...below.flatMap(({ nodes }) => nodes)],
    indexes: [...(index === undefined ? [] : [index]), ...below.flatMap(({ indexes }) => indexes)],
  };
}

/** A filter by text as it is asked for, without what else the text may mean. */
const text = (contains: string): RunFilter => ({ text: { contains, kinds: [] } });

describe('a filter by text', () => {
  it('finds a rare word by its index', async () => {
    expect(partsOf(await planOf(text('Heliotrope'))).indexes).toEqual(['operation_runs_text']);
  });

  it.each<[string, RunFilter]>([
    ['a common word', text('baseline')],
    ['a common name', { initiatorNames: ['User'] }],
    ['a text without trigrams', text('zq')],
  ])('reads the page in its order for %s', async (_, filter) => {
    const { nodes, indexes } = partsOf(await planOf(filter));
    expect(nodes).not.toContain('Sort');
    expect(indexes).toEqual([expect.stringMatching(/^operation_runs_(outcome_)?page$/)]);
  });
});

describe('a filter by many values', () => {
  const values = (count: number): string[] => Array.from({ length: count }, (_, n) => `value ${n}`);

  it.each([
    [{ types: values(3) }, 6],
    [{ types: values(12) }, 24],
    [{ types: values(13) }, 2],
    [{ initiatorNames: values(10), types: values(2) }, 20],
    [{ initiatorNames: values(10), types: values(12) }, 20],
    [{ initiatorNames: values(10), states: Array.from({ length: 4 }, () => STATES[0]) }, 4],
  ])('asks in parts, and in no more than can be planned fast: %j', (filter, parts) => {
    let bound = 0;
    expect(alternativesOf(filter, () => `$${(bound += 1)}`)).toHaveLength(parts);
  });
});
