import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Finish } from '../../../src/modules/operations/data/finish-statement.js';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import type { RunRow } from '../../../src/modules/operations/data/run-row.js';
import { RunChanges } from '../../../src/modules/operations/live/run-changes.js';
import type { RunRegistry } from '../../../src/modules/operations/registry/run-registry.js';
import { HandoverTransaction } from '../../../src/modules/operations/work/handover-transaction.js';
import { RunCompletion } from '../../../src/modules/operations/work/run-completion.js';
import { RunHandover, type HandedOver } from '../../../src/modules/operations/work/run-handover.js';
import { RunTaker } from '../../../src/modules/operations/work/run-taker.js';
import { somebodyWaits } from '../../support/somebody-waits.js';
import { ProbeRun } from './engine.js';
import { gate, StartedEngine } from './started-engine.js';

// Real here: PostgreSQL and the engine. The tests take and complete by hand, as the lanes of a worker would.

const DONE: Finish = {
  outcome: 'succeeded',
  counts: { total: 1, processed: 1, success: 1, failed: 0, skipped: 0 },
  failures: [],
  context: {},
  items: [],
};

/** As another process does that has not committed yet: takes the run for the place that is left in its tenant. */
const CLAIM_LAST_PLACE = `
  UPDATE operation_runs r SET status = 'running', lease_epoch = 1, attempt = 1, started_at = now(), claimed_at = now(),
    lease_expires_at = now() + interval '1 minute', slot = (
      SELECT n FROM generate_series(1, $2) n
      WHERE NOT EXISTS (SELECT FROM operation_runs o WHERE o.tenant_id = r.tenant_id AND o.slot = n) LIMIT 1)
  WHERE id = $1`;
const GOES_ON = new AbortController().signal;

