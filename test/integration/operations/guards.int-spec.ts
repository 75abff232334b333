import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_COUNTS } from '#libs/run-kit/src/run-outcome.js';
import type { Finish, FinishGuard } from '../../../src/modules/operations/data/finish-statement.js';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import { RunRecoveryRepository } from '../../../src/modules/operations/data/run-recovery.repository.js';
import type { RunRow } from '../../../src/modules/operations/data/run-row.js';
import { RunWorkRepository, type Lease } from '../../../src/modules/operations/data/run-work.repository.js';
import { RunCompletion } from '../../../src/modules/operations/work/run-completion.js';
import { ProbeRun } from './engine.js';
import { StartedEngine } from './started-engine.js';

// Real here: PostgreSQL and the statements. Each guard is asked by whoever saw the row before somebody else changed it.

const LANES = [{ kind: ProbeRun.kind, limitPerTenant: Infinity }];
const EXPIRED = `lease_expires_at = now() - interval '1 second'`;
const FAILED: Finish = { outcome: 'failed', counts: NO_COUNTS, failures: [], context: {}, items: [] };

describe('a write to a run by who saw it earlier', () => {
  let engine: StartedEngine;
  let recovery: RunRecoveryRepository;
  let work: RunWorkRepository;

  beforeAll(async () => {
    engine = await StartedEngine.on({}, { worker: false });
    recovery = engine.context.get(RunRecoveryRepository, { strict: false });
    work = engine.context.get(RunWorkRepository, { strict: false });
  });
  afterAll(() => engine?.close());

  async function claim(id: string): Promise<RunRow> {
    const [row] = await engine.context.get(RunClaimsRepository, { strict: false }).claim(LANES, [id], 60);
    if (row?.id !== id) throw new Error('The run could not be claimed.');
    return row;
  }

  const claimed = async (): Promise<RunRow> => claim((await engine.start()).id);
  const leaseOf = ({ id, lease_epoch }: RunRow): Lease => ({ runId: id, epoch: lease_epoch });
  const complete = (guard: FinishGuard): Promise<RunRow | undefined> =>
    engine.context.get(RunCompletion, { strict: false }).complete(guard, FAILED);
  const alter = (id: string, set: string): Promise<unknown> =>
    engine.db.database.query(`UPDATE operation_runs SET ${set} WHERE id = $1`, [id]);
  const rowOf = async ({ id }: { id: string }): Promise<unknown> => {
    const [row] = await engine.db.database.query('SELECT * FROM operation_runs WHERE id = $1', [id]);
    return row;
  };

  async function expired(row: RunRow): Promise<RunRow> {
    await alter(row.id, EXPIRED);
    const seen = (await recovery.expiredLeases()).find(({ id }) => id === row.id);
    if (!seen) throw new Error('The sweep does not see the expired lease.');
    return seen;
  }

  async function expectUntouched(row: RunRow, write: () => Promise<unknown>, nothing: unknown): Promise<void> {
    const before = await rowOf(row);
    expect(await write()).toEqual(nothing);
    expect(await rowOf(row)).toEqual(before);
  }

  it('takes no run from a worker that came back between the look of the sweep and its repair', async () => {
    const seen = await expired(await claimed());
    await work.heartbeat(leaseOf(seen), undefined, 60);
    await expectUntouched(seen, () => recovery.requeue(seen, true), undefined);
    await expectUntouched(seen, () => complete({ by: 'expired', ...leaseOf(seen) }), undefined);
  });

  it('repairs no other lease than the one that the sweep saw', async () => {
    const seen = await expired(await claimed());
    await recovery.requeue(seen, true);
    const second = await claim(seen.id);
    await expired(second);
    await expectUntouched(second, () => recovery.requeue(seen, true), undefined);
    await expectUntouched(second, () => complete({ by: 'expired', ...leaseOf(seen) }), undefined);
    expect(await complete({ by: 'expired', ...leaseOf(second) })).toMatchObject({ outcome: 'failed' });
  });

  it('ends no queued run that was rung for anew, and none that a worker has', async () => {
    const { id } = await engine.start();
    await alter(id, 'dispatch_seq = 2');
    const row = (await rowOf({ id })) as RunRow;
    await expectUntouched(row, () => complete({ by: 'queued', runId: id, seq: 1 }), undefined);
    const worked = await claim(id);
    await expectUntouched(worked, () => complete({ by: 'queued', runId: id, seq: 2 }), undefined);
  });

  it('gives no new ring to a run that has one, or that a worker has', async () => {
    const { id } = await engine.start();
    const seen = (await rowOf({ id })) as RunRow;
    expect(await recovery.redispatch([seen], true)).toHaveLength(1);
    await expectUntouched(seen, () => recovery.redispatch([seen], true), []);
    const worked = await claim(id);
    await expectUntouched(worked, () => recovery.redispatch([worked], true), []);
  });

  it('is nothing when it comes from a lease that is lost, be it a beat, a finish or a release', async () => {
    const lost = await expired(await claimed());
    await recovery.requeue(lost, true);
    const second = await claim(lost.id);
    const counts = { ...NO_COUNTS, total: 9 };
    await expectUntouched(second, () => work.heartbeat(leaseOf(lost), counts, 60), undefined);
    await expectUntouched(second, () => complete({ by: 'lease', ...leaseOf(lost) }), undefined);
    await expectUntouched(second, () => work.release(leaseOf(lost)), undefined);
  });
});
