import { Injectable } from '@nestjs/common';
import { Coalescer } from '../../../platform/batching/coalescer.js';
import { Database } from '../../../platform/database/database.js';
import { currentUnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { NewRun } from '../data/new-row.js';
import type { RunRow, ShownRow } from '../data/run-row.js';
import type { FoundRun } from '../data/run-starts.repository.js';
import { RunChanges } from '../live/run-changes.js';
import { StartContended } from '../operations.errors.js';
import { ActiveRuns } from './active-runs.js';
import { RingRefused, RunDispatcher } from './run-dispatcher.js';
import { RunWriter, toRing, type WantedRun } from './run-writer.js';

/**
 * What shares one commit at most, and how many commits may be under way: one is being written while one fills. With twice
 * as much in one, and 64 callers, there was never a second one, and a third fewer starts per second (measured).
 */
const TOGETHER = { most: 32, atOnce: 2 };

export interface Started {
  row: ShownRow;
  created: boolean;
  /** Completed as failed already, because the transport could not be told. */
  undispatched: boolean;
}

/** A run that is there for all to see; of a new one it may still turn out that nobody could be told. */
interface Committed extends Omit<Started, 'undispatched'> {
  /** Those of its batch that were completed as failed, once the transport has answered. */
  failed?: Promise<readonly RunRow[]>;
}

/**
 * Inserts runs, or finds the active ones with the same identity, and rings for the new ones. Starts that come at the
 * same moment share one transaction: row, event, note, audit entry and, where the transport is transactional, the job.
 */
@Injectable()
export class RunStarter {
  private readonly together = new Coalescer<WantedRun, Committed>((wanted) => this.startAll(wanted), TOGETHER);

  constructor(
    private readonly database: Database,
    private readonly active: ActiveRuns,
    private readonly dispatcher: RunDispatcher,
    private readonly writer: RunWriter,
    private readonly changes: RunChanges,
  ) {}

  /**
   * Inside a transaction of the caller the run commits with it, and is rung for with it or after it.
   * @throws StartContended when equal runs kept ending between insert and look
   */
  async start(wanted: WantedRun): Promise<Started> {
    const started = await (currentUnitOfWork() ? this.startWithin(wanted) : this.startTogether(wanted));
    await this.database.afterCommit(() => {
      this.changes.started(started.row, started.created);
      if (started.undispatched) this.changes.undispatched(started.row);
      return Promise.resolve();
    });
    return started;
  }

  private async startWithin(wanted: WantedRun): Promise<Started> {
    const [found] = await this.writer.insertOrFindAll([wanted]);
    if (!found) throw new StartContended();
    const rows = rowsToRing([found]);
    if (this.dispatcher.transactional) await this.dispatcher.ringInTransaction(rows);
    else await this.database.afterCommit(async () => void (await this.dispatcher.ringAfterCommit(rows)));
    return { ...found, undispatched: false };
  }

  /** A transport that is slow to answer keeps those waiting that it was asked for, and nobody who comes after them. */
  private async startTogether(wanted: WantedRun): Promise<Started> {
    const { row, created, failed } = await this.together.add(wanted);
    const ended = failed && (await failed).find(({ id }) => id === row.id);
    return { row: ended ?? row, created, undispatched: ended !== undefined };
  }

  private async startAll(wanted: readonly WantedRun[]): Promise<PromiseSettledResult<Committed>[]> {
    const firsts = new Map<string, WantedRun>();
    for (const one of wanted) if (!firsts.has(keyOf(one.run))) firsts.set(keyOf(one.run), one);
    const started = new Map<string, Committed>();
    try {
      const likely = this.active.likely(firsts);
      if (likely.length > 0) {
        for (const [key, row] of await this.active.find(likely)) started.set(key, { row, created: false });
      }
      const missing = [...firsts].flatMap(([key, one]) => (started.has(key) ? [] : [one]));
      if (missing.length > 0) for (const [key, one] of await this.commit(missing)) started.set(key, one);
    } catch (error) {
      if (firsts.size === 1) throw error;
      // One that cannot be written must not take the others with it.
      const alone: PromiseSettledResult<Committed>[] = [];
      for (const one of wanted) alone.push(...(await this.startAlone(one)));
      return alone;
    }
    const givenOut = new Set<string>();
    return wanted.map(({ run }) => {
      const key = keyOf(run);
      const found = started.get(key);
      if (!found) return { status: 'rejected', reason: new StartContended() };
      const created = found.created && !givenOut.has(key);
      givenOut.add(key);
      this.active.expect(key);
      return { status: 'fulfilled', value: { ...found, created } };
    });
  }

  private async startAlone(wanted: WantedRun): Promise<PromiseSettledResult<Committed>[]> {
    return this.startAll([wanted]).catch((reason: unknown) => [{ status: 'rejected', reason }]);
  }

  private async commit(wanted: readonly WantedRun[]): Promise<Map<string, Committed>> {
    const { transactional } = this.dispatcher;
    try {
      const found = (await this.writer.insertAll(wanted)) ?? (await this.commitWhatIsNew(wanted, transactional));
      return committed(wanted, found, transactional ? undefined : (rows) => this.dispatcher.ringAfterCommit(rows));
    } catch (error) {
      if (!(error instanceof RingRefused) || wanted.length > 1) throw error;
      const found = await this.commitWhatIsNew(wanted, false);
      return committed(wanted, found, (rows) => this.dispatcher.fail(rows, error.cause));
    }
  }

  private commitWhatIsNew(wanted: readonly WantedRun[], ring: boolean): Promise<(FoundRun | undefined)[]> {
    return this.database.transaction(async () => {
      const found = await this.writer.insertOrFindAll(wanted);
      if (ring) await this.dispatcher.ringInTransaction(rowsToRing(found), { last: true });
      return found;
    });
  }
}

/** @param tell what is done for the new ones after their commit; answers those that it completed as failed */
function committed(
  wanted: readonly WantedRun[],
  found: readonly (FoundRun | undefined)[],
  tell?: (rows: RunRow[]) => Promise<readonly RunRow[]>,
): Map<string, Committed> {
  const rows = rowsToRing(found);
  const failed = tell && rows.length > 0 ? { failed: tell(rows) } : {};
  return new Map(
    wanted.flatMap(({ run }, at) => {
      const one = found[at];
      return one ? [[keyOf(run), one.created ? { ...one, ...failed } : one] as const] : [];
    }),
  );
}

function keyOf(run: NewRun): string {
  return `${run.tenantId}/${run.identity}`;
}

function rowsToRing(found: readonly (FoundRun | undefined)[]): RunRow[] {
  return toRing(found.flatMap((one) => (one?.created ? [one.row] : [])));
}
