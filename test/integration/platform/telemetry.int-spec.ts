import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Injectable, Module, Param, Post } from '@nestjs/common';
import request from 'supertest';
import { createGraphClient } from '#libs/graph-client/src/graph-client.js';
import { createMsalTokenSource } from '#libs/graph-client/src/token-source.js';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import {
  createGraphSimulator,
  type GraphSimulator,
  type StartedSimulator,
} from '#libs/graph-simulator/src/graph-simulator.js';
import { Access } from '../../../src/platform/access/access.decorator.js';
import { currentContext, runInContext } from '../../../src/platform/context/request-context.js';
import { Database } from '../../../src/platform/database/database.js';
import { DomainError } from '../../../src/platform/errors/domain-error.js';
import { LineLogger } from '../../../src/platform/logging/logger.js';
import { GraphObservation } from '../../../src/platform/telemetry/graph-observation.js';
import {
  annotateSpan,
  currentTraceId,
  currentTraceParent,
  inSpan,
  withLinkedSpan,
} from '../../../src/platform/telemetry/spans.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { startSpanReceiver, type ReceivedSpan, type SpanReceiver } from './span-receiver.js';
import { startWatchedApp, ThingsController, type WatchedApp } from './watched-app.js';

const RUN_ID = '4711';
const POLICY_PATH = '/beta/deviceManagement/configurationPolicies';
const PERSON = 'ada.lovelace@contoso.example';

/** What a worker finds in a run's row. */
interface StoredRun {
  traceParent: string | undefined;
  correlationId: string;
}

@Injectable()
class StoredRuns {
  readonly rows: StoredRun[] = [];
}

/** Starts a run as an HTTP handler does: in a span of its own, after a statement in a transaction. */
@Controller('tenants/:tenantId/runs')
@Access.public()
class StartController {
  constructor(
    private readonly runs: StoredRuns,
    private readonly database: Database,
  ) {}

  @Post(':ending')
  start(@Param('ending') ending: string): Promise<object> {
    return inSpan('run.start', { 'run.type': 'probe.work' }, async () => {
      if (ending === 'refused') throw new DomainError('probe.refused', 'conflict', `No, ${PERSON}.`);
      if (ending === 'broken') throw new TypeError(`secret of ${PERSON}`);
      await this.database.transaction(() => this.database.query('SELECT pg_sleep(0)'));
      annotateSpan({ 'run.id': RUN_ID });
      this.runs.rows.push({
        traceParent: currentTraceParent(),
        correlationId: currentContext()?.correlationId ?? 'lost',
      });
      return { runId: RUN_ID };
    });
  }
}

@Module({ controllers: [StartController], providers: [StoredRuns], exports: [StoredRuns] })
class StartModule {}

