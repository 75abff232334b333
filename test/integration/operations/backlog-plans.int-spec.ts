import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import { RunWorkRepository } from '../../../src/modules/operations/data/run-work.repository.js';
import { ActiveRunsRepository } from '../../../src/modules/operations/data/active-runs.repository.js';
import { RunStartsRepository } from '../../../src/modules/operations/data/run-starts.repository.js';
import { RunRecoveryRepository } from '../../../src/modules/operations/data/run-recovery.repository.js';
import type { RunRow } from '../../../src/modules/operations/data/run-row.js';
import type { Database } from '../../../src/platform/database/database.js';
import { aTenant } from '../../support/builders.js';
import { ExplainedDatabase, type Plan, rowsLookedAt } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { aProbeRun } from './probe-run.js';

// Statistics are mostly of a quiet hour, when no run waits. Then comes a backlog, and PostgreSQL does not know of it.

const COMPLETED = 5_000;
const WAITING = 20_000;
const WANTED = 50;
const RUNNING = 300;
/** Rows that a statement may pass on or drop in any one of its steps, for fifty runs. */
const FEW = 10 * WANTED;
const LANES = [
  { kind: 'probe.work', limitPerTenant: 10_000 },
  { kind: 'probe.rest', limitPerTenant: 1 },
];

let server: TestDatabase;
let tenantId: string;

async function insertRuns(count: number, columns: string, values: string): Promise<void> {
  await server.database.query(
    `INSERT INTO operation_runs (tenant_id, initiator_name, type, run_identity_hash, payload, correlation_id, ${columns})
     SELECT $1, 'System', 'probe.work', sha256(($3 || n::text)::bytea), '{}', n::text, ${values}
     FROM generate_series(1, $2::int) n`,
    [tenantId, count, columns],
  );
}

beforeAll(async () => {
  server = await createTestDatabase();
  ({ id: tenantId } = await aTenant(server.database));
  await server.database.query('ALTER TABLE operation_runs SET (autovacuum_enabled = false)');
  await insertRuns(COMPLETED, 'status, outcome, started_at, completed_at', `'completed', 'succeeded', now(), now()`);
  await server.database.query('VACUUM ANALYZE operation_runs');
  await insertRuns(
    RUNNING,
    'status, started_at, claimed_at, lease_expires_at, slot',
    `'running', now(), now(), now() + interval '1 hour', n`,
  );
  await insertRuns(WAITING, 'dispatched_at, queued_at', `now() - interval '1 hour', now() - interval '1 hour'`);
});
afterAll(() => server?.close());

function waiting(): Promise<RunRow[]> {
  return server.database.query<RunRow>(
    `SELECT * FROM operation_runs WHERE status = 'queued' ORDER BY id DESC LIMIT $1`,
    [WANTED],
  );
}

async function explained(work: (database: Database) => Promise<unknown>): Promise<Plan[]> {
  const database = new ExplainedDatabase(server.dataSource);
  await work(database);
  return database.nodes;
}

/** No step passes on or drops more rows than this. */
function expectAtMost(most: number, nodes: readonly Plan[]): void {
  expect(nodes.map((node) => node['Relation Name'])).toContain('operation_runs');
  for (const node of nodes) {
    expect({ ...node, Plans: undefined, few: rowsLookedAt(node) <= most }).toMatchObject({ few: true });
  }
}

function expectFewRows(nodes: readonly Plan[]): void {
  expectAtMost(FEW, nodes);
  // Without the first columns of an index, all of it is read for few rows.
  const waiting = nodes.filter((node) => node['Index Name'] === 'operation_runs_waiting');
  for (const node of waiting) expect(node['Index Cond']).toMatch(/^\(+type = /);
}

it('claims few of many that wait without reading the others', async () => {
  expectFewRows(
    await explained((database) =>
      new RunClaimsRepository(database).claim(
        LANES,
        Array.from({ length: WANTED }, () => undefined),
        60,
      ),
    ),
  );
});

it('claims those that were rung for without reading the others', async () => {
  const rungFor = (await waiting()).map(({ id }) => id);
  expectFewRows(await explained((database) => new RunClaimsRepository(database).claim(LANES, rungFor, 60)));
});

it('gives some of many that wait a new ring without reading the others', async () => {
  const rows = await waiting();
  expectFewRows(await explained((database) => new RunRecoveryRepository(database).redispatch(rows, true)));
});

it('asks whether another kind waits without reading those that do', async () => {
  expectFewRows(await explained((database) => new RunWorkRepository(database).isWaiting(['probe.other'])));
});

it("finds active runs by what they are for without reading the tenant's others", async () => {
  const hashes = await server.database.query<{ identity: string }>(
    `SELECT encode(run_identity_hash, 'hex') AS identity FROM operation_runs WHERE status = 'queued' ORDER BY id DESC LIMIT 2`,
  );
  const runs = hashes.map(({ identity }) => aProbeRun(tenantId, identity));
  for (const some of [runs.slice(0, 1), runs]) {
    expectFewRows(await explained((database) => new ActiveRunsRepository(database).findActive(some)));
    expectFewRows(await explained((database) => new ActiveRunsRepository(database).findWriters(some)));
  }
  expectFewRows(await explained((database) => new RunStartsRepository(database).insertOrFind(runs, true)));
});

it('looks for overdue runs by reading each of them once', async () => {
  const nodes = await explained((database) => new RunRecoveryRepository(database).overdue(LANES, 60));
  expectAtMost(2 * (WAITING + RUNNING), nodes);
});
