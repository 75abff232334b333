import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { MonitoringService } from '../../../src/modules/operations/monitoring.service.js';
import type { NewRun } from '../../../src/modules/operations/data/new-row.js';
import { RunStartsRepository } from '../../../src/modules/operations/data/run-starts.repository.js';
import { OperationRunService, type StartedRun } from '../../../src/modules/operations/operation-run.service.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { Database } from '../../../src/platform/database/database.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { eventually } from '../../support/eventually.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { ProbeRun, startEngine } from './engine.js';

// Real here: PostgreSQL, the transport (PostgreSQL or Redis), two processes' engines, notes and audit. Nobody works.

/** The same cases for every transport: nothing but the settings may differ. */
function starts(settingsOf: () => Partial<Settings>): void {
  let db: TestDatabase;
  let one: INestApplicationContext;
  let other: INestApplicationContext;
  let tenant: TenantRow;
  let user: UserRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    const settings = testSettings(db.url, settingsOf());
    one = await startEngine(settings, { worker: false });
    other = await startEngine(settings, { worker: false });
    tenant = await aTenant(db.database);
    user = await aMember(db.database, tenant);
  });

  afterAll(async () => {
    await one?.close();
    await other?.close();
    await db?.close();
  });

  function start(subject: string, engine = one): Promise<StartedRun> {
    return engine.get(OperationRunService).start(tenant.scope, user.actor, ProbeRun, { subject });
  }

  /** What there is of runs of these subjects, and how many rings wait. */
  async function leftBy(...subjects: string[]): Promise<Record<string, number>> {
    const [rows] = await db.database.query<{ runs: number; events: number; notes: number; entries: number }>(
      `WITH r AS (SELECT id FROM operation_runs WHERE subject_id = ANY ($1))
       SELECT (SELECT count(*) FROM r)::int AS runs,
         (SELECT count(*) FROM operation_run_events WHERE run_id IN (SELECT id FROM r) AND kind = 'queued')::int AS events,
         (SELECT count(*) FROM notifications WHERE run_id IN (SELECT id FROM r))::int AS notes,
         (SELECT count(*) FROM audit_entries WHERE subject_name = ANY ($2))::int AS entries`,
      [subjects, subjects.map((subject) => `Probe ${subject}`)],
    );
    return { ...rows, rings: await one.get(JobTransport, { strict: false }).waiting(ProbeRun.queue) };
  }

  it('writes row, event, note, audit entry and ring of a new run once', async () => {
    const { rings } = await leftBy();
    const { created } = await start('new');
    expect(created).toBe(true);
    expect(await leftBy('new')).toEqual({ runs: 1, events: 1, notes: 1, entries: 1, rings: (rings ?? 0) + 1 });
  });

  it('answers the run as it is then read', async () => {
    const { run } = await start('read');
    expect(await one.get(MonitoringService, { strict: false }).find(tenant.scope, run.id)).toEqual(run);
  });

  it('knows the row before it is inserted, with the defaults of the table', async () => {
    const rows = one.get(RunStartsRepository, { strict: false });
    const wanted: NewRun = {
      tenantId: tenant.id,
      actor: user.actor,
      kind: ProbeRun.kind,
      identity: 'ab'.repeat(32),
      payload: { subject: 'row', many: [1, { deep: null }] },
      subject: { type: 'probe', id: 'row', name: 'Probe "row" {\\}' },
      correlationId: 'correlation',
      traceParent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      retryOf: undefined,
      heldUntil: undefined,
    };
    const held = { ...wanted, identity: 'cd'.repeat(32), heldUntil: new Date('2099-01-01T00:00:00.123Z') };
    const bare = { ...wanted, identity: 'ef'.repeat(32), subject: undefined, traceParent: undefined };
    for (const [runs, dispatched] of [[[wanted], true] as const, [[held, bare], false] as const]) {
      const numbered = await rows.number(runs);
      const read = await one.get(Database).transaction(() => Promise.resolve(rows.insert(numbered, dispatched)));
      expect(read()).toEqual((await rows.insertOrFind(runs, dispatched)).map((found) => found?.row));
    }
  });

  it('answers the active run that another process started, and writes nothing', async () => {
    const first = await start('twice', other);
    const before = await leftBy('twice');
    for (let i = 0; i < 2; i += 1) {
      expect(await start('twice')).toMatchObject({ created: false, run: { id: first.run.id } });
    }
    expect(await leftBy('twice')).toEqual(before);
  });

  it('starts what is new beside what another process started', async () => {
    const first = await start('old', other);
    const { rings } = await leftBy();
    const subjects = ['a', 'b', 'old', 'c'];
    const all = await Promise.all(subjects.map((subject) => start(subject)));
    expect(all.map(({ created }) => created)).toEqual([true, true, false, true]);
    expect(all.map(({ run }) => run.subject?.id)).toEqual(subjects);
    expect(all[2]?.run.id).toBe(first.run.id);
    expect(await leftBy(...subjects)).toEqual({ runs: 4, events: 4, notes: 4, entries: 4, rings: (rings ?? 0) + 3 });
  });

  it('gives two processes that start equal runs at once the same ones, each created once', async () => {
    const subjects = Array.from({ length: 20 }, (_, i) => `race ${i}`);
    const all = await Promise.all(
      subjects.flatMap((subject, i) =>
        (i % 2 === 0 ? [one, other] : [other, one]).map((engine) => start(subject, engine)),
      ),
    );
    expect(new Set(all.map(({ run }) => run.id)).size).toBe(subjects.length);
    expect(all.filter(({ created }) => created)).toHaveLength(subjects.length);
    expect(await leftBy(...subjects)).toMatchObject({ runs: 20, events: 20, notes: 20, entries: 20 });
  });

  it('gives runs of two processes different ids, and lists them by their time', async () => {
    const ids: string[] = [];
    for (const engine of [one, other, one, other]) ids.push((await start(`turn ${ids.length}`, engine)).run.id);
    expect(new Set(ids).size).toBe(4);
    const { items } = await one.get(MonitoringService, { strict: false }).list(tenant.scope, { limit: 4 });
    expect(items.map(({ id }) => id)).toEqual([...ids].reverse());
  });

  it('leaves nothing of a start whose audit entry is refused, and starts those beside it', async () => {
    await db.database.query(
      `ALTER TABLE audit_entries ADD CONSTRAINT refusing CHECK (subject_name <> 'Probe refused') NOT VALID`,
    );
    try {
      const before = await leftBy();
      await expect(start('refused')).rejects.toMatchObject({ constraint: 'refusing' });
      expect(await leftBy('refused')).toEqual(before);
      const both = await Promise.allSettled([start('refused'), start('beside')]);
      expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect(await leftBy('refused', 'beside')).toMatchObject({ runs: 1, events: 1, notes: 1, entries: 1 });
    } finally {
      await db.database.query('ALTER TABLE audit_entries DROP CONSTRAINT refusing');
    }
    expect((await start('refused')).created).toBe(true);
  });
}

