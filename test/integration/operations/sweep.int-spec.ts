import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunArchiveRepository } from '../../../src/modules/operations/data/run-archive.repository.js';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import type { RunRow } from '../../../src/modules/operations/data/run-row.js';
import { RunCompletion } from '../../../src/modules/operations/work/run-completion.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { TransportInspector } from '../../../src/platform/queue/transport-inspector.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { ProbeRun } from './engine.js';
import { StartedEngine } from './started-engine.js';

// Real here: PostgreSQL, the transport and the engine without its loop; time is moved by writing it into the rows.

function sweeping(settings: () => Partial<Settings>): void {
  let engine: StartedEngine;

  beforeAll(async () => {
    engine = await StartedEngine.on(settings(), { worker: false });
  });

  afterAll(() => engine?.close());

  const lanes = [{ kind: ProbeRun.kind, limitPerTenant: Infinity }];
  const claim = async (id: string): Promise<RunRow | undefined> => {
    const [row] = await engine.context.get(RunClaimsRepository, { strict: false }).claim(lanes, [id], 60);
    return row;
  };

  async function claimed(): Promise<RunRow> {
    const row = await claim((await engine.start()).id);
    if (!row) throw new Error('The run could not be claimed.');
    return row;
  }

  async function alter(id: string, set: string): Promise<void> {
    await engine.db.database.query(`UPDATE operation_runs SET ${set} WHERE id = $1`, [id]);
  }

  const ago = (seconds: number): string => `now() - interval '${seconds} seconds'`;
  const EXPIRED = `lease_expires_at = ${ago(1)}`;

  async function emptyQueue(): Promise<void> {
    for (const { id } of await engine.db.database.query<{ id: string }>(
      `SELECT id FROM operation_runs WHERE status = 'queued' AND held_until IS NULL`,
    )) {
      await engine.cancel({ id });
    }
  }

  it('gives the run of a lost worker to another, and the lost one can write nothing any more', async () => {
    const lost = await claimed();
    await alter(lost.id, EXPIRED);
    expect(await engine.sweeper.sweep()).toMatchObject({ requeued: 1, failed: 0 });
    expect(await engine.history(lost)).toEqual(expect.arrayContaining(['claimed', 'lease_lost', 'redispatched']));

    const finish = { outcome: 'succeeded', counts: lost.summary_counts, failures: [], context: {}, items: [] } as const;
    const completion = engine.context.get(RunCompletion, { strict: false });
    const stale = { by: 'lease', runId: lost.id, epoch: lost.lease_epoch } as const;
    expect(await completion.complete(stale, { ...finish, failures: [] })).toBeUndefined();

    const second = await claim(lost.id);
    expect(second).toMatchObject({ id: lost.id, attempt: 2, lease_epoch: lost.lease_epoch + 1 });
    expect(await completion.complete(stale, { ...finish, failures: [] })).toBeUndefined();
    const own = { by: 'lease', runId: lost.id, epoch: lost.lease_epoch + 1 } as const;
    expect(await completion.complete(own, { ...finish, failures: [] })).toMatchObject({ outcome: 'succeeded' });
  });

  it('leaves a worker alone whose lease is good', async () => {
    const row = await claimed();
    expect(await engine.sweeper.sweep()).toMatchObject({ requeued: 0, failed: 0, cancelled: 0 });
    expect(await engine.find(row)).toMatchObject({ status: 'running' });
    await alter(row.id, EXPIRED);
    await alter(row.id, 'attempt = 3');
    await engine.sweeper.sweep();
  });

  it('fails a run whose attempts are used up, with the reason and its history', async () => {
    const row = await claimed();
    await alter(row.id, `${EXPIRED}, attempt = ${ProbeRun.maxAttempts}`);
    expect(await engine.sweeper.sweep()).toMatchObject({ requeued: 0, failed: 1 });
    expect(await engine.find(row)).toMatchObject({
      status: 'completed',
      outcome: 'failed',
      failureSummary: [{ code: 'worker.lost', count: 1 }],
    });
    expect((await engine.history(row)).slice(-2)).toEqual(['lease_lost', 'completed']);
  });

  it('cancels a lost run that a person had cancelled', async () => {
    const row = await claimed();
    await alter(row.id, `${EXPIRED}, cancel_requested_at = now()`);
    expect(await engine.sweeper.sweep()).toMatchObject({ cancelled: 1, requeued: 0 });
    expect(await engine.find(row)).toMatchObject({ outcome: 'cancelled' });
  });

  it('rings for a run whose process died between commit and dispatch', async () => {
    await emptyQueue();
    const run = await engine.start();
    await alter(run.id, `dispatched_at = NULL, queued_at = ${ago(60)}`);
    expect(await engine.sweeper.sweep()).toMatchObject({ dispatched: 1 });
    const inspector = engine.context.get(TransportInspector, { strict: false });
    expect(await inspector.waitingRings(ProbeRun.queue, 1_000)).toContainEqual({ runId: run.id, seq: 1 });
    expect((await claim(run.id))?.id).toBe(run.id);
  });

  it('ends a run that no worker took for a day', async () => {
    const run = await engine.start();
    await alter(run.id, `queued_at = now() - interval '25 hours'`);
    expect(await engine.sweeper.sweep()).toMatchObject({ failed: 1 });
    expect(await engine.find(run)).toMatchObject({ outcome: 'failed', failureSummary: [{ code: 'dispatch.expired' }] });
    expect((await engine.history(run)).slice(-2)).toEqual(['queue_expired', 'completed']);
  });

  it('keeps the counts exact while they are folded, and takes archived runs off them', async () => {
    const before = (await engine.monitoring.summary(engine.first.tenant.scope)).buckets;
    const row = await claimed();
    await engine.context.get(RunCompletion, { strict: false }).complete(
      { by: 'lease', runId: row.id, epoch: row.lease_epoch },
      {
        outcome: 'partially_succeeded',
        counts: { total: 2, processed: 2, success: 1, failed: 1, skipped: 0 },
        failures: [{ code: 'probe.refused', message: 'x', count: 1 }],
        context: {},
        items: [
          { itemId: 'a', kind: 'thing', name: 'A', result: 'success', reasonCode: null, reason: null },
          { itemId: 'b', kind: 'thing', name: null, result: 'failed', reasonCode: 'probe.refused', reason: 'x' },
        ],
      },
    );
    const partly = (before['Partially succeeded'] ?? 0) + 1;
    const scope = engine.first.tenant.scope;
    expect((await engine.monitoring.summary(scope)).buckets['Partially succeeded']).toBe(partly);
    await engine.sweeper.sweep();
    expect((await engine.monitoring.summary(scope)).buckets['Partially succeeded']).toBe(partly);

    const history = await engine.history(row);
    await engine.context.get(RunArchiveRepository, { strict: false }).moveOld(0, 1_000);
    expect((await engine.monitoring.summary(scope)).buckets['Partially succeeded']).toBe(partly - 1);
    expect(await engine.find(row)).toMatchObject({ id: row.id, outcome: 'partially_succeeded' });
    expect(await engine.history(row)).toEqual(history);
    const items = await engine.monitoring.items(scope, row.id, { limit: 25, result: ['failed'] });
    expect(items.items).toEqual([
      { itemId: 'b', kind: 'thing', result: 'failed', reasonCode: 'probe.refused', reason: 'x' },
    ]);
    const listed = await engine.monitoring.list(scope, { limit: 100 });
    expect(listed.items.map(({ id }) => id)).not.toContain(row.id);
  });

  it('lets nothing but retention remove a completed run', async () => {
    const run = await engine.start();
    await engine.cancel(run);
    await expect(engine.db.database.query('DELETE FROM operation_runs WHERE id = $1', [run.id])).rejects.toThrow(
      /retention only/,
    );
  });
}

