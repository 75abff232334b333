import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/platform/database/database.js';
import { Installation, type Run } from '../support/installation.js';
import { startRedisServer, type RedisServer } from '../support/redis-server.js';
import { describeIfRedis } from '../support/requirements.js';

// Real here: everything, as separate processes that are killed, frozen and restarted. The Graph is the simulator, which
// answers slowly where a run is to be caught at work.

describe('a run survives', () => {
  let installation: Installation;
  beforeEach(async () => {
    installation = await Installation.set();
    await installation.start('main.js');
    await installation.signIn();
  });
  afterEach(() => installation?.close());

  it('a worker that is killed at work', async () => {
    const worker = await installation.start('worker.js');
    await installation.slow(1_500);
    const run = await installation.startSync();
    await installation.running(run);
    await worker.end('SIGKILL');
    await installation.slow(0);
    await installation.start('worker.js');
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', attempt: 2, failureSummary: [] });
    expect(await installation.history(run)).toEqual(expect.arrayContaining(['lease_lost', 'redispatched']));
    await installation.expectOneTruth(run);
  });

  it('a worker that is frozen past its lease and thaws', async () => {
    const frozen = await installation.start('worker.js');
    await installation.slow(1_500);
    const run = await installation.startSync();
    await installation.running(run);
    frozen.signal('SIGSTOP');
    await installation.slow(0);
    await installation.start('worker.js');
    const completed = await installation.completed(run);
    expect(completed).toMatchObject({ outcome: 'succeeded', attempt: 2, failureSummary: [] });
    const before = await installation.history(run);
    frozen.signal('SIGCONT');
    const next = await installation.startSync();
    await installation.completed(next);
    await frozen.end('SIGTERM'); // it ends in order: whatever it still wanted to write was refused
    expect(await installation.history(run)).toEqual(before);
    expect(await installation.completed(run)).toEqual(completed);
    await installation.expectOneTruth(run);
  });

  it('a PostgreSQL that restarts while it is worked', async () => {
    await installation.start('worker.js');
    await installation.slow(700);
    const run = await installation.startSync();
    await installation.running(run);
    await installation.postgres.stop();
    await installation.postgres.start();
    await installation.slow(0);
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', failureSummary: [] });
    await installation.expectOneTruth(run);
  });

  it('the whole installation going down between two of its steps', async () => {
    const worker = await installation.start('worker.js');
    await installation.slow(1_500);
    const run = await installation.startSync();
    await installation.running(run);
    await worker.end('SIGKILL');
    await installation.postgres.stop();
    await installation.postgres.start();
    await installation.slow(0);
    await installation.start('worker.js');
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', attempt: 2, failureSummary: [] });
    await installation.expectOneTruth(run);
  });
});

describeIfRedis('a run whose doorbell is in Redis survives', () => {
  let redis: RedisServer;
  let installation: Installation;
  beforeEach(async () => {
    redis = await startRedisServer();
    installation = await Installation.set({ redisUrl: redis.url });
  });
  afterEach(async () => {
    await installation?.close();
    await redis?.kill();
  });

  it('a Redis that forgets everything', async () => {
    await installation.start('main.js');
    await installation.signIn();
    const run = await installation.startSync();
    await redis.flush();
    await installation.start('worker.js');
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', failureSummary: [] });
    expect(await installation.history(run)).toContain('redispatched');
    await installation.expectOneTruth(run);
  });

  it('a Redis that dies and comes back empty while workers listen', async () => {
    await installation.start('main.js');
    await installation.signIn();
    await installation.start('worker.js');
    await redis.kill();
    const refused = await installation.call('POST', `/tenants/${installation.tenant.id}/inventory/sync`, {});
    expect(refused).toMatchObject({ status: 503, body: { code: 'dispatch.unavailable', run: { outcome: 'failed' } } });
    redis = await startRedisServer(redis.port);
    let started = refused;
    while (started.status !== 202) {
      started = await installation.call('POST', `/tenants/${installation.tenant.id}/inventory/sync`, {});
    }
    const { run } = started.body as { run: Run };
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', failureSummary: [] });
    await installation.expectOneTruth(run);
  });

  it('an API that is killed between commit and dispatch', async () => {
    const api = await installation.start('main.js');
    await installation.signIn();
    process.kill(redis.pid, 'SIGSTOP');
    const asked = installation
      .call('POST', `/tenants/${installation.tenant.id}/inventory/sync`, {})
      .catch(() => undefined);
    const [row] = await waitForRows(installation.database);
    await api.end('SIGKILL');
    await asked;
    process.kill(redis.pid, 'SIGCONT');
    await redis.flush(); // whatever was in the socket is gone as well
    await installation.start('worker.js');
    const run = { id: row?.id ?? '' };
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', failureSummary: [] });
    await installation.expectOneTruth(run);
  });
});

async function waitForRows(database: Database): Promise<{ id: string }[]> {
  for (;;) {
    const rows = await database.query<{ id: string }>(`SELECT id FROM operation_runs WHERE status = 'queued'`);
    if (rows.length > 0) return rows;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
