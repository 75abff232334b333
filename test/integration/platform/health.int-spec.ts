import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module, type BeforeApplicationShutdown, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { migrateUp } from '../../../src/platform/database/migration-runner.js';
import { Readiness } from '../../../src/platform/http/health/readiness.js';
import { WorkerHealthModule } from '../../../src/platform/http/health/worker-health.module.js';
import { freePort } from '../../support/free-port.js';
import { eventually } from '../../support/eventually.js';
import { startPostgresServer, type PostgresServer } from '../../support/postgres-server.js';
import { startRedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { startWatchedApp, type WatchedApp } from './watched-app.js';

const ALL_WELL = { serving: 'ok', database: 'ok', migrations: 'ok', transport: 'ok' };

/** What the process says of itself, as soon as it says `status`; the test's own time limit ends a wait in vain. */
async function once(url: string, status: number): Promise<request.Response> {
  for (;;) {
    const answer = await request(url).get('/health/ready');
    if (answer.status === status) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Keeps a shutdown where handlers end and the listener still stands, until it is opened. */
@Injectable()
class ShutdownGate implements BeforeApplicationShutdown {
  open: () => void = () => undefined;
  private readonly passed = new Promise<void>((resolve) => (this.open = resolve));

  beforeApplicationShutdown(): Promise<void> {
    return this.passed;
  }
}

@Module({ providers: [ShutdownGate] })
class ShutdownGateModule {}

describe('readiness', () => {
  let db: TestDatabase;
  let watched: WatchedApp | undefined;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterEach(async () => {
    await watched?.close();
    watched = undefined;
  });
  afterAll(() => db.close());

  it('names each check, without a session', async () => {
    watched = await startWatchedApp(testSettings(db.url));
    const ready = await request(watched.url).get('/health/ready').expect(200);
    expect(ready.body).toEqual({ status: 'ok', checks: ALL_WELL });
    expect(ready.headers['cache-control']).toBe('no-store');
    await request(watched.url).get('/health/live').expect(200, { status: 'ok' });
  });

  it('is refused to a build that the database is behind', async () => {
    const [newest] = await db.database.query<{ name: string; timestamp: string }>(
      'SELECT name, timestamp FROM schema_migrations ORDER BY id DESC LIMIT 1',
    );
    await db.database.query('DELETE FROM schema_migrations WHERE name = $1', [newest?.name ?? '']);
    watched = await startWatchedApp(testSettings(db.url));
    const answer = await request(watched.url).get('/health/ready').expect(503);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      code: 'service.not_ready',
      checks: { ...ALL_WELL, migrations: 'failed' },
      correlationId: answer.headers['x-correlation-id'],
    });
    await db.database.query('INSERT INTO schema_migrations (name, timestamp) VALUES ($1, $2)', [
      newest?.name ?? '',
      newest?.timestamp ?? '',
    ]);
    await once(watched.url, 200);
  });

  it('is granted to a build that the database is ahead of', async () => {
    await db.database.query(
      "INSERT INTO schema_migrations (name, timestamp) VALUES ('Later9990000000000', 9990000000000)",
    );
    watched = await startWatchedApp(testSettings(db.url));
    await request(watched.url).get('/health/ready').expect(200);
  });

  it('ends when the process is asked to stop, before it stops listening', async () => {
    const { app, url } = (watched = await startWatchedApp(testSettings(db.url), { imports: [ShutdownGateModule] }));
    const gate = app.get(ShutdownGate);
    const closed = app.close();
    const answer = await once(url, 503);
    expect(answer.body).toMatchObject({ checks: { ...ALL_WELL, serving: 'failed' } });
    await request(url).get('/health/live').expect(200);
    gate.open();
    await closed;
    await expect(request(url).get('/health/live')).rejects.toThrow(/ECONNREFUSED/);
    watched = undefined;
  });

  it('asks what is behind a check once for probes that come together', async () => {
    const readiness = new Readiness();
    let asked = 0;
    readiness.add('probe', () => Promise.resolve(void (asked += 1)));
    await Promise.all([readiness.report(), readiness.report(), readiness.report()]);
    expect(asked).toBe(1);
  });

  it('takes a check that never answers for failed, and asks no second time while it hangs', async () => {
    const readiness = new Readiness();
    let asked = 0;
    readiness.add('hanging', () => {
      asked += 1;
      return new Promise(() => undefined);
    });
    for (let probe = 0; probe < 2; probe += 1) {
      expect(await readiness.report()).toEqual({ ready: false, checks: { serving: 'ok', hanging: 'failed' } });
    }
    expect(asked).toBe(1);
  });
});

describe('a stopped PostgreSQL', () => {
  let server: PostgresServer;
  let watched: WatchedApp;
  beforeAll(async () => {
    server = await startPostgresServer();
    await migrateUp(server.url);
    watched = await startWatchedApp(testSettings(server.url));
  });
  afterAll(async () => {
    await watched?.close();
    await server?.close();
  });

  it('makes the process unready, not dead, and its return makes it ready again', async () => {
    await once(watched.url, 200);
    await server.stop();
    // Each check keeps its word for a second of its own, so that another may fail before this one.
    const answer = await eventually(async () => {
      const found = await once(watched.url, 503);
      return (found.body as { checks: { database: string } }).checks.database === 'failed' ? found : undefined;
    });
    expect(answer.body).toMatchObject({ code: 'service.not_ready', checks: { serving: 'ok' } });
    expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONN|postgres|password/);
    await request(watched.url).get('/health/live').expect(200, { status: 'ok' });
    await server.start();
    expect((await once(watched.url, 200)).body).toEqual({ status: 'ok', checks: ALL_WELL });
  });
});