describe('starts, with the doorbell in PostgreSQL', () => starts(() => ({})));

describe('a start whose doorbell in PostgreSQL cannot be rung', () => {
  it('is recorded as failed at once, and the next one is rung for again', async () => {
    const db = await createTestDatabase();
    const engine = await startEngine(testSettings(db.url), { worker: false });
    try {
      const tenant = await aTenant(db.database);
      const user = await aMember(db.database, tenant);
      const runs = engine.get(OperationRunService);
      await db.database.query('ALTER FUNCTION bullmq.add_job RENAME TO add_job_away');
      await expect(runs.start(tenant.scope, user.actor, ProbeRun, { subject: 'x' })).rejects.toMatchObject({
        code: 'dispatch.unavailable',
        details: { body: { created: true, run: { status: 'completed', outcome: 'failed' } } },
      });
      await db.database.query('ALTER FUNCTION bullmq.add_job_away RENAME TO add_job');
      const again = await runs.start(tenant.scope, user.actor, ProbeRun, { subject: 'x' });
      expect(again).toMatchObject({ created: true, run: { status: 'queued' } });
      expect(await engine.get(JobTransport, { strict: false }).waiting(ProbeRun.queue)).toBe(1);
    } finally {
      await engine.close();
      await db.close();
    }
  });
});

describeIfRedis('starts, with the doorbell in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
  });
  starts(() => ({ redisUrl: redis.url }));
  afterAll(() => redis.stop()); // after the engines' own, in the order of declaration
});

describeIfRedis('many starts while Redis does not answer', () => {
  it('wait for it side by side, and each is recorded as failed', async () => {
    const db = await createTestDatabase();
    const redis = await startRedisServer();
    const engine = await startEngine(testSettings(db.url, { redisUrl: redis.url }), { worker: false });
    try {
      const tenant = await aTenant(db.database);
      const user = await aMember(db.database, tenant);
      const runs = engine.get(OperationRunService);
      const start = (subject: string): Promise<StartedRun> =>
        runs.start(tenant.scope, user.actor, ProbeRun, { subject });
      await start('before');
      process.kill(redis.pid, 'SIGSTOP');
      let answered = 0;
      const subjects = Array.from({ length: 100 }, (_, number) => `frozen ${number}`);
      const all = Promise.allSettled(subjects.map((subject) => start(subject).finally(() => (answered += 1))));
      const answeredBefore = await eventually(async () => {
        const [row] = await db.database.query<{ runs: number }>('SELECT count(*)::int AS runs FROM operation_runs');
        return row?.runs === 1 + subjects.length ? answered : undefined;
      });
      expect(answeredBefore).toBe(0);
      for (const result of await all) {
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'dispatch.unavailable' } });
      }
    } finally {
      process.kill(redis.pid, 'SIGCONT');
      await engine.close();
      await redis.stop();
      await db.close();
    }
  });
});
