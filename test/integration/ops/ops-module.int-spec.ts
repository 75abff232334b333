import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { OpsModule } from '../../../src/contexts/ops.module.js';
import { WorkerModule } from '../../../src/contexts/worker.module.js';
import { RunDoctor } from '../../../src/modules/operations/recovery/run-doctor.js';
import { RunRegistry } from '../../../src/modules/operations/registry/run-registry.js';
import { RunWorker } from '../../../src/modules/operations/work/run-worker.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import { aMember, aTenant } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

describe('the operator’s context', () => {
  let db: TestDatabase;
  let worker: INestApplicationContext;
  let ops: INestApplicationContext;

  beforeAll(async () => {
    db = await createTestDatabase();
    const settings = testSettings(db.url);
    worker = await started(WorkerModule, settings);
    ops = await started(OpsModule.on(settings), settings);
  });

  afterAll(async () => {
    await ops?.close();
    await worker?.close();
    await db.close();
  });

  const kinds = (context: INestApplicationContext): string[] =>
    context
      .get(RunRegistry, { strict: false })
      .all()
      .map(({ type }) => type.kind);

  // A repair decides by the run's type: a kind that is missing here would be failed instead of given back.
  it('knows every run type that a worker knows', () => {
    expect(kinds(worker).length).toBeGreaterThan(0);
    expect(kinds(ops)).toEqual(kinds(worker));
  });

  it('works no run', () => {
    expect(() => ops.get(RunWorker, { strict: false })).toThrow();
  });

  it('tells the initiator of a run that a repair ends', async () => {
    await worker.close();
    const tenant = await aTenant(db.database);
    const user = await aMember(db.database, tenant);
    const [run] = await db.database.query<{ id: string }>(
      `INSERT INTO operation_runs (tenant_id, user_id, initiator_name, type, run_identity_hash, payload, correlation_id, queued_at)
       VALUES ($1, $2, 'Ada', $3, sha256('one'), '{}', 'one', now() - interval '25 hours') RETURNING id`,
      [tenant.id, user.id, kinds(ops)[0] ?? ''],
    );
    expect(await ops.get(RunDoctor, { strict: false }).repair({ deep: false })).toMatchObject({ failed: 1 });
    const notes = await db.database.query('SELECT kind FROM notifications WHERE run_id = $1 AND user_id = $2', [
      run?.id ?? '',
      user.id,
    ]);
    expect(notes).toHaveLength(1);
  });
});

async function started(
  module: typeof WorkerModule | DynamicModule,
  settings: Settings,
): Promise<INestApplicationContext> {
  const testing = await Test.createTestingModule({ imports: [module] })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .compile();
  testing.useLogger(false);
  return testing.init();
}