describeIfRedis('a stopped Redis', () => {
  it('fails the transport alone, until it is back', async () => {
    const db = await createTestDatabase();
    const redis = await startRedisServer();
    const watched = await startWatchedApp(testSettings(db.url, { redisUrl: redis.url }));
    expect((await once(watched.url, 200)).body).toEqual({ status: 'ok', checks: ALL_WELL });
    await redis.stop();
    const answer = await once(watched.url, 503);
    expect(answer.body).toMatchObject({ checks: { ...ALL_WELL, transport: 'failed' } });
    const again = await startRedisServer(redis.port);
    await once(watched.url, 200);
    await watched.close();
    await again.stop();
    await db.close();
  });
});

describe('the worker', () => {
  const TOKEN = 'a token for the worker';
  let db: TestDatabase;
  const workers: INestApplicationContext[] = [];
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close();
  });
  afterAll(() => db.close());

  async function startWorker(telemetry: Partial<Settings['telemetry']>): Promise<INestApplicationContext> {
    const settings = testSettings(db.url, { telemetry: { metrics: { kind: 'nobody' }, drainMs: 0, ...telemetry } });
    const testing = await Test.createTestingModule({
      imports: [ConfigModule, DatabaseModule, WorkerHealthModule, ShutdownGateModule],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .compile();
    testing.useLogger(false);
    testing.get(ShutdownGate).open();
    workers.push(testing);
    return testing.init();
  }

  it('answers the same probes on a port of its own, and what its parts add', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const context = await startWorker({ workerPort: port });
    await request(url).get('/health/live').expect(200, { status: 'ok' });
    await request(url).get('/health/ready').expect(200, { status: 'ok', checks: ALL_WELL });
    await request(url).get('/metrics').expect(404);
    await request(url).get('/').expect(404);
    await request(url).post('/health/live').send({ a: 1 }).expect(405);

    context.get(Readiness).add('queues', () => Promise.reject(new Error('redis://:hunter2@10.0.0.1 is gone')));
    const answer = await request(url).get('/health/ready').expect(503);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ code: 'service.not_ready', checks: { ...ALL_WELL, queues: 'failed' } });
    expect(answer.text).not.toMatch(/hunter2|10\.0\.0\.1/);
  });

  it('shows its metrics to who brings the token', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await startWorker({ workerPort: port, metrics: { kind: 'bearer', token: TOKEN } });
    const refused = await request(url).get('/metrics').set('authorization', 'Bearer wrong').expect(401);
    expect(refused.headers['www-authenticate']).toMatch(/^Bearer/);
    const answer = await request(url).get('/metrics').set('authorization', `Bearer ${TOKEN}`).expect(200);
    expect(answer.text).toContain('tenantatlas_db_pool_waiting{pool="database"} 0');
  });

  it('stays silent without a port', async () => {
    const context = await startWorker({});
    expect((await context.get(Readiness).report()).ready).toBe(true);
  });

  it('does not boot on a port that is taken', async () => {
    const port = await freePort();
    await startWorker({ workerPort: port });
    await expect(startWorker({ workerPort: port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use`);
  });
});
