import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { MonitoringService } from '../../../src/modules/operations/monitoring.service.js';
import { OperationRunService, type RunView } from '../../../src/modules/operations/operation-run.service.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { AccessDenied } from '../../../src/platform/errors/domain-error.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';
import { done, ProbeProcessor, ProbeRun, startEngine, type Script } from './engine.js';

// Real here: PostgreSQL, the transport (PostgreSQL or Redis), the engine, notes and audit. Replaced: the handler's work.

/** The same cases for every transport: nothing but the settings may differ. */
function lifecycle(settingsOf: (databaseUrl: string) => Partial<Settings>): void {
  let db: TestDatabase;
  let engine: INestApplicationContext;
  let runs: OperationRunService;
  let monitoring: MonitoringService;
  let tenant: TenantRow;
  let user: UserRow;
  let subjects = 0;

  beforeAll(async () => {
    db = await createTestDatabase();
    engine = await startEngine(testSettings(db.url, settingsOf(db.url)), { worker: true });
    runs = engine.get(OperationRunService);
    monitoring = engine.get(MonitoringService, { strict: false });
    tenant = await aTenant(db.database);
    user = await aMember(db.database, tenant);
  });

  afterAll(async () => {
    await engine?.close();
    await db?.close();
  });

  function follow(script: Script): void {
    engine.get(ProbeProcessor, { strict: false }).script = script;
  }

  async function start(): Promise<RunView> {
    subjects += 1;
    return (await runs.start(tenant.scope, user.actor, ProbeRun, { subject: String(subjects) })).run;
  }

  function completed(runId: string): Promise<RunView> {
    return eventually(async () => {
      const run = await monitoring.find(tenant.scope, runId);
      return run.status === 'completed' ? run : undefined;
    });
  }

  it('takes a run from queued to succeeded, with its history, counts and links', async () => {
    follow((_payload, context) => {
      context.item({ itemId: 'a', kind: 'thing', result: 'success' });
      context.item({ itemId: 'b', kind: 'thing', result: 'skipped' });
      return Promise.resolve({ stop: 'finished', context: { made: 7 } });
    });
    const queued = await start();
    expect(queued).toMatchObject({ status: 'queued', outcome: 'pending', bucket: 'Queued', initiatorName: user.name });

    const run = await completed(queued.id);
    expect(run).toMatchObject({
      outcome: 'succeeded',
      bucket: 'Succeeded',
      summaryCounts: { total: 2, processed: 2, success: 1, failed: 0, skipped: 1 },
      failureSummary: [],
      attempt: 1,
    });
    expect(run.context).toMatchObject({ subject: run.subject?.id, made: 7 });
    expect(run.links.related[0]?.href).toBe(`/api/v1/tenants/${tenant.id}/probes/${run.subject?.id}`);
    const events = await monitoring.events(tenant.scope, run.id, { limit: 25 });
    const kinds = events.items.map((event) => event.kind).filter((kind) => kind !== 'dispatched');
    expect(kinds).toEqual(['queued', 'claimed', 'completed']);
  });

  it('ends partly when an item failed, names it, and groups the reasons in the catalogue’s words', async () => {
    follow((_payload, context) => {
      context.item({ itemId: 'good', kind: 'thing', result: 'success' });
      context.item({ itemId: 'bad', kind: 'thing', result: 'failed', reasonCode: 'probe.refused' });
      context.item({ itemId: 'odd', kind: 'thing', result: 'failed', reasonCode: 'not.in_the_catalogue' });
      return Promise.resolve({ stop: 'finished' });
    });
    const run = await completed((await start()).id);
    expect(run.outcome).toBe('partially_succeeded');
    expect(run.failureSummary.map(({ code, count }) => [code, count])).toEqual([
      ['internal.error', 1],
      ['probe.refused', 1],
    ]);
    const failed = await monitoring.items(tenant.scope, run.id, { limit: 25, result: ['failed'] });
    expect(failed.items[0]).toMatchObject({
      itemId: 'bad',
      reasonCode: 'probe.refused',
      reason: 'The probe refused this item. Use another.',
    });
  });

  it('fails with internal.error when the handler throws, and stores nothing of the exception', async () => {
    follow(() => Promise.reject(new Error('password=hunter2 at /srv/app/secret.ts:1')));
    const run = await completed((await start()).id);
    expect(run).toMatchObject({ outcome: 'failed', failureSummary: [{ code: 'internal.error', count: 1 }] });
    const stored = await db.database.query(
      `SELECT r.*, (SELECT jsonb_agg(e) FROM operation_run_events e WHERE e.run_id = r.id) AS events,
         (SELECT jsonb_agg(n) FROM notifications n WHERE n.run_id = r.id) AS notes
       FROM operation_runs r WHERE id = $1`,
      [run.id],
    );
    expect(JSON.stringify(stored)).not.toContain('hunter2');
  });

  it.each<[string, () => Error]>([
    ['an error whose stack cannot be read', () => withThrowing('stack')],
    ['an error whose code cannot be read', () => withThrowing('code')],
    ['what is no error', () => 'password=hunter2' as unknown as Error],
    ['nothing', () => undefined as unknown as Error],
    ['a revoked proxy', revoked],
  ])('fails at once with internal.error when the handler throws %s', async (_, thrown) => {
    follow(() => Promise.reject(thrown()));
    const run = await completed((await start()).id);
    expect(run).toMatchObject({ outcome: 'failed', failureSummary: [{ code: 'internal.error', count: 1 }] });
  });

  it('answers every concurrent start of one identity with the same run, created once', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    follow(async () => {
      await gate;
      return { stop: 'finished' };
    });
    const starts = await Promise.all(
      Array.from({ length: 40 }, () => runs.start(tenant.scope, user.actor, ProbeRun, { subject: 'hot' })),
    );
    release();
    expect(new Set(starts.map(({ run }) => run.id)).size).toBe(1);
    expect(starts.filter(({ created }) => created)).toHaveLength(1);
    const run = await completed(starts[0]?.run.id ?? '');
    const again = await runs.start(tenant.scope, user.actor, ProbeRun, { subject: 'hot' });
    expect(again).toMatchObject({ created: true });
    expect(again.run.id).not.toBe(run.id);
    await completed(again.run.id);
  });

  it('leaves the initiator one queued and one terminal note, and an audit entry', async () => {
    follow(done);
    const run = await completed((await start()).id);
    const notes = await db.database.query<{ kind: string; user_id: string }>(
      'SELECT kind, user_id FROM notifications WHERE run_id = $1 ORDER BY kind',
      [run.id],
    );
    expect(notes).toEqual([
      { kind: 'queued', user_id: user.id },
      { kind: 'terminal', user_id: user.id },
    ]);
    const audit = await db.database.query('SELECT action, actor_name FROM audit_entries WHERE subject_id = $1', [
      run.id,
    ]);
    expect(audit).toEqual([{ action: 'probe.work.start', actor_name: user.name }]);
  });

  it('drops a ring that comes twice or late', async () => {
    let worked = 0;
    follow(() => {
      worked += 1;
      return Promise.resolve({ stop: 'finished' });
    });
    const run = await completed((await start()).id);
    const transport = engine.get(JobTransport, { strict: false });
    await transport.ring(ProbeRun.queue, [{ runId: run.id, seq: 2 }]);
    await transport.ring(ProbeRun.queue, [{ runId: run.id, seq: 3 }]);
    await eventually(async () => ((await transport.waiting(ProbeRun.queue)) === 0 ? true : undefined));
    await completed((await start()).id);
    expect(worked).toBe(2);
  });

  it('lets a stale worker write nothing once another holds the run', async () => {
    let stale = 0;
    follow(async (_payload, context) => {
      if (context.attempt === 1) {
        await db.database.query(
          `UPDATE operation_runs SET lease_epoch = lease_epoch + 1, attempt = attempt + 1 WHERE id = $1`,
          [context.runId],
        );
        await expect(context.checkLease()).rejects.toThrow('lease_lost');
        stale += 1;
      }
      return { stop: 'finished', context: { by: 'stale' } };
    });
    const { id } = await start();
    await eventually(() => Promise.resolve(stale === 1 ? true : undefined));
    const run = await monitoring.find(tenant.scope, id);
    expect(run).toMatchObject({ status: 'running', outcome: 'pending' });
    expect(run.context).not.toHaveProperty('by');
  });

  it('hides a run from every other tenant', async () => {
    follow(done);
    const { id } = await start();
    const other = await aTenant(db.database);
    await expect(monitoring.find(other.scope, id)).rejects.toThrow(AccessDenied);
    await expect(monitoring.items(other.scope, id, { limit: 25 })).rejects.toThrow(AccessDenied);
    await expect(monitoring.events(other.scope, id, { limit: 25 })).rejects.toThrow(AccessDenied);
    await completed(id);
  });

  it('refuses any change of a completed run', async () => {
    follow(done);
    const run = await completed((await start()).id);
    await expect(
      db.database.query(`UPDATE operation_runs SET outcome = 'failed' WHERE id = $1`, [run.id]),
    ).rejects.toThrow(/never changes/);
  });

  it('pages through all runs once, newest first, while others arrive', async () => {
    follow(done);
    for (let i = 0; i < 7; i += 1) await completed((await start()).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await monitoring.list(tenant.scope, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map((run) => run.id));
      cursor = page.nextCursor ?? undefined;
      if (seen.length === 3) await completed((await start()).id);
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(7);
    const summary = await monitoring.summary(tenant.scope);
    const [row] = await db.database.query<{ runs: number }>(
      `SELECT count(*)::int AS runs FROM operation_runs WHERE tenant_id = $1 AND outcome = 'succeeded'`,
      [tenant.id],
    );
    expect(summary.buckets.Succeeded).toBe(row?.runs);
  });
}

