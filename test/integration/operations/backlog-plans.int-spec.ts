import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import { RunWorkRepository } from '../../../src/modules/operations/data/run-work.repository.js';
import { ActiveRunsRepository } from '../../../src/modules/operations/data/active-runs.repository.js';
import { RunStartsRepository } from '../../../src/modules/operations/data/run-starts.repository.js';
import { RunRecoveryRepository } from '../../../src/modules/operations/data/run-recovery.repository.js';
import type { RunRow } from '../../../src/modules/operations/data/run-row.js';
import { aTenant } from '../../support/builders.js';
import { insertMany, NOT_COMPLETED, QUEUED, stopAutovacuum } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf, type Plan } from '../../support/plan.js';
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

beforeAll(async () => {
  server = await createTestDatabase();
  ({ id: tenantId } = await aTenant(server.database));
  await stopAutovacuum(server.database, ['operation_runs']);
  const insertRuns = (count: number, columns: Record<string, string> = {}): Promise<unknown> =>
    insertMany(server.database, 'operation_runs', [tenantId], count, columns);
  await insertRuns(COMPLETED);
  await server.database.query('VACUUM ANALYZE operation_runs');
  await insertRuns(RUNNING, {
    ...NOT_COMPLETED,
    status: `'running'`,
    run_identity_hash: `sha256(('running' || n)::bytea)`,
    claimed_at: 'now()',
    lease_expires_at: `now() + interval '1 hour'`,
    slot: 'n',
  });
  // One after the other: to tell runs of one moment apart, the inner pages of an index hold more, and it may be higher.
  const oneByOne = `now() - interval '1 hour' + n * interval '1 millisecond'`;
  await insertRuns(WAITING, { ...QUEUED, created_at: oneByOne, dispatched_at: oneByOne, queued_at: oneByOne });
});
afterAll(() => server?.close());

function waiting(): Promise<RunRow[]> {
  return server.database.query<RunRow>(
    `SELECT * FROM operation_runs WHERE status = 'queued' ORDER BY id DESC LIMIT $1`,
    [WANTED],
  );
}

/** No step passes on or drops more rows than this. */
function expectAtMost(most: number, nodes: readonly Plan[]): void {
  expect(nodes.map((node) => node['Relation Name'])).toContain('operation_runs');
  expect(stepsBeyond(most, nodes)).toEqual([]);
}

function expectFewRows(nodes: readonly Plan[]): void {
  expectAtMost(FEW, nodes);
  // Without the first columns of an index, all of it is read for few rows.
  const waiting = nodes.filter((node) => node['Index Name'] === 'operation_runs_waiting');
  for (const node of waiting) expect(node['Index Cond']).toMatch(/^\(+type = /);
}

it('claims few of many that wait without reading the others', async () => {
  expectFewRows(
    await stepsOf(server, (database) =>
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
  expectFewRows(await stepsOf(server, (database) => new RunClaimsRepository(database).claim(LANES, rungFor, 60)));
});

it('gives some of many that wait a new ring without reading the others', async () => {
  const rows = await waiting();
  expectFewRows(await stepsOf(server, (database) => new RunRecoveryRepository(database).redispatch(rows, true)));
});

it('asks whether another kind waits without reading those that do', async () => {
  expectFewRows(await stepsOf(server, (database) => new RunWorkRepository(database).isWaiting(['probe.other'])));
});

it("finds active runs by what they are for without reading the tenant's others", async () => {
  const hashes = await server.database.query<{ identity: string }>(
    `SELECT encode(run_identity_hash, 'hex') AS identity FROM operation_runs WHERE status = 'queued' ORDER BY id DESC LIMIT 2`,
  );
  const runs = hashes.map(({ identity }) => aProbeRun(tenantId, identity));
  for (const some of [runs.slice(0, 1), runs]) {
    expectFewRows(await stepsOf(server, (database) => new ActiveRunsRepository(database).findActive(some)));
    expectFewRows(await stepsOf(server, (database) => new ActiveRunsRepository(database).findWriters(some)));
  }
  expectFewRows(await stepsOf(server, (database) => new RunStartsRepository(database).insertOrFind(runs, true)));
});

it('looks for overdue runs by reading each of them once', async () => {
  const nodes = await stepsOf(server, (database) => new RunRecoveryRepository(database).overdue(LANES, 60));
  expectAtMost(2 * (WAITING + RUNNING), nodes);
});
