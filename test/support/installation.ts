import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import type { SeedTenant } from '#libs/graph-simulator/src/store/seed-tenant.js';
import { RunningSimulator } from '#libs/graph-simulator/testing/running-simulator.js';
import { graphSecretPurpose } from '../../src/modules/tenancy/graph-secret.js';
import { hashPassword } from '../../src/modules/tenancy/password.js';
import { SecretBox } from '../../src/platform/crypto/secret-box.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { Database } from '../../src/platform/database/database.js';
import { migrateUp } from '../../src/platform/database/migration-runner.js';
import { aMembership, aTenant, aUser, type TenantRow } from './builders.js';
import { freePort } from './free-port.js';
import { startPostgresServer, type PostgresServer } from './postgres-server.js';
import { startProduct, type ProductProcess } from './product-process.js';

const PASSWORD = randomBytes(12).toString('hex');
const EMAIL = 'operator@faults.example';

export interface Run {
  id: string;
  status: string;
  outcome: string;
  attempt: number;
  failureSummary: { code: string }[];
}

/**
 * The product as separate processes on a PostgreSQL of its own, to be killed, frozen and restarted. Leases and sweeps are short, so
 * that repairs come soon.
 */
export class Installation {
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

  static async set(given: { redisUrl?: string; seed?: SeedTenant } = {}): Promise<Installation> {
    const postgres = await startPostgresServer();
    await migrateUp(postgres.url);
    const { seed } = given;
    const simulator = await RunningSimulator.start({ controlPort: 0, ...(seed ? { tenants: [seed] } : {}) });
    const [app] = seed?.apps ?? [];
    const { entraTenantId, clientId, clientSecret } = {
      ...DEMO_CONTOSO,
      ...(seed && app ? { entraTenantId: seed.entraTenantId, ...app } : {}),
    };
    const dataSource = await createDataSource(postgres.url).initialize();
    const database = new Database(dataSource);
    const encryptionKey = randomBytes(32);
    const tenant = await aTenant(database, { name: 'Contoso', entraTenantId });
    const user = await aUser(database, { email: EMAIL, passwordHash: await hashPassword(PASSWORD) });
    await aMembership(database, tenant, user, 'Operator');
    await database.query('INSERT INTO graph_connections (tenant_id, client_id, sealed_secret) VALUES ($1, $2, $3)', [
      tenant.id,
      clientId,
      new SecretBox([encryptionKey]).seal(clientSecret, graphSecretPurpose(tenant.id)),
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
