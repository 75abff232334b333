import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NotificationDto } from '../../../src/modules/notifications/http/notifications.dto.js';
import { LiveNotesRepository, type NotesSince } from '../../../src/modules/notifications/live-notes.repository.js';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { eventually } from '../../support/eventually.js';
import { LiveProcesses, type Follower, type LiveProcess } from './live-processes.js';
import { gate } from './started-engine.js';
import type { StreamReader } from './stream-reader.js';

// Real here: API processes on ports that come and go, PostgreSQL, the engine with a worker, HTTP read as it comes.
// Replaced: the handler's work.

describe('a stream that is resumed', () => {
  let processes: LiveProcesses;
  /** Starts and works runs, and stays. */
  let worker: LiveProcess;

  beforeAll(async () => {
    processes = await LiveProcesses.on();
    worker = await processes.start({ worker: true });
  });
  afterAll(() => processes?.close());

  const newcomer = async (): Promise<Follower> => (await processes.tenant(worker))[0] as Follower;
  const listed = async (who: Follower): Promise<RunView[]> => {
    const answer = await worker.call(who, `/tenants/${who.tenantId}/operations?limit=100`);
    return ((await answer.json()) as { items: RunView[] }).items;
  };

  const everyRunCompleted = (who: Follower): Promise<true> =>
    eventually(async () => {
      const answer = await worker.call(who, `/tenants/${who.tenantId}/operations?status=queued,running`);
      return ((await answer.json()) as { items: RunView[] }).items.length === 0 ? true : undefined;
    });

  /** Where somebody stands who has seen all that there is. */
  const positionOf = async (who: Follower): Promise<string> => {
    const stream = await worker.follow(who);
    await stream.until(({ name }) => name === 'beat');
    await stream.close();
    return stream.lastEventId;
  };
  /** A heartbeat moves the time of the last write, and is nothing to tell. */
  const told = (run: RunView | undefined): string => JSON.stringify({ ...run, updatedAt: undefined });

  it('loses nothing of what happens while its process is away, whatever happens', async () => {
    type Deed = 'finish' | 'fail' | 'wait' | 'release' | 'cancel';
    const deed = fc.constantFrom<Deed>('finish', 'fail', 'wait', 'release', 'cancel');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(deed, { maxLength: 8 }), { minLength: 2, maxLength: 3 }), async (rounds) => {
        const who = await newcomer();
        const gates = new Map<string, ReturnType<typeof gate>>();
        worker.script(async ({ subject }, context) => {
          if (subject.startsWith('fail')) return { stop: 'aborted', reasonCode: 'probe.refused' };
          await gates.get(subject)?.wait(context.signal);
          return { stop: 'finished' };
        });
        let started = 0;
        const begin = (what: string): Promise<RunView> => worker.start(who, `${what} ${(started += 1)}`);
        const perform: Record<Deed, () => Promise<unknown>> = {
          finish: () => begin('finish'),
          fail: () => begin('fail'),
          wait: () => {
            gates.set(`wait ${started + 1}`, gate());
            return begin('wait');
          },
          release: () => Promise.resolve([...gates.values()].at(started % Math.max(gates.size, 1))?.open()),
          cancel: async () => {
            const active = (await listed(who)).find(({ status }) => status !== 'completed');
            if (active)
              await worker.call(who, `/tenants/${who.tenantId}/operations/${active.id}/cancel`, { method: 'POST' });
          },
        };

        const known = new Map<string, RunView>();
        const notes = new Set<string>();
        let position = await positionOf(who);
        for (const deeds of rounds) {
          for (const one of deeds) await perform[one]();
          const api = await processes.start();
          const stream = await api.follow(who, position);
          await eventually(async () => {
            for (const view of stream.named('run') as RunView[]) known.set(view.id, view);
            for (const note of stream.named('notification') as NotificationDto[]) notes.add(note.id);
            const { items } = (await (await worker.call(who, '/notifications?limit=100')).json()) as {
              items: NotificationDto[];
            };
            const runs = await listed(who);
            const same = runs.every((run) => told(known.get(run.id)) === told(run));
            return same && items.every(({ id }) => notes.has(id)) ? true : undefined;
          });
          expect(stream.named('reset')).toEqual([]);
          position = stream.lastEventId;
          await processes.stop(api);
        }
        for (const one of gates.values()) one.open();
      }),
      { numRuns: 6 },
    );
  }, 180_000);

  it('is told of a transaction that began before its position and ended after, and waits for none', async () => {
    const who = await newcomer();
    worker.script(() => Promise.resolve({ stop: 'finished' }));
    const api = await processes.start();
    const slow = await worker.start(who, 'slow');
    await eventually(async () => ((await api.detail(who, slow.id)).status === 'completed' ? true : undefined));

    const transaction = processes.db.dataSource.createQueryRunner();
    await transaction.startTransaction();
    await transaction.query(`INSERT INTO operation_run_events (tenant_id, run_id, kind) VALUES ($1, $2, 'noted')`, [
      who.tenantId,
      slow.id,
    ]);
    const stream = await api.follow(who);
    const quick = await worker.start(who, 'quick');
    const isQuick = ({ name, data }: { name: string; data: unknown }): boolean =>
      name === 'run' && (data as RunView).id === quick.id && (data as RunView).status === 'completed';
    await stream.until(isQuick);
    const position = stream.lastEventId;
    await stream.close();
    await transaction.commitTransaction();
    await transaction.release();

    const resumed = await api.follow(who, position);
    await resumed.until(({ name }) => name === 'beat');
    expect((resumed.named('run') as RunView[]).map(({ id }) => id)).toContain(slow.id);
    await resumed.close();
    await processes.stop(api);
  });

  it('looks through a bounded number of events for somebody’s notes, and says where there are more', async () => {
    const who = await newcomer();
    worker.script(() => Promise.resolve({ stop: 'finished' }));
    const { database } = processes.db;
    const [before] = await database.query<{ now: string }>('SELECT pg_current_snapshot()::text AS now');
    const run = await worker.start(who);
    const scope = grantTenantScope(who.tenantId);
    const read = (): Promise<NotesSince> => worker.get(LiveNotesRepository).read(scope, [who.userId], before?.now, 200);
    await everyRunCompleted(who);
    const few = await read();
    expect([few.complete, few.rows.map(({ kind }) => kind)]).toEqual([true, ['queued', 'terminal']]);
    await database.query(
      `INSERT INTO operation_run_events (tenant_id, run_id, kind) SELECT $1, $2, 'noted' FROM generate_series(1, 10000)`,
      [who.tenantId, run.id],
    );
    expect((await read()).complete).toBe(false);
  });

  it('finds by looking what nobody signalled', async () => {
    const who = await newcomer();
    const api = await processes.start({ timings: { beatMs: 100 } });
    const { database } = processes.db;
    // Written past the engine, which would signal it, and held, so that nobody works it.
    const [run] = await database.query<{ id: string }>(
      `INSERT INTO operation_runs (tenant_id, initiator_name, type, run_identity_hash, payload, correlation_id, held_until)
       VALUES ($1, 'Nobody', 'probe.work', sha256('held'), '{"subject": "held"}', 'none', now() + interval '1 day') RETURNING id`,
      [who.tenantId],
    );
    const stream = await api.follow(who);
    await stream.beat();
    expect(stream.named('run')).toHaveLength(1);
    await stream.beat();
    expect(stream.named('run')).toHaveLength(1);
    await database.query(`INSERT INTO operation_run_events (tenant_id, run_id, kind) VALUES ($1, $2, 'noted')`, [
      who.tenantId,
      run?.id ?? null,
    ]);
    await stream.until(() => stream.named('run').length === 2);
    await stream.close();
    await processes.stop(api);
  });

  describe('says reset and goes on', () => {
    const resets = async (who: Follower, position: string): Promise<{ reasons: unknown[]; stream: StreamReader }> => {
      const stream = await worker.follow(who, position);
      const missed = await stream.first();
      const reasons = missed
        .filter(({ name }) => name === 'reset')
        .map(({ data }) => (data as { reason: string }).reason);
      return { reasons, stream };
    };

    it('from a position that is none of this tenant’s, or of a future that was taken back', async () => {
      const [who, foreign] = [await newcomer(), await newcomer()];
      worker.script(() => Promise.resolve({ stop: 'finished' }));
      const own = who.tenantId.slice(0, 8);
      const positions: [string, string][] = [
        ['nonsense', 'unknown_position'],
        [`${own}-0`, 'unknown_position'],
        [`${own}-12345678901234567890`, 'unknown_position'],
        [`${own}-1, ${own}-2`, 'unknown_position'],
        [`${foreign.tenantId.slice(0, 8)}-1000`, 'unknown_position'],
        ['x'.repeat(4_000), 'unknown_position'],
        [`${own}-9999999999999999999`, 'too_much'],
      ];
      for (const [position, reason] of positions) {
        const { reasons, stream } = await resets(who, position);
        expect([position, reasons]).toEqual([position, [reason]]);
        const run = await worker.start(who);
        await stream.until(({ name, data }) => name === 'run' && (data as RunView).id === run.id);
        expect((await resets(who, stream.lastEventId)).reasons).toEqual([]);
        await stream.close();
      }
    });

    it('when more happened than is worth telling, one by one', async () => {
      const who = await newcomer();
      worker.script(() => Promise.resolve({ stop: 'finished' }));
      const position = await positionOf(who);
      await Promise.all(Array.from({ length: 150 }, (_, i) => worker.start(who, `first ${i}`)));
      const few = await resets(who, position);
      expect(few.reasons).toEqual([]);
      expect(new Set((few.stream.named('run') as RunView[]).map(({ id }) => id)).size).toBe(150);
      await Promise.all(Array.from({ length: 51 }, (_, i) => worker.start(who, `second ${i}`)));
      await everyRunCompleted(who);
      const many = await resets(who, position);
      expect(many.reasons).toEqual(['too_much']);
      expect((await resets(who, many.stream.lastEventId)).reasons).toEqual([]);
    });
  });

  it('tells nothing twice while a transaction of somebody else stays open', async () => {
    const who = await newcomer();
    worker.script(() => Promise.resolve({ stop: 'finished' }));
    const transaction = processes.db.dataSource.createQueryRunner();
    await transaction.startTransaction();
    await transaction.query('SELECT pg_current_xact_id()');
    try {
      await Promise.all(Array.from({ length: 20 }, (_, i) => worker.start(who, `run ${i}`)));
      await everyRunCompleted(who);
      const resumed = await worker.follow(who, await positionOf(who));
      expect(await resumed.first()).toEqual([]);
      await resumed.close();
    } finally {
      await transaction.rollbackTransaction();
      await transaction.release();
    }
  });
});