describe('the sweep, with the doorbell in PostgreSQL', () => sweeping(() => ({})));

describeIfRedis('the sweep, with the doorbell in Redis', () => {
  let redis: RedisServer;
  let lost: StartedEngine | undefined;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  sweeping(() => ({ redisUrl: redis.url }));

  it('rings again for what a flushed Redis forgot, once, and not while the rings are there', async () => {
    // An installation of its own, beside the one above.
    lost = await StartedEngine.on({ redisUrl: `${redis.url}/1` }, { worker: false });
    const runs = [await lost.start(), await lost.start(), await lost.start()];
    const transport = lost.context.get(JobTransport, { strict: false });
    const old = `dispatched_at = now() - interval '5 minutes', queued_at = now() - interval '5 minutes'`;
    await lost.db.database.query(`UPDATE operation_runs SET ${old}`);
    const had = await transport.waiting(ProbeRun.queue);
    expect(had).toBeGreaterThanOrEqual(3);
    expect(await lost.sweeper.sweep()).toMatchObject({ redispatched: 0 });
    await redis.flush();
    expect(await lost.sweeper.sweep()).toMatchObject({ redispatched: 3 });
    expect(await transport.waiting(ProbeRun.queue)).toBe(3);
    for (const run of runs) expect(await lost.history(run)).toContain('redispatched');
    await lost.db.database.query(`UPDATE operation_runs SET ${old}`);
    expect(await lost.sweeper.sweep()).toMatchObject({ redispatched: 0 });
  });

  afterAll(async () => {
    await lost?.close();
    await redis.stop();
  });
});
