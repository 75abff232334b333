import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LiveNotesRepository } from '../../../src/modules/notifications/live-notes.repository.js';
import { RunFeedRepository } from '../../../src/modules/operations/live/run-feed.repository.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { insertEvents, insertMany, stopAutovacuum } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Streams look for what is new every few seconds. Among tenants of like size a new one is a small change, so the
// statistics may not know it and its people for days; PostgreSQL then takes all that they have for one row.

const KNOWN_TENANTS = 5;
const RUNS = 500;
const NEW_RUNS = 3;
/** Rows that a step may pass on or drop: the new runs' events and notes, and as much again on either side of a join. */
const FEW = 30;
const MOST = 100;
const NO_RUN = [{ id: null }];

let server: TestDatabase;
let tenant: TenantRow;
let user: UserRow;
/** After which the new runs began. */
let since: string;

async function insertRuns(tenantId: string, userId: string, count: number): Promise<void> {
  const runIds = await insertMany(server.database, 'operation_runs', [tenantId], count);
  await insertEvents(server.database, tenantId, runIds);
  await server.database.query(
    `INSERT INTO notifications (tenant_id, user_id, run_id, kind, title, body)
     SELECT $1, $2, id, kind, 'Title', 'Body' FROM unnest($3::bigint[]) AS r (id)
     CROSS JOIN unnest('{queued,terminal}'::text[]) AS kind`,
    [tenantId, userId, runIds],
  );
}

async function aTenantWithRuns(): Promise<void> {
  tenant = await aTenant(server.database);
  user = await aMember(server.database, tenant);
  await insertRuns(tenant.id, user.id, RUNS);
}

beforeAll(async () => {
  server = await createTestDatabase();
  await stopAutovacuum(server.database, [
    'tenants',
    'memberships',
    'operation_runs',
    'operation_run_events',
    'notifications',
  ]);
  for (let known = 0; known < KNOWN_TENANTS; known += 1) await aTenantWithRuns();
  await server.database.query('VACUUM ANALYZE operation_runs, operation_run_events, notifications');
  await aTenantWithRuns();
  const [row] = await server.database.query<{ since: string }>('SELECT pg_current_snapshot()::text AS since');
  since = row?.since ?? '';
  await insertRuns(tenant.id, user.id, NEW_RUNS);
});
afterAll(() => server?.close());

function expectFewRows(nodes: readonly Plan[], tables: readonly string[]): void {
  expect(nodes.map((node) => node['Relation Name'])).toEqual(expect.arrayContaining([...tables]));
  expect(stepsBeyond(FEW, nodes)).toEqual([]);
}

it.each<[string, () => string | undefined, boolean]>([
  ['what changed', () => since, false],
  ['what is active', () => undefined, true],
])("tells %s of a new tenant's runs without reading those of before", async (_, from, active) => {
  const nodes = await stepsOf(
    server,
    ({ asTenant }) => new RunFeedRepository(asTenant).read(tenant.scope, from(), [], active, MOST),
    NO_RUN,
  );
  expectFewRows(nodes, ['operation_run_events', 'operation_runs']);
});

it('tells of new notes of a new member without reading those of before', async () => {
  const nodes = await stepsOf(
    server,
    (database) => new LiveNotesRepository(database).read(tenant.scope, [user.id], since, MOST),
    NO_RUN,
  );
  expectFewRows(nodes, ['operation_run_events', 'notifications']);
});
