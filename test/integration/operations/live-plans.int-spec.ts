import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LiveNotesRepository } from '../../../src/modules/notifications/live-notes.repository.js';
import { RunFeedRepository } from '../../../src/modules/operations/live/run-feed.repository.js';
import { TenantDatabase } from '../../../src/platform/database/database.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { ExplainedDatabase, rowsLookedAt, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Streams look for what is new every few seconds. Among tenants of like size a new one is a small change, so the
// statistics may not know it and its people for days; PostgreSQL then takes all that they have for one row.

const KNOWN_TENANTS = 5;
const RUNS = 500;
const NEW_RUNS = 3;
/** Rows that a step may pass on or drop: the new runs' events and notes, and as much again on either side of a join. */
const FEW = 30;
const MOST = 100;

let server: TestDatabase;
let tenant: TenantRow;
let user: UserRow;
/** After which the new runs began. */
let since: string;

async function insertRuns(tenantId: string, userId: string, identity: string, count: number): Promise<void> {
  await server.database.query(
    `WITH run AS (
       INSERT INTO operation_runs (tenant_id, user_id, initiator_name, type, status, outcome, run_identity_hash, payload,
         correlation_id, started_at, completed_at)
       SELECT $1, $2, 'Somebody', 'probe.work', 'completed', 'succeeded', sha256(($3 || n::text)::bytea), '{}', n::text,
         now(), now()
       FROM generate_series(1, $4::int) n RETURNING id
     ), event AS (
       INSERT INTO operation_run_events (tenant_id, run_id, kind)
       SELECT $1, id, kind FROM run CROSS JOIN unnest('{queued,claimed,completed}'::text[]) AS kind
     )
     INSERT INTO notifications (tenant_id, user_id, run_id, kind, title, body)
     SELECT $1, $2, id, kind, 'Title', 'Body' FROM run CROSS JOIN unnest('{queued,terminal}'::text[]) AS kind`,
    [tenantId, userId, identity, count],
  );
}

async function aTenantWithRuns(): Promise<void> {
  tenant = await aTenant(server.database);
  user = await aMember(server.database, tenant);
  await insertRuns(tenant.id, user.id, 'old', RUNS);
}

beforeAll(async () => {
  server = await createTestDatabase();
  for (const table of ['operation_runs', 'operation_run_events', 'notifications'])
    await server.database.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  for (let known = 0; known < KNOWN_TENANTS; known += 1) await aTenantWithRuns();
  await server.database.query('VACUUM ANALYZE operation_runs, operation_run_events, notifications');
  await aTenantWithRuns();
  const [row] = await server.database.query<{ since: string }>('SELECT pg_current_snapshot()::text AS since');
  since = row?.since ?? '';
  await insertRuns(tenant.id, user.id, 'new', NEW_RUNS);
});
afterAll(() => server?.close());

/** How the statement of `work` was carried out. */
async function explained(work: (database: ExplainedDatabase) => Promise<unknown>): Promise<readonly Plan[]> {
  const database = new ExplainedDatabase(server.dataSource, [{ id: null, snapshot: since }]);
  await work(database);
  return database.nodes;
}

function expectFewRows(nodes: readonly Plan[], tables: readonly string[]): void {
  expect(nodes.map((node) => node['Relation Name'])).toEqual(expect.arrayContaining([...tables]));
  for (const node of nodes) {
    expect({ ...node, Plans: undefined, few: rowsLookedAt(node) <= FEW }).toMatchObject({ few: true });
  }
}

it.each<[string, () => string | undefined, boolean]>([
  ['what changed', () => since, false],
  ['what is active', () => undefined, true],
])("tells %s of a new tenant's runs without reading those of before", async (_, from, active) => {
  const nodes = await explained((database) =>
    new RunFeedRepository(new TenantDatabase(database)).read(tenant.scope, from(), [], active, MOST),
  );
  expectFewRows(nodes, ['operation_run_events', 'operation_runs']);
});

it('tells of new notes of a new member without reading those of before', async () => {
  const nodes = await explained((database) =>
    new LiveNotesRepository(database).read(tenant.scope, [user.id], since, MOST),
  );
  expectFewRows(nodes, ['operation_run_events', 'notifications']);
});
