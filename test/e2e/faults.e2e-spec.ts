import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import { RunningSimulator } from '#libs/graph-simulator/testing/running-simulator.js';
import { graphSecretPurpose } from '../../src/modules/tenancy/graph-secret.js';
import { hashPassword } from '../../src/modules/tenancy/password.js';
import { SecretBox } from '../../src/platform/crypto/secret-box.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { Database } from '../../src/platform/database/database.js';
import { migrateUp } from '../../src/platform/database/migration-runner.js';
import { aMembership, aTenant, aUser, type TenantRow } from '../support/builders.js';
import { freePort } from '../support/free-port.js';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server.js';
import { startProduct, type ProductProcess } from '../support/product-process.js';
import { startRedisServer, type RedisServer } from '../support/redis-server.js';
import { describeIfRedis } from '../support/requirements.js';

// Real here: everything, as separate processes that are killed, frozen and restarted. The Graph is the simulator, which
// answers slowly where a run is to be caught at work. Leases and sweeps are short, so that repairs come soon.

const PASSWORD = randomBytes(12).toString('hex');
const EMAIL = 'operator@faults.example';

interface Run {
  id: string;
  status: string;
  outcome: string;
  attempt: number;
  failureSummary: { code: string }[];
}

class Installation {
  private readonly processes: ProductProcess[] = [];
  private cookie = '';

  private constructor(
    readonly postgres: PostgresServer,
    readonly simulator: RunningSimulator,
    readonly database: Database,
    readonly tenant: TenantRow,
    private readonly disconnect: () => Promise<void>,
    private readonly env: Record<string, string>,
  ) {}

  static async set(given: { redisUrl?: string } = {}): Promise<Installation> {
    const postgres = await startPostgresServer();
    await migrateUp(postgres.url);
    const simulator = await RunningSimulator.start({ controlPort: 0 });
    const dataSource = await createDataSource(postgres.url).initialize();
    const database = new Database(dataSource);
    const encryptionKey = randomBytes(32);
    const tenant = await aTenant(database, { name: 'Contoso', entraTenantId: DEMO_CONTOSO.entraTenantId });
    const user = await aUser(database, { email: EMAIL, passwordHash: await hashPassword(PASSWORD) });
    await aMembership(database, tenant, user, 'Operator');
    await database.query('INSERT INTO graph_connections (tenant_id, client_id, sealed_secret) VALUES ($1, $2, $3)', [
      tenant.id,
      DEMO_CONTOSO.clientId,
      new SecretBox([encryptionKey]).seal(DEMO_CONTOSO.clientSecret, graphSecretPurpose(tenant.id)),
    ]);
    const env: Record<string, string> = {
      DATABASE_URL: postgres.url,
      ENCRYPTION_KEY: encryptionKey.toString('base64'),
      SESSION_SECRET: randomBytes(32).toString('hex'),
      PORT: String(await freePort()),
      GRAPH_ORIGIN: simulator.graphOrigin,
      LOGIN_ORIGIN: simulator.graphOrigin,
      LOGIN_AUTHORITY: 'https://login.sim.local',
      RUN_LEASE_SECONDS: '3',
      RUN_SWEEP_SECONDS: '1',
      ...(given.redisUrl === undefined ? {} : { REDIS_URL: given.redisUrl }),
    };
    return new Installation(postgres, simulator, database, tenant, () => dataSource.destroy(), env);
  }

  async start(script: 'main.js' | 'worker.js'): Promise<ProductProcess> {
    const started = startProduct(script, this.env);
    this.processes.push(started);
    await started.ready;
    return started;
  }

  /** Makes the simulator slow, or quick again with 0. */
  async slow(delayMs: number): Promise<void> {
    const rules = [{ match: '/deviceManagement/', probability: 1, delayMs }];
    const answer = await fetch(`${this.simulator.controlOrigin}/faults`, {
      method: delayMs === 0 ? 'DELETE' : 'PUT',
      ...(delayMs === 0 ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ rules }) }),
    });
    expect(answer.ok).toBe(true);
  }

  async call(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`http://127.0.0.1:${this.env['PORT']}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const cookie = answer.headers.get('set-cookie');
    if (cookie !== null) this.cookie = cookie.split(';')[0] ?? '';
    return { status: answer.status, body: await answer.json().catch(() => undefined) };
  }

  async signIn(): Promise<void> {
    expect((await this.call('POST', '/auth/login', { email: EMAIL, password: PASSWORD })).status).toBe(200);
  }

  async startSync(): Promise<Run> {
    const { status, body } = await this.call('POST', `/tenants/${this.tenant.id}/inventory/sync`, {});
    expect(status).toBe(202);
    return (body as { run: Run }).run;
  }

  async until(run: { id: string }, holds: (run: Run) => boolean): Promise<Run> {
    for (;;) {
      const [row] = await this.database
        .query<Run & { failure_summary: { code: string }[] }>(
          'SELECT id, status, outcome, attempt, failure_summary FROM operation_runs WHERE id = $1',
          [run.id],
        )
        .catch(() => []); // the database may be away, which is the point of a test
      if (row && holds(row)) return { ...row, failureSummary: row.failure_summary };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  running(run: { id: string }): Promise<Run> {
    return this.until(run, ({ status }) => status === 'running');
  }

  completed(run: { id: string }): Promise<Run> {
    return this.until(run, ({ status }) => status === 'completed');
  }

  async history(run: { id: string }): Promise<string[]> {
    const rows = await this.database.query<{ kind: string }>(
      'SELECT kind FROM operation_run_events WHERE run_id = $1 ORDER BY id',
      [run.id],
    );
    return rows.map(({ kind }) => kind);
  }

  /** What must hold after every fault: one completion, one terminal note, nothing left active. */
  async expectOneTruth(run: { id: string }): Promise<void> {
    expect((await this.history(run)).filter((kind) => kind === 'completed')).toHaveLength(1);
    const notes = await this.database.query<{ kind: string }>(
      'SELECT kind FROM notifications WHERE run_id = $1 ORDER BY kind',
      [run.id],
    );
    expect(notes.map(({ kind }) => kind)).toEqual(['queued', 'terminal']);
    const active = await this.database.query(`SELECT id FROM operation_runs WHERE status <> 'completed'`);
    expect(active).toEqual([]);
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.end('SIGKILL')));
    await this.disconnect().catch(() => undefined);
    await this.simulator.close();
    await this.postgres.close();
  }
}

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
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', attempt: 2 });
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
    expect(completed).toMatchObject({ outcome: 'succeeded', attempt: 2 });
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
    expect(await installation.completed(run)).toMatchObject({ outcome: 'succeeded', attempt: 2 });
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
