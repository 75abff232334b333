import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alternativesOf, type RunFilter } from '../../../src/modules/operations/data/run-filter.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany } from '../../support/many-rows.js';
import { stepsOf, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// What PostgreSQL plans for a text, where one word is in every run of every tenant: its index must answer rare words only.

const RUNS = 10_000;
const LIMIT = 26;
const STATES = [{ status: 'completed', outcome: 'succeeded' }] as const;

let server: TestDatabase;
let tenant: TenantRow;

beforeAll(async () => {
  server = await createTestDatabase();
  tenant = await aTenant(server.database);
  const other = await aTenant(server.database);
  await insertMany(server.database, 'operation_runs', [tenant.id, other.id], RUNS / 2, {
    initiator_name: `'User ' || n % 10`,
    subject_name: `CASE n WHEN 21 THEN 'Heliotrope' ELSE 'Baseline ' || n END`,
  });
  await server.database.query('VACUUM ANALYZE operation_runs');
});
afterAll(() => server?.close());

/** How a page is read for the one condition that the filter comes to. */
function read(filter: RunFilter): Promise<Plan[]> {
  return stepsOf(server, (database) =>
    new RunListRepository(database.asTenant, database).page(
      tenant.scope,
      { states: STATES, ...filter },
      undefined,
      LIMIT,
    ),
  );
}

function indexesOf(steps: readonly Plan[]): string[] {
  return steps.flatMap((step) => step['Index Name'] ?? []);
}

/** A filter by text as it is asked for, without what else the text may mean. */
const text = (contains: string): RunFilter => ({ text: { contains, kinds: [] } });

describe('a filter by text', () => {
  it('finds a rare word by its index', async () => {
    expect(indexesOf(await read(text('Heliotrope')))).toEqual(['operation_runs_text']);
  });

  it.each<[string, RunFilter]>([
    ['a common word', text('baseline')],
    ['a common name', { initiatorNames: ['User'] }],
    ['a text without trigrams', text('zq')],
  ])('reads the page in its order for %s', async (_, filter) => {
    const steps = await read(filter);
    expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
    expect(indexesOf(steps)).toEqual([expect.stringMatching(/^operation_runs_(outcome_)?page$/)]);
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
