import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createGraphClient } from '#libs/graph-client/src/graph-client.js';
import { createMsalTokenSource } from '#libs/graph-client/src/token-source.js';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import { createGraphSimulator } from '#libs/graph-simulator/src/graph-simulator.js';
import type { MetricsReaders } from '../../../src/platform/config/telemetry-settings.js';
import { LiveStreams } from '../../../src/platform/live/live-streams.js';
import { HttpMetrics } from '../../../src/platform/metrics/http-metrics.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { PoolMetrics } from '../../../src/platform/metrics/pool-metrics.js';
import { GraphObservation } from '../../../src/platform/telemetry/graph-observation.js';
import { DeliveryMetrics } from '../../../src/modules/notifications/delivery/delivery-metrics.js';
import { RunGauges } from '../../../src/modules/operations/metrics/run-gauges.js';
import { RunMetrics } from '../../../src/modules/operations/metrics/run-metrics.js';
import { aTenant } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { parseMetrics, valueOf, type Series } from './prometheus-text.js';
import { startWatchedApp, type WatchedApp } from './watched-app.js';

const TOKEN = 'scrape-me-if-you-can';
const ROUTE = '/api/v1/tenants/:tenantId/things/:id';

describe('/metrics', () => {
  let db: TestDatabase;
  const apps: WatchedApp[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await db.close();
  });

  async function appFor(metrics: MetricsReaders): Promise<WatchedApp> {
    const app = await startWatchedApp(testSettings(db.url, { telemetry: { metrics, drainMs: 0 } }));
    apps.push(app);
    return app;
  }

  it('is not there unless it is configured', async () => {
    const { url } = await appFor({ kind: 'nobody' });
    const answer = await request(url).get('/metrics').set('authorization', `Bearer ${TOKEN}`).expect(404);
    expect(answer.body).toMatchObject({ code: 'request.not_found' });
  });

  it.each([undefined, `Bearer ${TOKEN.slice(1)}`, `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, 'Bearer ', TOKEN])(
    'refuses %j where a token is asked for',
    async (authorization) => {
      const [app = await appFor({ kind: 'bearer', token: TOKEN })] = apps.slice(1);
      const asked = request(app.url).get('/metrics');
      const answer = await (authorization === undefined ? asked : asked.set('authorization', authorization)).expect(
        401,
      );
      expect(answer.body).toMatchObject({ code: 'metrics.token_required' });
      expect(JSON.stringify(answer.body)).not.toContain('process_cpu');
    },
  );

  it('tells what was served by route and status, and of no tenant, id, token or address', async () => {
    const { url } = await appFor({ kind: 'bearer', token: TOKEN });
    const [tenant, thing] = [randomUUID(), randomUUID()];
    for (let count = 0; count < 3; count += 1) {
      await request(url).get(`/api/v1/tenants/${tenant}/things/${thing}?name=ada`).expect(200);
    }
    await request(url).post(`/api/v1/tenants/${tenant}/things/broken`).expect(500);
    await request(url).get(`/api/v1/nowhere/${thing}`).expect(404);
    await request(url).get(`/api/v1/tenants/${tenant}/things/stream`).expect(200);
    await request(url).get('/health/live').expect(200);

    const answer = await request(url).get('/metrics').set('authorization', `Bearer ${TOKEN}`).expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers['cache-control']).toBe('no-store');
    const series = parseMetrics(answer.text);
    const served = (labels: Record<string, string>): number | undefined =>
      valueOf(series, 'tenantatlas_http_request_duration_seconds_count', labels);
    expect(served({ method: 'GET', route: ROUTE, status: '2xx' })).toBe(3);
    expect(served({ method: 'POST', status: '5xx' })).toBe(1);
    expect(served({ route: 'none', status: '4xx' })).toBe(1);
    expect(served({ route: '/api/v1/tenants/:tenantId/things/stream' })).toBeUndefined();
    expect(valueOf(series, 'tenantatlas_db_pool_connections', { pool: 'database' })).toBeGreaterThanOrEqual(0);
    expect(valueOf(series, 'tenantatlas_db_pool_waiting', { pool: 'database' })).toBe(0);
    expect(valueOf(series, 'tenantatlas_process_resident_memory_bytes')).toBeGreaterThan(0);
    for (const secret of [tenant, thing, TOKEN, 'ada', 'hunter2', '127.0.0.1'])
      expect(answer.text).not.toContain(secret);
  });
});

describe('the metrics of runs', () => {
  let db: TestDatabase;
  let metrics: Metrics;
  const tenantIds: string[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.close());

  const scraped = async (): Promise<Series[]> => parseMetrics(await metrics.text());

  async function aRun(status: 'queued' | 'running', given: { held?: boolean; expired?: boolean } = {}): Promise<void> {
    const tenant = await aTenant(db.database);
    tenantIds.push(tenant.id);
    const running = status === 'running';
    await db.database.query(
      `INSERT INTO operation_runs (tenant_id, initiator_name, type, status, run_identity_hash, payload, correlation_id,
         created_at, started_at, lease_expires_at, held_until)
       VALUES ($1, 'System', 'probe.work', $2, $3, '{}', 'c-1', now() - interval '1 hour',
         CASE WHEN $4 THEN now() END, CASE WHEN $4 THEN now() + make_interval(mins => $5::int) END,
         CASE WHEN $6 THEN now() + interval '1 day' END)`,
      [tenant.id, status, Buffer.alloc(32, tenantIds.length), running, given.expired ? -1 : 1, given.held ?? false],
    );
  }

  it('read what is active from the rows, over all tenants, and what waits for a person not at all', async () => {
    metrics = new Metrics();
    new RunGauges(metrics, db.database);
    await aRun('queued');
    await aRun('queued');
    await aRun('queued', { held: true });
    await aRun('running');
    await aRun('running', { expired: true });

    const series = await scraped();
    const kind = 'probe.work';
    expect(valueOf(series, 'tenantatlas_runs_active', { kind, status: 'queued' })).toBe(2);
    expect(valueOf(series, 'tenantatlas_runs_active', { kind, status: 'running' })).toBe(2);
    expect(valueOf(series, 'tenantatlas_runs_oldest_seconds', { kind, status: 'queued' })).toBeGreaterThan(3_500);
    expect(valueOf(series, 'tenantatlas_runs_expired_leases')).toBe(1);
    const text = await metrics.text();
    for (const tenantId of tenantIds) expect(text).not.toContain(tenantId);
  });

  it('ask the database once for scrapes that come together', async () => {
    metrics = new Metrics();
    let asked = 0;
    const counting = { query: () => Promise.resolve(((asked += 1), [])) };
    new RunGauges(metrics, counting as never);
    await Promise.all([metrics.text(), metrics.text(), metrics.text()]);
    expect(asked).toBe(1);
  });

  it('are left out, and the failure counted, while the database cannot be read', async () => {
    metrics = new Metrics();
    new RunGauges(metrics, { query: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1:5432')) } as never);
    new RunMetrics(metrics).started('probe.work', true);
    await metrics.text();
    const text = await metrics.text();
    const series = parseMetrics(text);
    expect(valueOf(series, 'tenantatlas_runs_active')).toBeUndefined();
    expect(valueOf(series, 'tenantatlas_runs_expired_leases')).toBeUndefined();
    const failures = { metric: 'tenantatlas_runs_expired_leases' };
    expect(valueOf(series, 'tenantatlas_metric_read_failures_total', failures)).toBeGreaterThan(0);
    expect(valueOf(series, 'tenantatlas_runs_started_total', { kind: 'probe.work', created: 'true' })).toBe(1);
    expect(text).not.toContain('10.0.0.1');
  });

  it('count what the engine tells', async () => {
    metrics = new Metrics();
    const runs = new RunMetrics(metrics);
    runs.started('probe.work', true);
    runs.started('probe.work', false);
    runs.claimed('probe.work', 250);
    runs.completed('probe.work', 'partially_succeeded', 250, 4_000);
    runs.completed('probe.work', 'failed', 100, undefined);
    runs.swept('redispatched');
    runs.dispatchFailed('probe.work');

    const series = await scraped();
    const kind = 'probe.work';
    expect(valueOf(series, 'tenantatlas_runs_started_total', { kind })).toBe(2);
    expect(valueOf(series, 'tenantatlas_runs_completed_total', { kind, outcome: 'partially_succeeded' })).toBe(1);
    expect(valueOf(series, 'tenantatlas_run_queued_seconds_sum', { kind })).toBeCloseTo(0.35);
    expect(valueOf(series, 'tenantatlas_run_worked_seconds_sum', { kind })).toBe(4);
    expect(valueOf(series, 'tenantatlas_run_worked_seconds_count', { kind })).toBe(1);
    expect(valueOf(series, 'tenantatlas_run_claim_wait_seconds_count', { kind })).toBe(1);
    expect(valueOf(series, 'tenantatlas_run_repairs_total', { repair: 'redispatched' })).toBe(1);
    expect(valueOf(series, 'tenantatlas_run_dispatch_failures_total', { kind })).toBe(1);
  });
});

describe('the metrics of Graph', () => {
  it('count requests by status, retries, throttling and the wait for the budget', async () => {
    const metrics = new Metrics();
    const observer = new GraphObservation(metrics);
    const simulator = createGraphSimulator({ port: 0, controlPort: 0 });
    const { graphOrigin, loginOrigin, loginAuthority, controlOrigin } = await simulator.start();
    await fetch(`${controlOrigin}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules: [{ match: 'configurationPolicies', probability: 1, status: 429, times: 1 }] }),
    });
    const client = createGraphClient({
      graphOrigin,
      tokens: createMsalTokenSource({ ...DEMO_CONTOSO, loginOrigin, loginAuthority }),
      limits: { backoffBaseMs: 1, backoffCapMs: 2 },
      observer,
    });
    await client.get('/beta/deviceManagement/configurationPolicies');
    await simulator.close();

    const series = parseMetrics(await metrics.text());
    const requests = (status: string): number | undefined =>
      valueOf(series, 'tenantatlas_graph_request_duration_seconds_count', { method: 'GET', status });
    expect([requests('4xx'), requests('2xx')]).toEqual([1, 1]);
    expect(valueOf(series, 'tenantatlas_graph_retries_total', { reason: 'graph.throttled' })).toBe(1);
    expect(valueOf(series, 'tenantatlas_graph_throttled_total')).toBe(1);
    expect(valueOf(series, 'tenantatlas_graph_budget_wait_seconds_count')).toBe(2);
  });
});

describe('the operations guide', () => {
  it('names every instrument, and none that there is not', async () => {
    const metrics = new Metrics();
    const all = [DeliveryMetrics, HttpMetrics, PoolMetrics, GraphObservation, RunMetrics];
    for (const instruments of all) new instruments(metrics);
    new RunGauges(metrics, { query: () => Promise.resolve([]) } as never);
    new LiveStreams({} as never, {} as never, {} as never, {} as never, metrics);
    const names = [...(await metrics.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    const guide = await readFile(path.resolve(import.meta.dirname, '../../../docs/operations-guide.md'), 'utf8');
    const named = [...guide.matchAll(/\btenantatlas_[a-z_]*[a-z]\b/g)].map(([name]) =>
      name.replace(/_seconds_(?:bucket|sum|count)$/, '_seconds'),
    );
    expect([...new Set(named)].filter((name) => !/_(?:nodejs|process)$/.test(name)).sort()).toEqual(names.sort());
  });
});
