import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import { ActiveRunsRepository } from '../../../src/modules/operations/data/active-runs.repository.js';
import { RunStartsRepository } from '../../../src/modules/operations/data/run-starts.repository.js';
import { RunWorkRepository } from '../../../src/modules/operations/data/run-work.repository.js';
import { Database, type SqlValue } from '../../../src/platform/database/database.js';
import { nameOf, type StatementOptions } from '../../../src/platform/database/statement.js';
import { aTenant } from '../../support/builders.js';
import { literal, nodesOf, rowsLookedAt, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { aProbeRun } from './probe-run.js';

// A statement with one plan for all parameters is planned when a connection first runs it, and that plan lasts until the
// statistics change: in a new installation made over empty tables, for all the runs of the first minute.

const RUNS = 3_000;
const WANTED = 10;
/** Rows that a statement may pass on or drop in any one of its steps. */
const FEW = 10 * WANTED;
const IDS = Array.from({ length: WANTED }, (_, n) => String((n + 1) * 200));
const LANES = [{ kind: 'probe.work', limitPerTenant: 10_000 }];
const NOTHING = { total: 0, processed: 0, success: 0, failed: 0, skipped: 0 };

interface Sent {
  sql: string;
  parameters: readonly SqlValue[];
}

/** Keeps what it sends. */
class RecordingDatabase extends Database {
  readonly sent: Sent[] = [];

  override query<Row extends object>(
    sql: string,
    parameters: readonly SqlValue[] = [],
    options?: StatementOptions,
  ): Promise<Row[]> {
    this.sent.push({ sql, parameters });
    return super.query(sql, parameters, options);
  }
}

let server: TestDatabase;
let tenantId: string;

beforeEach(async () => {
  server = await createTestDatabase();
  ({ id: tenantId } = await aTenant(server.database));
  await server.database.query('ALTER TABLE operation_runs SET (autovacuum_enabled = false)');
});
afterEach(() => server?.close());

async function insertRuns(status: string): Promise<void> {
  await server.database.query(
    `INSERT INTO operation_runs (id, tenant_id, initiator_name, type, run_identity_hash, payload, correlation_id, status,
       started_at, claimed_at, lease_expires_at, lease_epoch, slot) OVERRIDING SYSTEM VALUE
     SELECT n, $1, 'System', 'probe.work', sha256(n::text::bytea), '{}', n::text, $3, now(), now(), now() + interval '1 hour',
       1, n
     FROM generate_series(1, $2::int) n`,
    [tenantId, RUNS, status],
  );
}

/** How `work` is done with many runs on a connection that did it first when there were none. */
async function plannedOverNothing(status: string, work: (database: Database) => Promise<unknown>): Promise<Plan[]> {
  const database = new RecordingDatabase(server.dataSource);
  return database.transaction(async () => {
    await work(database);
    const [statement] = database.sent;
    if (!statement) throw new Error('Nothing was asked.');
    await insertRuns(status);
    const [row] = await server.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE "${nameOf(statement.sql)}" (${statement.parameters.map(literal).join(', ')})`,
    );
    if (!row) throw new Error('EXPLAIN answered no row.');
    return nodesOf(row['QUERY PLAN'][0].Plan);
  });
}

it.each<[string, string, (database: Database) => Promise<unknown>]>([
  ['claims those that were rung for', 'queued', (db) => new RunClaimsRepository(db).claim(LANES, IDS, 60)],
  ['asks whether one waits', 'queued', (db) => new RunWorkRepository(db).isWaiting(['probe.other'])],
  [
    'finds active ones by what they are for',
    'queued',
    (db) => new ActiveRunsRepository(db).findActive([aProbeRun(tenantId, '01'), aProbeRun(tenantId, '02')]),
  ],
  [
    'asks who wrote active ones last',
    'queued',
    (db) => new ActiveRunsRepository(db).findWriters([aProbeRun(tenantId, '01'), aProbeRun(tenantId, '02')]),
  ],
  [
    'notes that they were rung for',
    'queued',
    (db) => new RunStartsRepository(db).markDispatched(IDS.map((runId) => ({ runId, seq: 1 }))),
  ],
  [
    'prolongs a lease',
    'running',
    (db) => new RunWorkRepository(db).heartbeat({ runId: IDS[0] ?? '', epoch: 1 }, undefined, 60),
  ],
  [
    'completes some',
    'running',
    (db) =>
      new RunWorkRepository(db).finish(
        IDS.map((runId) => ({
          guard: { by: 'lease', runId, epoch: 1 },
          finish: { outcome: 'succeeded', counts: NOTHING, failures: [], context: {}, items: [] },
        })),
      ),
  ],
])('%s without reading the others', async (_, status, work) => {
  const nodes = await plannedOverNothing(status, work);
  expect(nodes.map((node) => node['Relation Name'])).toContain('operation_runs');
  for (const node of nodes) {
    expect({ ...node, Plans: undefined, few: rowsLookedAt(node) <= FEW }).toMatchObject({ few: true });
  }
});