describe('the way from one run to the next', () => {
  let engine: StartedEngine;

  beforeEach(async () => {
    engine = await StartedEngine.on({}, { worker: false });
  });

  afterEach(() => engine.close());

  /** Starts so many runs and takes them. */
  async function taken(runs: number): Promise<RunRow[]> {
    const taker = engine.context.get(RunTaker, { strict: false });
    const ids = await Promise.all(Array.from({ length: runs }, async () => (await engine.start()).id));
    const rows = await Promise.all(ids.map((id) => taker.take(ProbeRun.queue, id)));
    return rows.flatMap((row) => row ?? []);
  }

  function complete(held: RunRow, until = GOES_ON): Promise<HandedOver> {
    return engine.context.get(RunHandover, { strict: false }).complete(held, DONE, { queue: ProbeRun.queue, until });
  }

  async function only<T>(rows: Promise<T[]>): Promise<T> {
    const [row, ...more] = await rows;
    if (row === undefined || more.length > 0) throw new Error('There is not exactly one.');
    return row;
  }

  async function transactionOf(runId: string, kind: string): Promise<string> {
    const { xid } = await only(
      engine.db.database.query<{ xid: string }>(
        `SELECT xid::text FROM operation_run_events WHERE run_id = $1 AND kind = $2`,
        [runId, kind],
      ),
    );
    return xid;
  }

  async function terminalNotes(runId: string): Promise<number> {
    const { notes } = await only(
      engine.db.database.query<{ notes: number }>(
        `SELECT count(*)::int AS notes FROM notifications WHERE run_id = $1 AND kind = 'terminal'`,
        [runId],
      ),
    );
    return notes;
  }

  async function alter(runId: string, set: string): Promise<void> {
    await engine.db.database.query(`UPDATE operation_runs SET ${set} WHERE id = $1`, [runId]);
  }

  const idOf = ({ next }: HandedOver): string => (typeof next === 'string' ? next : next.id);

  it('completes a run and takes the next in one commit', async () => {
    const [held] = (await taken(1)) as [RunRow];
    const waiting = await engine.start();
    const { row, next } = await complete(held);
    expect(row).toMatchObject({ id: held.id, status: 'completed', outcome: 'succeeded' });
    expect(next).toMatchObject({ id: waiting.id, status: 'running', attempt: 1 });
    expect(await transactionOf(waiting.id, 'claimed')).toBe(await transactionOf(held.id, 'completed'));
    expect(await terminalNotes(held.id)).toBe(1);
  });

  it('completes many beside a completion that waits, where no tenant has a limit', async () => {
    const { context, db } = engine;
    await Promise.all(Array.from({ length: 33 }, () => engine.start()));
    const lanes = [{ kind: ProbeRun.kind, limitPerTenant: Infinity }];
    const anyRuns = Array.from({ length: 33 }, () => undefined);
    const claimed = await context.get(RunClaimsRepository, { strict: false }).claim(lanes, anyRuns, 60);
    const [slow, ...others] = claimed as [RunRow, ...RunRow[]];
    const unlimited = { all: () => [{ type: { ...ProbeRun, limitPerTenant: Infinity } }] } as unknown as RunRegistry;
    const handover = new RunHandover(
      context.get(HandoverTransaction, { strict: false }),
      context.get(RunCompletion, { strict: false }),
      unlimited,
      context.get(RunChanges, { strict: false }),
    );
    const onward = { queue: ProbeRun.queue, until: GOES_ON };
    const elsewhere = gate();
    const otherWriter = db.database.transaction(async () => {
      await db.database.query(`UPDATE operation_runs SET updated_at = now() WHERE id = $1`, [slow.id]);
      await elsewhere.wait();
    });
    await elsewhere.reached;
    const waits = handover.complete(slow, DONE, onward);
    await somebodyWaits(db.database);
    const beside = await Promise.all(others.map((held) => handover.complete(held, DONE, onward)));
    expect(new Set(beside.map(({ row }) => row?.status))).toEqual(new Set(['completed']));
    expect(await engine.find(slow)).toMatchObject({ status: 'running' });
    elsewhere.open();
    await otherWriter;
    expect(await waits).toMatchObject({ row: { status: 'completed' }, next: 'nothing' });
  });

  it('says that nothing is left, and looks for nothing where the worker stops', async () => {
    const [first, second] = (await taken(2)) as [RunRow, RunRow];
    expect((await complete(first)).next).toBe('nothing');
    const waiting = await engine.start();
    expect(await complete(second, AbortSignal.abort())).toMatchObject({
      row: { status: 'completed' },
      next: 'unknown',
    });
    expect(await engine.find(waiting)).toMatchObject({ status: 'queued' });
  });

  it('gives lanes that end together a run each, for as long as there are any', async () => {
    const held = await taken(3);
    const waiting = await Promise.all([engine.start(), engine.start()]);
    const handedOver = await Promise.all(held.map((row) => complete(row)));
    expect(handedOver.map(idOf)).toEqual(expect.arrayContaining(waiting.map(({ id }) => id)));
    expect(handedOver.filter(({ next }) => typeof next === 'string')).toHaveLength(1);
    expect(new Set(await Promise.all(held.map(({ id }) => transactionOf(id, 'completed')))).size).toBe(1);
  });

  it('takes for a tenant no more than may work at once in it', async () => {
    const held = await taken(ProbeRun.limitPerTenant);
    await Promise.all(Array.from({ length: 3 }, () => engine.start()));
    const [first] = held as [RunRow];
    expect((await complete(first)).next).toMatchObject({ status: 'running' });
    const { running } = await only(
      engine.db.database.query<{ running: number }>(
        `SELECT count(*)::int AS running FROM operation_runs WHERE status = 'running'`,
      ),
    );
    expect(running).toBe(ProbeRun.limitPerTenant);
  });

  it('writes nothing to a run whose lease is lost, and completes those that ended beside it', async () => {
    const [lost, held] = (await taken(2)) as [RunRow, RunRow];
    await alter(lost.id, 'lease_epoch = lease_epoch + 1');
    const [ofLost, ofHeld] = await Promise.all([complete(lost), complete(held)]);
    expect(ofLost).toEqual({ row: undefined, next: 'unknown' });
    expect(ofHeld.row).toMatchObject({ id: held.id, status: 'completed' });
    expect(await engine.find(lost)).toMatchObject({ status: 'running', outcome: 'pending' });
    expect([await terminalNotes(lost.id), await terminalNotes(held.id)]).toEqual([0, 1]);
  });

  it('completes the run of a person who was removed while it worked', async () => {
    const [held] = (await taken(1)) as [RunRow];
    await engine.db.database.query(`DELETE FROM users WHERE id = $1`, [held.user_id]);
    expect(await complete(held)).toMatchObject({ row: { status: 'completed', user_id: null } });
    expect(await terminalNotes(held.id)).toBe(0);
  });

  it('completes a run, and leaves the look to the worker, when another process takes what it reached for', async () => {
    const [held] = (await taken(1)) as [RunRow];
    const other = await engine.another();
    const taker = engine.context.get(RunTaker, { strict: false });
    for (let place = 1; place < ProbeRun.limitPerTenant; place += 1) {
      await taker.take(ProbeRun.queue, (await engine.start(other)).id);
    }
    const [theirs, left] = [await engine.start(other), await engine.start(other)];
    const elsewhere = gate();
    const theirClaim = engine.db.database.transaction(async () => {
      await engine.db.database.query(CLAIM_LAST_PLACE, [theirs.id, ProbeRun.limitPerTenant]);
      await elsewhere.wait();
    });
    await elsewhere.reached;
    const handedOver = complete(held);
    await somebodyWaits(engine.db.database);
    elsewhere.open();
    await theirClaim;
    expect(await handedOver).toMatchObject({ row: { id: held.id, status: 'completed' }, next: 'unknown' });
    expect(await engine.find(left, other)).toMatchObject({ status: 'queued' });
    expect(await terminalNotes(held.id)).toBe(1);
  });
});