describe('traces', () => {
  let db: TestDatabase;
  let simulator: GraphSimulator;
  let started: StartedSimulator;
  let receiver: SpanReceiver;
  let watched: WatchedApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    simulator = createGraphSimulator({ port: 0, controlPort: 0 });
    started = await simulator.start();
  });
  afterAll(async () => {
    await simulator.close();
    await db.close();
  });
  beforeEach(async () => {
    receiver = await startSpanReceiver();
    const telemetry = { metrics: { kind: 'anyone' as const }, drainMs: 0, otlpEndpoint: receiver.endpoint };
    watched = await startWatchedApp(testSettings(db.url, { telemetry }), {
      controllers: [ThingsController],
      imports: [StartModule],
    });
  });
  afterEach(async () => {
    await receiver.close();
  });

  /** Stops the process, which delivers what is left. */
  async function delivered(): Promise<ReceivedSpan[]> {
    await watched.close();
    return receiver.spans;
  }

  function only(spans: readonly ReceivedSpan[], name: string): ReceivedSpan {
    const found = spans.filter((span) => span.name === name);
    expect(found.map((span) => span.name)).toEqual([name]);
    return found[0] as ReceivedSpan;
  }

  /** Works the run as the worker does: from its row alone, in a trace of its own, against the simulator. */
  function workRun(row: StoredRun, work: () => Promise<unknown>): Promise<unknown> {
    const attributes = { 'run.id': RUN_ID, 'run.type': 'probe.work', 'run.attempt': 1 };
    return runInContext({ correlationId: row.correlationId, runId: RUN_ID }, () =>
      withLinkedSpan('run.work', row.traceParent, attributes, work),
    );
  }

  it('link a request, the run that it started, the work in another trace and the calls to Graph by the run id', async () => {
    const tenantId = randomUUID();
    await request(watched.url).post(`/api/v1/tenants/${tenantId}/runs/fine`).expect(201);
    const [row] = watched.app.get(StoredRuns).rows;
    const { graphOrigin, loginOrigin, loginAuthority } = started;
    const client = createGraphClient({
      graphOrigin,
      tokens: createMsalTokenSource({ ...DEMO_CONTOSO, loginOrigin, loginAuthority }),
      observer: watched.app.get(GraphObservation),
    });
    await workRun(row as StoredRun, async () => {
      const policies = await client.list(POLICY_PATH, { query: { $top: '25' } });
      await client.get(`${POLICY_PATH}/${policies[0]?.id ?? ''}`);
      await client.get(`/v1.0/users/${PERSON}`).catch(() => undefined);
    });

    const spans = await delivered();
    const server = only(spans, 'POST /api/v1/tenants/:tenantId/runs/:ending');
    expect(server.parentSpanId).toBeUndefined();
    expect(server.attributes).toMatchObject({ 'http.response.status_code': 201, 'correlation.id': row?.correlationId });
    const start = only(spans, 'run.start');
    expect(start).toMatchObject({ traceId: server.traceId, parentSpanId: server.spanId });
    expect(start.attributes).toEqual({ 'run.type': 'probe.work', 'run.id': RUN_ID });

    const work = only(spans, 'run.work');
    expect(work.traceId).not.toBe(start.traceId);
    expect(work.parentSpanId).toBeUndefined();
    expect(work.links).toEqual([{ traceId: start.traceId, spanId: start.spanId }]);
    expect(work.attributes).toMatchObject({ 'run.id': RUN_ID, 'run.type': 'probe.work', 'run.attempt': 1 });

    const calls = spans.filter(({ parentSpanId }) => parentSpanId === work.spanId);
    expect(new Set(calls.map(({ name }) => name))).toEqual(
      new Set([`GET ${POLICY_PATH}`, `GET ${POLICY_PATH}/{id}`, 'GET /v1.0/users/{id}']),
    );
    for (const call of calls) {
      expect(call.traceId).toBe(work.traceId);
      expect(call.attributes['run.id']).toBe(RUN_ID);
      expect(call.attributes['graph.request_id']).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(spans.every(({ service }) => service === 'tenantatlas-api')).toBe(true);
    const sent = receiver.bodies.join('');
    for (const hidden of [tenantId, PERSON, '$top', 'skiptoken', 'Bearer', DEMO_CONTOSO.clientSecret, 'SELECT']) {
      expect(sent).not.toContain(hidden);
    }
  });

  it('tell the kind of an error and nothing of its text', async () => {
    await request(watched.url).post(`/api/v1/tenants/${randomUUID()}/runs/refused`).expect(409);
    await request(watched.url).post(`/api/v1/tenants/${randomUUID()}/runs/broken`).expect(500);
    const spans = await delivered();
    const starts = spans.filter(({ name }) => name === 'run.start');
    expect(starts.map(({ failed, attributes }) => [failed, attributes['error.type']])).toEqual([
      [true, 'probe.refused'],
      [true, 'TypeError'],
    ]);
    const servers = spans.filter(({ name }) => name.startsWith('POST '));
    expect(servers.map(({ failed }) => failed)).toEqual([false, true]);
    expect(receiver.bodies.join('')).not.toContain(PERSON);
  });

  it("follow nobody's trace: a caller's traceparent is a link, and its sampling decides nothing", async () => {
    const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const path = `/api/v1/tenants/${randomUUID()}/things/1`;
    await request(watched.url).get(path).set('traceparent', `00-${trace}-${span}-00`).expect(200);
    await request(watched.url).get(path).set('traceparent', 'hunter2').expect(200);
    await request(watched.url).get('/health/ready').set('traceparent', `00-${trace}-${span}-01`).expect(200);

    const spans = await delivered();
    expect(spans.map(({ name }) => name)).toEqual(Array(2).fill('GET /api/v1/tenants/:tenantId/things/:id'));
    expect(spans.map(({ links }) => links)).toEqual([[{ traceId: trace, spanId: span }], []]);
    for (const { traceId, parentSpanId } of spans) {
      expect(traceId).not.toBe(trace);
      expect(parentSpanId).toBeUndefined();
    }
    expect(receiver.bodies.join('')).not.toContain('hunter2');
  });

  it('stay apart when runs are worked side by side, and name the lines of their log', async () => {
    const lines: string[] = [];
    const logger = new LineLogger({
      program: 'worker',
      level: 'log',
      json: true,
      now: () => new Date(0),
      write: (_, line) => lines.push(line),
    });
    const traceIds = await Promise.all(
      ['1', '2', '3'].map((runId) =>
        runInContext({ correlationId: `c-${runId}`, runId }, () =>
          withLinkedSpan('run.work', undefined, { 'run.id': runId }, async () => {
            await db.database.query('SELECT pg_sleep(0.01)');
            logger.log('worked');
            return currentTraceId();
          }),
        ),
      ),
    );
    expect(new Set(traceIds).size).toBe(3);
    const logged = lines.map((line) => JSON.parse(line) as Record<string, string>);
    for (const { runId, correlationId, traceId } of logged) {
      expect(correlationId).toBe(`c-${runId}`);
      expect(traceId).toBe(traceIds[Number(runId) - 1]);
    }
    const spans = await delivered();
    for (const span of spans) expect(span.traceId).toBe(traceIds[Number(span.attributes['run.id']) - 1]);
    expect(spans).toHaveLength(3);
  });

  it('do not hold up a process that stops while its collector is away', async () => {
    await request(watched.url).get(`/api/v1/tenants/${randomUUID()}/things/1`).expect(200);
    await receiver.close();
    await watched.close();
    expect(receiver.spans).toEqual([]);
  });
});

describe('without a collector', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.close());

  it('nothing is traced, and everything works', async () => {
    const telemetry = { metrics: { kind: 'anyone' as const }, drainMs: 0 };
    const watched = await startWatchedApp(testSettings(db.url, { telemetry }), { imports: [StartModule] });
    await request(watched.url).post(`/api/v1/tenants/${randomUUID()}/runs/fine`).expect(201);
    expect(watched.app.get(StoredRuns).rows[0]).toMatchObject({ traceParent: undefined });
    expect(await withLinkedSpan('run.work', null, {}, () => Promise.resolve(currentTraceId()))).toBeUndefined();
    await watched.close();
  });
});
