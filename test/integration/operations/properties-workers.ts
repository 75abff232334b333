import { NO_COUNTS } from '#libs/run-kit/src/run-outcome.js';
import type { RunRow } from '../../../src/modules/operations/data/run-row.js';
import { RunWorkRepository, type Lease } from '../../../src/modules/operations/data/run-work.repository.js';
import { RunSweeper } from '../../../src/modules/operations/recovery/run-sweeper.js';
import { RunCompletion } from '../../../src/modules/operations/work/run-completion.js';
import { RunExecutor } from '../../../src/modules/operations/work/run-executor.js';
import type { Next } from '../../../src/modules/operations/work/run-handover.js';
import type { RunTaker } from '../../../src/modules/operations/work/run-taker.js';
import { meetingAt } from '../../support/faulty-timing.js';
import type { Clock } from './properties-clock.js';
import { chosen, type Action, type Ending } from './properties-commands.js';
import { QUEUE, type FaultyEngine, type Script } from './properties-engine.js';
import { InvariantBroken } from './properties-invariants.js';
import { missingNothing } from './properties-missed.js';

type OnLease = Extract<Action, { lease: number }>;
type Work = Extract<Action, { ending: Ending }>;

/** Workers that reach for a lane at once. */
const RUSHING = 4;
const FINE: Pick<Work, 'items' | 'ending'> = { items: ['success'], ending: 'finish' };
/** Leases that actions choose from: the runs of older ones are mostly completed, and then nothing happens. */
const RECENT = 5;

/** Worker processes and their sweep: what they answer, and the leases that they think they hold, rightly or not. */
export class Workers {
  private readonly leases: RunRow[] = [];
  private readonly claims = new Set<string>();
  private looks = 0;
  private beats = 0;

  constructor(
    private readonly engine: FaultyEngine,
    private readonly clock: Clock,
  ) {}

  /** Answers a ring that waits, as a worker does; `twice` leaves it to be delivered once more. */
  async ring(twice: boolean): Promise<RunRow | undefined> {
    for (;;) {
      const [ring] = await this.engine.inspector.waitingRings(QUEUE, 1);
      if (!ring) return undefined;
      if (!twice) await this.engine.inspector.discard(QUEUE, [ring]);
      const taken = await this.claim(ring.runId);
      if (taken ?? twice) return taken;
    }
  }

  async claim(rungFor: string | undefined): Promise<RunRow | undefined> {
    const taken = await missingNothing(this.engine.db.database, () => this.anyTaker().take(QUEUE, rungFor));
    return taken && this.hold(taken);
  }

  private hold(taken: RunRow): RunRow {
    const claim = `${taken.id}/${taken.lease_epoch}`;
    if (this.claims.has(claim)) throw new InvariantBroken(`I3: two workers were given the epoch ${claim}.`);
    this.claims.add(claim);
    this.leases.push(taken);
    return taken;
  }

  /** Of each worker process in turn: those of one process would look for work together. */
  private anyTaker(): RunTaker {
    this.looks += 1;
    return chosen(this.engine.takers, this.looks);
  }

  /** Answers every ring and works what it leads to, as far as it leads. */
  async workAll(): Promise<void> {
    for (let taken = await this.ring(false); taken; taken = await this.workThenTake(taken));
  }

  /** Works off all that was taken, goes on from there as far as that leads, and answers the rings that are left. */
  async workOff(): Promise<void> {
    for (const lease of [...this.leases]) {
      for (let taken: RunRow | undefined = lease; taken; taken = await this.workThenTake(taken));
    }
    await this.workAll();
  }

  /** More workers than a lane has room for, at the same moment. */
  async rush(): Promise<void> {
    await meetingAt(this.engine.db.database, 'operation_run_events', () =>
      Promise.all(Array.from({ length: RUSHING }, () => this.claim(undefined))),
    );
  }

  private async workAndHold(taken: RunRow, work: Pick<Work, 'items' | 'ending'>): Promise<void> {
    const next = await this.work(taken, work);
    if (typeof next !== 'string') this.hold(next);
  }

