import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { JobTransport, type RunJob } from '../../../src/platform/queue/job-transport.js';
import { TransportInspector } from '../../../src/platform/queue/transport-inspector.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { ProbeRun } from '../operations/engine.js';
import { StartedEngine, type Starter } from '../operations/started-engine.js';
import { ops } from './ops-terminal.js';
import { faultsIn, type TransportFaults } from './transport-faults.js';

// Real here: PostgreSQL, the transport, the engine without a worker; every divergence is made in the rows or the queue.

const ago = (seconds: number): string => `now() - interval '${seconds} seconds'`;
const LONG_AGO = `dispatched_at = ${ago(300)}, queued_at = ${ago(300)}`;

function doctoring(settings: () => Partial<Settings>): void {
  let engine: StartedEngine;
  let faults: TransportFaults;
  let by: Starter;
  let leave: () => Promise<void>;

  beforeAll(async () => {
    engine = await StartedEngine.on(settings(), { worker: false });
    faults = faultsIn(engine);
    leave = await faults.listenInVain(ProbeRun.queue);
  });

  afterAll(async () => {
    await leave?.();
    await faults?.close();
    await engine?.close();
  });

  beforeEach(async () => {
    for (const { id } of await engine.db.database.query<{ id: string }>(
      `SELECT id FROM operation_runs WHERE status <> 'completed'`,
    )) {
      await engine.db.database.query(`UPDATE operation_runs SET type = $2 WHERE id = $1`, [id, ProbeRun.kind]);
      await engine.db.database.query(
        `UPDATE operation_runs SET status = 'queued', slot = NULL, lease_expires_at = NULL, cancel_requested_at = now() WHERE id = $1`,
        [id],
      );
    }
    await engine.sweeper.sweep();
    await faults.forget();
    by = await engine.another();
  });

  const transport = (): JobTransport => engine.context.get(JobTransport, { strict: false });
  const waitingRings = (): Promise<RunJob[]> =>
    engine.context.get(TransportInspector, { strict: false }).waitingRings(ProbeRun.queue, 10);
  const start = (): Promise<RunView> => engine.start(by);
  const alter = (id: string, set: string): Promise<unknown> =>
    engine.db.database.query(`UPDATE operation_runs SET ${set} WHERE id = $1`, [id]);
  const kinds = async (run: { id: string }): Promise<string[]> => {
    const { items } = await engine.monitoring.events(by.tenant.scope, run.id, { limit: 100 });
    return items.map(({ kind }) => kind);
  };

  async function claim(run: RunView): Promise<void> {
    const lanes = [{ kind: ProbeRun.kind, limitPerTenant: Infinity }];
    const [row] = await engine.context.get(RunClaimsRepository, { strict: false }).claim(lanes, [run.id], 60);
    if (row?.id !== run.id) throw new Error('The run could not be claimed.');
  }

  /** Found, left alone without `--repair`, repaired with it, and gone in the run after. */
  async function expectRepaired(words: RegExp, options: string[] = []): Promise<void> {
    for (let look = 0; look < 2; look += 1) {
      const found = await ops(engine, 'doctor', ...options);
      expect(found.text).toMatch(words);
      expect(found.code).toBe(1);
    }
    const repaired = await ops(engine, 'doctor', '--repair', ...options);
    expect(repaired.text).toMatch(/Repaired: (?!nothing)[^]*Healthy: rows and transport agree\./);
    expect(repaired.code).toBe(0);
    const after = await ops(engine, 'doctor', ...options);
    expect(after.text).toContain('Healthy: rows and transport agree.');
    expect(after.code).toBe(0);
  }

  it('finds nothing where nothing is wrong, and says what it compared', async () => {
    await start();
    const { code, text } = await ops(engine, 'doctor', '--deep');
    expect(code).toBe(0);
    expect(text).toContain(`wait in ${engine.settings.redisUrl === undefined ? 'PostgreSQL' : 'Redis'}`);
    expect(text).toMatch(
      /QUEUE +WORKABLE +BEHIND LIMIT +HELD +RUNNING +RINGS +TAKEN +WORKERS\nprobe +1 +0 +0 +0 +1 +0 +1\n/,
    );
  });

  it('finds runs that wait for a worker where none listens, and leaves them', async () => {
    await leave();
    try {
      expect((await ops(engine, 'doctor')).text).toContain('No worker listens to probe; no run waits there.\n');
      const runs = [await start(), await start()].map(({ id }) => id);
      const { code, text } = await ops(engine, 'doctor', '--repair');
      expect(text).toContain(
        `- 2 runs wait in queue probe, to which no worker listens: ${runs.join(', ')}\n` +
          '  --repair leaves them: start a worker, or see that REDIS_URL here is that of the workers.\n',
      );
      expect(text).not.toContain('no run waits there');
      expect(code).toBe(1);
      expect((await waitingRings()).map(({ runId }) => runId)).toEqual(runs);
    } finally {
      leave = await faults.listenInVain(ProbeRun.queue);
    }
    expect(await ops(engine, 'doctor')).toMatchObject({ code: 0 });
  });

  it('finds a run that was never rung for', async () => {
    const run = await start();
    await faults.forget();
    await alter(run.id, `dispatched_at = NULL, queued_at = ${ago(60)}`);
    await expectRepaired(
      new RegExp(`- 1 run was queued, but no worker was ever rung for: ${run.id}\n {2}--repair rings for them\\.`),
    );
    expect(await waitingRings()).toEqual([{ runId: run.id, seq: 1 }]);
    expect((await kinds(run)).at(-1)).toBe('dispatched');
  });

  it('finds runs whose rings were lost, and no run whose ring another one may use', async () => {
    const runs = [await start(), await start(), await start()];
    await faults.forget();
    for (const { id } of runs) await alter(id, LONG_AGO);
    await start(); // its ring wakes a worker for one of the four
    const [first, second, third] = runs.map(({ id }) => id);
    await expectRepaired(
      new RegExp(`- 2 runs of queue probe could be worked, but the rings for that are lost: ${first}, ${second}\n`),
    );
    expect(await kinds({ id: first ?? '' })).toContain('redispatched');
    expect(await kinds({ id: third ?? '' })).not.toContain('redispatched');
    expect(await transport().waiting(ProbeRun.queue)).toBe(3);
  });

  it('finds runs whose worker is lost', async () => {
    const [again, never] = [await start(), await start()];
    for (const run of [again, never]) await claim(run);
    await faults.forget();
    await alter(again.id, `lease_expires_at = ${ago(1)}`);
    await alter(never.id, `lease_expires_at = ${ago(1)}, attempt = ${ProbeRun.maxAttempts}`);
    await expectRepaired(
      new RegExp(
        `- 2 runs are running, but the worker gave no sign of life for a whole lease: ${again.id}, ${never.id}\n`,
      ),
    );
    expect(await engine.find(again, by)).toMatchObject({ status: 'queued' });
    expect(await kinds(again)).toEqual(expect.arrayContaining(['lease_lost', 'redispatched']));
    expect(await engine.find(never, by)).toMatchObject({ failureSummary: [{ code: 'worker.lost' }] });
    expect((await kinds(never)).slice(-2)).toEqual(['lease_lost', 'completed']);
  });

  it('finds what is held, queued or being cancelled for too long', async () => {
    const until = new Date(Date.now() + 60_000);
    const { run: held } = await engine.runs.hold(by.tenant.scope, by.user.actor, ProbeRun, { subject: 'held' }, until);
    const [waited, stopped] = [await start(), await start()];
    await alter(held.id, `held_until = ${ago(1)}`);
    await alter(waited.id, `queued_at = ${ago(25 * 3600)}`);
    await alter(stopped.id, 'cancel_requested_at = now()');
    await expectRepaired(
      new RegExp(
        `- 1 run should have been cancelled and is queued still: ${stopped.id}\n[^]*` +
          `- 1 run was held for a person who did not come in time: ${held.id}\n[^]*` +
          `- 1 run waited for a worker for more than a day: ${waited.id}\n`,
      ),
    );
    expect((await kinds(held)).slice(-2)).toEqual(['hold_expired', 'completed']);
    expect((await kinds(waited)).slice(-2)).toEqual(['queue_expired', 'completed']);
    expect(await engine.find(stopped, by)).toMatchObject({ outcome: 'cancelled' });
  });

  it('finds rings that a worker died with', async () => {
    const run = await start();
    const ring = await faults.dieWithARing(ProbeRun.queue);
    await alter(run.id, LONG_AGO);
    expect(await faults.taken(ProbeRun.queue)).toEqual([ring]);
    await expectRepaired(
      new RegExp(
        `- 1 run of queue probe could be worked, but the rings for that are lost: ${run.id}\n[^]*` +
          `- 1 ring of queue probe was taken by a worker that is gone: ${run.id}\n`,
      ),
    );
    expect(await faults.taken(ProbeRun.queue)).toEqual([]);
    expect(await waitingRings()).toEqual([{ runId: run.id, seq: 2 }]);
  });

  it('finds rings in a queue that no run type names', async () => {
    const run = await start();
    await transport().ring('forgotten', [
      { runId: run.id, seq: 1 },
      { runId: '987654321', seq: 1 },
    ]);
    await expectRepaired(new RegExp(`- 2 rings wait in queue forgotten, which no run type names: [^\n]*${run.id}`));
    expect(await transport().waiting('forgotten')).toBe(0);
    expect(await transport().waiting(ProbeRun.queue)).toBe(1);
  });

  it('leaves the runs and rings of another version alone, and says so', async () => {
    const run = await start();
    await faults.forget();
    await alter(run.id, `type = 'probe.other'`);
    await transport().ring('other', [{ runId: run.id, seq: 1 }]);
    const { code, text } = await ops(engine, 'doctor', '--repair');
    expect(text).toContain(
      `- 1 run is of the kind probe.other, which this version does not know: ${run.id}\n` +
        '  --repair leaves them: finish the update, so that a worker of their version takes them.',
    );
    expect(text).not.toContain('queue other');
    expect(code).toBe(1);
    expect(await transport().waiting('other')).toBe(1);
    expect(await engine.find(run, by)).toMatchObject({ status: 'queued' });
  });

  it('does not take for a fault what waits behind a limit, is held, or was rung for in vain', async () => {
    for (let runs = 0; runs < ProbeRun.limitPerTenant + 2; runs += 1) await start();
    const { id } = await start();
    await engine.runs.cancel(by.tenant.scope, by.user.actor, 'Operator', id);
    const until = new Date(Date.now() + 60_000);
    await engine.runs.hold(by.tenant.scope, by.user.actor, ProbeRun, { subject: 'waiting' }, until);
    await engine.db.database.query(`UPDATE operation_runs SET ${LONG_AGO} WHERE status = 'queued'`);
    const { code, text } = await ops(engine, 'doctor');
    expect(text).toMatch(/\nprobe +4 +2 +1 +0 +7 +0 +1\n/);
    expect(text).toContain('2 runs behind the limit of their tenant: not a fault, they wait their turn.');
    expect(text).toContain('1 run held for a person: not a fault.');
    expect(text).toContain('1 ring for runs that are completed or gone: harmless, a worker drops them.');
    expect(code).toBe(0);
  });

  it('repairs more than one sweep takes', async () => {
    const runs = 205;
    for (let at = 0; at < runs; at += 1)
      await engine.runs.hold(
        by.tenant.scope,
        by.user.actor,
        ProbeRun,
        { subject: `held ${at}` },
        new Date(Date.now() + 60_000),
      );
    await engine.db.database.query(`UPDATE operation_runs SET held_until = ${ago(1)} WHERE held_until IS NOT NULL`);
    await expectRepaired(
      /- 200 runs or more were held for a person who did not come in time: (?:\d+, ){19}\d+ and 180 more\n/,
    );
  });

  it('finds totals that are not what a count gives, when it is asked to count', async () => {
    const run = await start();
    await engine.runs.cancel(by.tenant.scope, by.user.actor, 'Operator', run.id);
    const totals = async (): Promise<number | undefined> =>
      (await engine.monitoring.summary(by.tenant.scope)).buckets['Cancelled'];
    expect(await totals()).toBe(1);
    await engine.sweeper.sweep();
    await engine.db.database.query('UPDATE operation_run_totals SET runs = runs + 5 WHERE tenant_id = $1', [
      by.tenant.id,
    ]);
    expect(await totals()).toBe(6);
    expect(await ops(engine, 'doctor')).toMatchObject({
      code: 0,
      text: expect.stringContaining('Totals: not counted'),
    });
    await expectRepaired(
      new RegExp(
        `- 1 total of Monitoring differs [^\n]*\n +tenant ${by.tenant.id}, probe.work, cancelled: shown 6, counted 1\n`,
      ),
      ['--deep'],
    );
    expect(await totals()).toBe(1);
  });

  it('tells programs the same', async () => {
    const run = await start();
    await claim(run);
    await alter(run.id, `lease_expires_at = ${ago(1)}`);
    const { code, text } = await ops(engine, 'doctor', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      healthy: false,
      queues: [{ queue: 'probe', running: 1, listeners: 1 }],
      divergences: [{ kind: 'lease_expired', runIds: [run.id], more: false, repairable: true }],
      totals: null,
      repaired: null,
    });
    const repaired = await ops(engine, 'doctor', '--json', '--repair', '--deep');
    expect(repaired.code).toBe(0);
    expect(JSON.parse(repaired.text)).toMatchObject({
      healthy: true,
      divergences: [],
      totals: [],
      repaired: { requeued: 1 },
    });
  });

  it('shows neither what a run was given nor who it is for', async () => {
    const run = await engine.start(by, 'secret-of-the-payload');
    await alter(run.id, `type = 'probe.other'`);
    for (const form of [[], ['--json']]) {
      expect((await ops(engine, 'doctor', ...form)).text).not.toMatch(/secret-of-the-payload|@example/);
    }
  });
}

describe('the doctor, with the doorbell in PostgreSQL', () => doctoring(() => ({})));

describeIfRedis('the doctor, with the doorbell in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  doctoring(() => ({ redisUrl: redis.url }));

  afterAll(() => redis.stop());
});