function withThrowing(property: 'stack' | 'code'): Error {
  const get = (): never => {
    throw new Error('password=hunter2');
  };
  return Object.defineProperty(new Error('password=hunter2'), property, { get });
}

/** A value that throws whatever is asked of it. */
function revoked(): Error {
  const { proxy, revoke } = Proxy.revocable(new Error('password=hunter2'), {});
  revoke();
  return proxy;
}

describe('a run, with its doorbell in PostgreSQL', () => lifecycle(() => ({})));

describeIfRedis('a run, with its doorbell in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  lifecycle(() => ({ redisUrl: redis.url }));
  afterAll(() => redis.stop()); // after the engine's own, in the order of declaration
});

describeIfRedis('a run whose doorbell cannot be rung', () => {
  it('is recorded as failed at once, and the caller gets it', async () => {
    const redis = await startRedisServer();
    const db = await createTestDatabase();
    const engine = await startEngine(testSettings(db.url, { redisUrl: redis.url }), { worker: false });
    try {
      const tenant = await aTenant(db.database);
      const user = await aMember(db.database, tenant);
      await redis.kill();
      const refused = await engine
        .get(OperationRunService)
        .start(tenant.scope, user.actor, ProbeRun, { subject: 'x' })
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: 'dispatch.unavailable',
        kind: 'unavailable',
        details: { body: { created: true, run: { status: 'completed', outcome: 'failed' } } },
      });
      const rows = await db.database.query('SELECT status, outcome, failure_summary FROM operation_runs');
      expect(rows).toMatchObject([
        { status: 'completed', outcome: 'failed', failure_summary: [{ code: 'dispatch.unavailable' }] },
      ]);
    } finally {
      await engine.close();
      await db.close();
    }
  });
});

describe('a worker that is asked to stop', () => {
  it('gives its run back to the queue, and the next worker finishes it', async () => {
    const db = await createTestDatabase();
    const settings = testSettings(db.url);
    const first = await startEngine(settings, { worker: true });
    const tenant = await aTenant(db.database);
    const user = await aMember(db.database, tenant);
    const taken = new Promise<void>((resolve) => {
      first.get(ProbeProcessor, { strict: false }).script = (_payload, context) =>
        new Promise((_, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason as Error));
          resolve();
        });
    });
    const { run } = await first.get(OperationRunService).start(tenant.scope, user.actor, ProbeRun, { subject: 'x' });
    await taken;
    await first.close();
    const [row] = await db.database.query<{ status: string }>('SELECT status FROM operation_runs WHERE id = $1', [
      run.id,
    ]);
    expect(row?.status).toBe('queued');

    const second = await startEngine(settings, { worker: true });
    try {
      const finished = await eventually(async () => {
        const found = await second.get(MonitoringService, { strict: false }).find(tenant.scope, run.id);
        return found.status === 'completed' ? found : undefined;
      });
      expect(finished).toMatchObject({ outcome: 'succeeded', attempt: 1 });
    } finally {
      await second.close();
      await db.close();
    }
  });
});
