import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { RunArchiveRepository } from '../../../src/modules/operations/data/run-archive.repository.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { done, ProbeRun, startEngine } from './engine.js';
import { gate, StartedEngine } from './started-engine.js';

// Real here: PostgreSQL, the transport, the engine of one process and the API side of another. Replaced: the handler.

function control(settings: () => Partial<Settings>): void {
  let engine: StartedEngine;
  let api: INestApplicationContext;

  beforeAll(async () => {
    engine = await StartedEngine.on(settings(), { worker: true });
    api = await startEngine(engine.settings, { worker: false });
  });

  afterAll(async () => {
    await api?.close();
    await engine?.close();
  });

  it('cancels a running run from another process, keeps what was done, and says who asked', async () => {
    const held = gate();
    engine.follow(async (_payload, context) => {
      context.item({ itemId: 'a', kind: 'thing', result: 'success' });
      await held.wait(context.signal);
      return { stop: 'finished' };
    });
    const run = await engine.start();
    await held.reached;
    const asked = await engine.cancel(run);
    expect(asked).toMatchObject({ created: false, run: { id: run.id, cancelRequestedAt: expect.any(String) } });
    const cancelled = await engine.until(run, 'completed');
    expect(cancelled).toMatchObject({ outcome: 'cancelled', bucket: 'Cancelled', failureSummary: [] });
    expect(cancelled.summaryCounts).toMatchObject({ total: 1, success: 1 });
    expect(await engine.history(run)).toEqual(expect.arrayContaining(['claimed', 'cancel_requested', 'completed']));
  });

  it('cancels a queued run at once, and no worker works it', async () => {
    const held = gate();
    const worked: string[] = [];
    engine.follow(async ({ subject }) => {
      worked.push(subject);
      await held.wait();
      return { stop: 'finished' };
    });
    const busy = await Promise.all(Array.from({ length: ProbeRun.limitPerTenant }, () => engine.start()));
    await held.reached;
    const waiting = await engine.start(engine.first, 'never');
    expect((await engine.cancel(waiting)).run).toMatchObject({ status: 'completed', outcome: 'cancelled' });
    held.open();
    for (const run of busy) await engine.until(run, 'completed');
    expect(worked).not.toContain('never');
  });

  it('refuses to cancel what is completed, and whoever may not start the type', async () => {
    engine.follow(done);
    const run = await engine.until(await engine.start(), 'completed');
    await expect(engine.cancel(run)).rejects.toMatchObject({ code: 'operations.run_completed', kind: 'conflict' });
    await expect(engine.cancel(run, 'Readonly')).rejects.toMatchObject({ code: 'access.role_required' });
    const stranger = await engine.another();
    await expect(engine.runs.cancel(stranger.tenant.scope, stranger.user.actor, 'Owner', run.id)).rejects.toMatchObject(
      { code: 'access.denied' },
    );
  });

  it('tries a failed run again as a row of its own that names the old one', async () => {
    engine.follow(() => Promise.reject(new Error('no')));
    const failed = await engine.until(await engine.start(), 'completed');
    engine.follow(done);
    const { tenant, user } = engine.first;
    const again = await engine.runs.retry(tenant.scope, user.actor, 'Operator', failed.id);
    expect(again.run).toMatchObject({ retryOf: failed.id, status: 'queued' });
    expect(again.run.id).not.toBe(failed.id);
    const succeeded = await engine.until(again.run, 'completed');
    expect(succeeded).toMatchObject({ outcome: 'succeeded', context: failed.context });
    await expect(engine.runs.retry(tenant.scope, user.actor, 'Operator', succeeded.id)).rejects.toMatchObject({
      code: 'operations.not_retryable',
    });
    expect((await engine.find(failed)).outcome).toBe('failed');
  });

  it('says of an archived run that it is over, instead of that there is none', async () => {
    engine.follow(() => Promise.reject(new Error('no')));
    const run = await engine.until(await engine.start(), 'completed');
    await engine.context.get(RunArchiveRepository, { strict: false }).moveOld(0, 1_000);
    expect(await engine.find(run)).toMatchObject({ id: run.id, outcome: 'failed' });
    await expect(engine.cancel(run)).rejects.toMatchObject({ code: 'operations.run_completed', kind: 'conflict' });
    const { tenant, user } = engine.first;
    await expect(engine.runs.retry(tenant.scope, user.actor, 'Operator', run.id)).rejects.toMatchObject({
      code: 'operations.not_retryable',
      kind: 'conflict',
    });
    await expect(engine.cancel(run, 'Readonly')).rejects.toMatchObject({ code: 'access.role_required' });
  });

  it('holds a run for a person: nobody works it until it is released, and only once', async () => {
    engine.follow(done);
    const { tenant, user } = engine.first;
    const until = new Date(Date.now() + 3_600_000);
    const { run } = await engine.runs.hold(tenant.scope, user.actor, ProbeRun, { subject: 'preview' }, until);
    expect(run).toMatchObject({ status: 'queued', outcome: 'pending', heldUntil: until.toISOString() });
    const other = await engine.until(await engine.start(), 'completed');
    expect(other.outcome).toBe('succeeded');
    await engine.sweeper.sweep();
    expect(await engine.find(run)).toMatchObject({ status: 'queued' });

    await engine.runs.release(tenant.scope, user.actor, run.id);
    expect(await engine.until(run, 'completed')).toMatchObject({ outcome: 'succeeded', heldUntil: null });
    await expect(engine.runs.release(tenant.scope, user.actor, run.id)).rejects.toMatchObject({
      code: 'operations.not_held',
    });
    expect((await engine.history(run))[0]).toBe('held');
    const notes = await engine.db.database.query<{ kind: string }>(
      'SELECT kind FROM notifications WHERE run_id = $1 ORDER BY kind',
      [run.id],
    );
    expect(notes.map(({ kind }) => kind)).toEqual(['queued', 'terminal']);
  });

  it('drops a hold that nobody confirmed in time, and says so', async () => {
    const { tenant, user } = engine.first;
    const past = new Date(Date.now() - 1_000);
    const { run } = await engine.runs.hold(tenant.scope, user.actor, ProbeRun, { subject: 'abandoned' }, past);
    await engine.sweeper.sweep();
    expect(await engine.find(run)).toMatchObject({
      outcome: 'cancelled',
      failureSummary: [{ code: 'run.hold_expired', count: 1 }],
    });
    expect(await engine.history(run)).toEqual(['held', 'hold_expired', 'completed']);
  });
}

describe('control of runs, with the doorbell in PostgreSQL', () => control(() => ({})));

describeIfRedis('control of runs, with the doorbell in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  control(() => ({ redisUrl: redis.url }));
  afterAll(() => redis.stop()); // after the engine's own, in the order of declaration
});