  /** As a worker does that goes on: the next run comes with the completion of this one, or is looked for. */
  private async workThenTake(taken: RunRow): Promise<RunRow | undefined> {
    const { database } = this.engine.db;
    const next = await missingNothing(database, async () => {
      const told = await this.work(taken, FINE);
      return told === 'nothing' ? undefined : told;
    });
    if (typeof next === 'object') return this.hold(next);
    const more = next === 'unknown' && (await this.anyTaker().isWaiting(QUEUE));
    return (more ? await this.claim(undefined) : undefined) ?? this.ring(false);
  }

  async withLease(action: OnLease): Promise<void> {
    if (this.leases.length === 0) return;
    const taken = chosen(this.leases.slice(-RECENT), action.lease);
    const lease: Lease = { runId: taken.id, epoch: taken.lease_epoch };
    switch (action.do) {
      case 'beat':
        return this.beat(lease);
      case 'overtake':
        return this.overtake(lease.runId);
      case 'work':
        return this.workAndHold(taken, action);
      case 'wakeLate':
        await this.overtake(lease.runId);
        await this.beat(lease);
        return this.finishBlindly(lease);
      case 'finishAgain':
        return this.finishBlindly(lease);
    }
  }

  /** Prolongs the lease and writes progress that says whose it is, as a worker does that may have lost it long ago. */
  private async beat(lease: Lease): Promise<void> {
    const stale = this.claims.has(`${lease.runId}/${lease.epoch + 1}`);
    this.beats += 1;
    const progress = { ...NO_COUNTS, epoch: lease.epoch, total: this.beats };
    const work = this.engine.context.get(RunWorkRepository, { strict: false });
    const prolonged = await work.heartbeat(lease, progress, 60);
    if (stale && prolonged)
      throw new InvariantBroken(`I5: the lease of run ${lease.runId} was prolonged by the stale epoch ${lease.epoch}.`);
  }

  /** A worker is frozen for longer than its lease, and another takes its run. */
  private async overtake(runId: string): Promise<void> {
    await this.clock.expire(runId);
    await this.sweep();
    await this.claim(runId);
  }

  /** As a worker whose answer was lost, or that was frozen meanwhile; it keeps its lease to try yet again. */
  private async finishBlindly(lease: Lease): Promise<void> {
    await this.engine.context.get(RunCompletion, { strict: false }).complete(
      { by: 'lease', ...lease },
      {
        outcome: 'succeeded',
        counts: { ...NO_COUNTS, total: 1, processed: 1, success: 1 },
        failures: [],
        context: { epoch: lease.epoch, stop: 'finished' },
        items: [
          {
            kind: 'thing',
            itemId: `${lease.epoch}/blind`,
            result: 'success',
            name: null,
            reasonCode: null,
            reason: null,
          },
        ],
      },
    );
  }

  private async work(row: RunRow, { items, ending }: Pick<Work, 'items' | 'ending'>): Promise<Next> {
    const shutdown = new AbortController();
    const script: Script = async (context) => {
      items.forEach((result, at) => {
        const reason = result === 'failed' ? { reasonCode: 'property.refused' } : {};
        context.item({ kind: 'thing', itemId: `${row.lease_epoch}/${at}`, result, ...reason });
      });
      await context.checkLease();
      const epoch = row.lease_epoch;
      if (ending === 'shutdown') shutdown.abort();
      context.signal.throwIfAborted();
      if (ending === 'throw') throw new Error('The handler failed as planned.');
      if (ending === 'abort')
        return { stop: 'aborted', reasonCode: 'property.refused', context: { epoch, stop: 'aborted' } };
      return { stop: 'finished', context: { epoch, stop: 'finished' } };
    };
    this.engine.scripts.set(row.id, script);
    const executed = await this.engine.context.get(RunExecutor, { strict: false }).execute(row, QUEUE, shutdown.signal);
    if (executed.kind === 'completed' && executed.row.lease_epoch !== row.lease_epoch) {
      throw new InvariantBroken(`I5: run ${row.id} was completed by the stale epoch ${row.lease_epoch}.`);
    }
    if (executed.kind === 'released') await this.engine.transport.ring(QUEUE, [{ runId: row.id, seq: executed.seq }]);
    return executed.next;
  }

  async sweep(): Promise<void> {
    await this.engine.context.get(RunSweeper, { strict: false }).sweep();
  }
}
