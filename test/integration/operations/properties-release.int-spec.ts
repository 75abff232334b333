import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import { aMember, aTenant } from '../../support/builders.js';
import { AgainRun, startFaultyEngine, type FaultyEngine } from './properties-engine.js';

const HOUR_MS = 3_600_000;

/** What the property of I1 to I9 found, made small: a ring that fails just when a person lets a held run go. */
function releasing(transactional: boolean): void {
  let engine: FaultyEngine;
  beforeAll(async () => {
    engine = await startFaultyEngine(transactional);
  });
  afterAll(() => engine?.close());

  it('answers with the run, failed for want of a worker', async () => {
    const tenant = await aTenant(engine.db.database);
    const { actor } = await aMember(engine.db.database, tenant);
    const runs = engine.context.get(OperationRunService);
    const until = new Date(Date.now() + HOUR_MS);
    const { run } = await runs.hold(tenant.scope, actor, AgainRun, { subject: 'held' }, until);
    engine.transport.plan('refused');
    await expect(runs.release(tenant.scope, actor, run.id)).rejects.toMatchObject({
      code: 'dispatch.unavailable',
      details: { body: { run: { id: run.id, status: 'completed', outcome: 'failed' } } },
    });
  });
}

describe('a held run whose release cannot be rung for, in one transaction', () => releasing(true));

describe('a held run whose release cannot be rung for, after the commit', () => releasing(false));
