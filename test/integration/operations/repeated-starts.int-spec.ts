import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { ActiveRunsRepository } from '../../../src/modules/operations/data/active-runs.repository.js';
import { MonitoringService } from '../../../src/modules/operations/monitoring.service.js';
import { OperationRunService, type StartedRun } from '../../../src/modules/operations/operation-run.service.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { ProbeRun, startEngine } from './engine.js';

// Real here: PostgreSQL and the engine. Rows are changed behind the engine's back, as another process does.

let db: TestDatabase;
let engine: INestApplicationContext;
let tenant: TenantRow;
let user: UserRow;
let read: jest.SpiedFunction<ActiveRunsRepository['findActive']>;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startEngine(testSettings(db.url), { worker: false });
  tenant = await aTenant(db.database);
  user = await aMember(db.database, tenant);
});

beforeEach(() => {
  read = jest.spyOn(engine.get(ActiveRunsRepository, { strict: false }), 'findActive');
});

afterEach(() => {
  read.mockRestore();
});

afterAll(async () => {
  await engine?.close();
  await db?.close();
});

function start(subject: string): Promise<StartedRun> {
  return engine.get(OperationRunService).start(tenant.scope, user.actor, ProbeRun, { subject });
}

/** Starts all of them at the same moment and holds each answer to what is read of the run. */
async function expectRepeated(ids: readonly string[], subjects: readonly string[]): Promise<void> {
  const all = await Promise.all(subjects.map(start));
  for (const [at, { run, created }] of all.entries()) {
    expect(created).toBe(false);
    expect(run).toEqual(await engine.get(MonitoringService, { strict: false }).find(tenant.scope, ids[at] ?? ''));
  }
}

async function change(id: string, set: string): Promise<void> {
  await db.database.query(`UPDATE operation_runs SET ${set} WHERE id = $1`, [id]);
}

const CHANGES = [
  `status = 'running', lease_epoch = 1, attempt = 1, lease_expires_at = now() + interval '1 hour', started_at = now()`,
  `summary_counts = '{"total":9,"processed":4,"success":4,"failed":0,"skipped":0}'`,
  `context = '{"found":4}'`,
  `cancel_requested_at = now()`,
  `status = 'queued', lease_expires_at = NULL, dispatch_seq = dispatch_seq + 1`,
];

it.each([
  ['alone', ['alone']],
  ['beside others', ['beside', 'others', 'too']],
])('answers the row as it is at each moment, read once for each change (%s)', async (_, subjects) => {
  const ids: string[] = [];
  for (const subject of subjects) ids.push((await start(subject)).run.id);
  await expectRepeated(ids, subjects);
  for (const set of CHANGES) {
    await change(ids[0] ?? '', set);
    read.mockClear();
    for (let time = 0; time < 3; time += 1) await expectRepeated(ids, subjects);
    expect(read).toHaveBeenCalledTimes(1);
    expect(read.mock.calls[0]?.[0]).toHaveLength(1);
  }
});

it('starts anew what has ended since it was read', async () => {
  const { run } = await start('ended');
  await expectRepeated([run.id], ['ended']);
  await change(run.id, `status = 'completed', outcome = 'cancelled', completed_at = now()`);
  const again = await start('ended');
  expect(again.created).toBe(true);
  expect(again.run.id).not.toBe(run.id);
  await expectRepeated([again.run.id], ['ended']);
});

it('answers one that was started anew elsewhere since it was read', async () => {
  const { run } = await start('elsewhere');
  await expectRepeated([run.id], ['elsewhere']);
  await change(run.id, `status = 'completed', outcome = 'cancelled', completed_at = now()`);
  const [other] = await db.database.query<{ id: string }>(
    `INSERT INTO operation_runs (tenant_id, user_id, initiator_name, type, run_identity_hash, payload, correlation_id)
     SELECT tenant_id, user_id, 'Somebody else', type, run_identity_hash, payload, 'elsewhere'
     FROM operation_runs WHERE id = $1 RETURNING id`,
    [run.id],
  );
  await expectRepeated([other?.id ?? ''], ['elsewhere']);
});

it('keeps no long row, and reads it each time', async () => {
  const { run } = await start('long');
  await change(run.id, `context = jsonb_build_object('text', repeat('x', 5000))`);
  await start('long');
  read.mockClear();
  for (let time = 0; time < 2; time += 1) await expectRepeated([run.id], ['long']);
  expect(read).toHaveBeenCalledTimes(2);
});

it('gives nobody the means to change what the next is answered', async () => {
  const { run } = await start('shared');
  const repeated = await start('shared');
  expect(() => Object.assign(repeated.run.summaryCounts, { total: 99 })).toThrow(TypeError);
  await expectRepeated([run.id], ['shared']);
});
