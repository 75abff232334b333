import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import { ActiveRunsRepository } from '../../../src/modules/operations/data/active-runs.repository.js';
import { RunStartsRepository } from '../../../src/modules/operations/data/run-starts.repository.js';
import { RunWorkRepository } from '../../../src/modules/operations/data/run-work.repository.js';
import { Database, type SqlValue } from '../../../src/platform/database/database.js';
import { nameOf, type StatementOptions } from '../../../src/platform/database/statement.js';
import { aTenant } from '../../support/builders.js';
import { insertMany, NOT_COMPLETED, QUEUED, stopAutovacuum } from '../../support/many-rows.js';
import { executing, explainedIn, nodesOf, stepsBeyond, type Plan } from '../../support/plan.js';
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
  await stopAutovacuum(server.database, ['operation_runs']);
});
afterEach(() => server?.close());

const RUNNING = {
  ...NOT_COMPLETED,
  status: `'running'`,
  claimed_at: 'now()',
  lease_expires_at: `now() + interval '1 hour'`,
  lease_epoch: '1',
  slot: 'n',
};

/** How `work` is done with many runs on a connection that did it first when there were none. */
async function plannedOverNothing(
  columns: Record<string, string>,
  work: (database: Database) => Promise<unknown>,
): Promise<Plan[]> {
  const database = new RecordingDatabase(server.dataSource);
  return database.transaction(async () => {
    await work(database);
    const [statement] = database.sent;
    if (!statement) throw new Error('Nothing was asked.');
    await insertMany(server.database, 'operation_runs', [tenantId], RUNS, columns);
    const execute = executing(nameOf(statement.sql), statement.parameters);
    return nodesOf(explainedIn(await server.database.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${execute}`)));
  });
}

it.each<[string, Record<string, string>, (database: Database) => Promise<unknown>]>([
  ['claims those that were rung for', QUEUED, (db) => new RunClaimsRepository(db).claim(LANES, IDS, 60)],
  ['asks whether one waits', QUEUED, (db) => new RunWorkRepository(db).isWaiting(['probe.other'])],
  [
    'finds active ones by what they are for',
    QUEUED,
    (db) => new ActiveRunsRepository(db).findActive([aProbeRun(tenantId, '01'), aProbeRun(tenantId, '02')]),
  ],
  [
    'asks who wrote active ones last',
    QUEUED,
    (db) => new ActiveRunsRepository(db).findWriters([aProbeRun(tenantId, '01'), aProbeRun(tenantId, '02')]),
  ],
  [
    'notes that they were rung for',
    QUEUED,
    (db) => new RunStartsRepository(db).markDispatched(IDS.map((runId) => ({ runId, seq: 1 }))),
  ],
  [
    'prolongs a lease',
    RUNNING,
    (db) => new RunWorkRepository(db).heartbeat({ runId: IDS[0] ?? '', epoch: 1 }, undefined, 60),
  ],
  [
    'completes some',
    RUNNING,
    (db) =>
      new RunWorkRepository(db).finish(
        IDS.map((runId) => ({
          guard: { by: 'lease', runId, epoch: 1 },
          finish: { outcome: 'succeeded', counts: NOTHING, failures: [], context: {}, items: [] },
        })),
      ),
  ],
])('%s without reading the others', async (_, columns, work) => {
  const nodes = await plannedOverNothing(columns, work);
  expect(nodes.map((node) => node['Relation Name'])).toContain('operation_runs');
  expect(stepsBeyond(FEW, nodes)).toEqual([]);
});
