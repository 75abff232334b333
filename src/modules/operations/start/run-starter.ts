import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/context/actor.js';
import type { RequestContext } from '../../../platform/context/request-context.js';
import { Coalescer } from '../../../platform/batching/coalescer.js';
import { Database } from '../../../platform/database/database.js';
import { currentUnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RunStartsRepository, type FoundRun, type NewRun } from '../data/run-starts.repository.js';
import { RunChanges } from '../live/run-changes.js';
import { StartContended } from '../operations.errors.js';
import { RecentlyActive } from './recently-active.js';
import { RingRefused, RunDispatcher } from './run-dispatcher.js';
import { RunRecords } from './run-records.js';

/** Of 4,000 colliding starts 4 to 6 met the snapshot race once (measured); five looks in a row are not luck any more. */
const LOOKS = 5;
/**
 * What shares one commit at most, and how many commits may be under way: one is being written while one fills. With twice
 * as much in one, and 64 callers, there was never a second one, and a third fewer starts per second (measured).
 */
const TOGETHER = { most: 32, atOnce: 2 };

/** One person's wish for a run. */
export interface WantedRun {
  run: NewRun;
  actor: Actor;
  context: RequestContext;
}

export interface Started extends FoundRun {
  /** Completed as failed already, because the transport could not be told. */
  undispatched: boolean;
}

/**
 * Inserts runs, or finds the active ones with the same identity, and rings for the new ones. Starts that come at the
 * same moment share one transaction: row, event, note, audit entry and, where the transport is transactional, the job.
 */
@Injectable()
export class RunStarter {
  private readonly recentlyActive = new RecentlyActive();
  private readonly together = new Coalescer<WantedRun, Started>((wanted) => this.startAll(wanted), TOGETHER);

  constructor(
    private readonly database: Database,
    private readonly starts: RunStartsRepository,
    private readonly dispatcher: RunDispatcher,
    private readonly records: RunRecords,
    private readonly changes: RunChanges,
  ) {}

  /**
   * Inside a transaction of the caller the run commits with it, and is rung for with it or after it.
   * @throws StartContended when equal runs kept ending between insert and look
   */
  async start(wanted: WantedRun): Promise<Started> {
    const started = await (currentUnitOfWork() ? this.startWithin(wanted) : this.together.add(wanted));
    await this.database.afterCommit(() => {
      this.changes.started(started.row, started.created);
      if (started.undispatched) this.changes.undispatched(started.row);
      return Promise.resolve();
    });
    return started;
  }

  private async startWithin(wanted: WantedRun): Promise<Started> {
    const [found] = await this.insertAll([wanted]);
    if (!found) throw new StartContended();
    if (isToRing(found)) {
      if (this.dispatcher.transactional) await this.dispatcher.ringInTransaction([found.row]);
      else await this.database.afterCommit(async () => void (await this.dispatcher.ringAfterCommit([found.row])));
    }
    return { ...found, undispatched: false };
  }

  private async startAll(wanted: readonly WantedRun[]): Promise<PromiseSettledResult<Started>[]> {
    const firsts = new Map<string, WantedRun>();
    for (const one of wanted) if (!firsts.has(keyOf(one.run))) firsts.set(keyOf(one.run), one);
    const started = new Map<string, Started>();
    try {
      for (const [key, active] of await this.lookForActive(firsts)) started.set(key, active);
      const missing = [...firsts].flatMap(([key, one]) => (started.has(key) ? [] : [one]));
      if (missing.length > 0) for (const [key, one] of await this.commit(missing)) started.set(key, one);
    } catch (error) {
      if (firsts.size === 1) throw error;
      // One that cannot be written must not take the others with it.
      const alone: PromiseSettledResult<Started>[] = [];
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
      this.recentlyActive.see(key);
      return { status: 'fulfilled', value: { ...found, created } };
    });
  }

  /** Those that are likely to be active still are looked for before anything is written: one read instead of a commit. */
  private async lookForActive(wanted: ReadonlyMap<string, WantedRun>): Promise<Map<string, Started>> {
    const likely = [...wanted].filter(([key]) => this.recentlyActive.has(key));
    if (likely.length === 0) return new Map();
    const found = await this.starts.findActive(likely.map(([, { run }]) => run));
    const active = new Map<string, Started>();
    likely.forEach(([key], at) => {
      const one = found[at];
      if (one) active.set(key, { ...one, undispatched: false });
      else this.recentlyActive.forget(key);
    });
    return active;
  }

  private async startAlone(wanted: WantedRun): Promise<PromiseSettledResult<Started>[]> {
    return this.startAll([wanted]).catch((reason: unknown) => [{ status: 'rejected', reason }]);
  }

  private async commit(wanted: readonly WantedRun[]): Promise<Map<string, Started>> {
    let found: (FoundRun | undefined)[];
    try {
      found = await this.database.transaction(async () => {
        const inserted = await this.insertAll(wanted);
        if (this.dispatcher.transactional) await this.dispatcher.ringInTransaction(toRing(inserted), { last: true });
        return inserted;
      });
    } catch (error) {
      if (!(error instanceof RingRefused) || wanted.length > 1) throw error;
      found = await this.database.transaction(() => this.insertAll(wanted));
      return this.answer(wanted, found, await this.dispatcher.fail(toRing(found)));
    }
    const failed = this.dispatcher.transactional ? [] : await this.dispatcher.ringAfterCommit(toRing(found));
    return this.answer(wanted, found, failed);
  }

  private answer(
    wanted: readonly WantedRun[],
    found: readonly (FoundRun | undefined)[],
    failed: readonly FoundRun['row'][],
  ): Map<string, Started> {
    const failedById = new Map(failed.map((row) => [row.id, row]));
    const started = new Map<string, Started>();
    wanted.forEach(({ run }, at) => {
      const one = found[at];
      if (!one) return;
      const row = failedById.get(one.row.id);
      started.set(keyOf(run), row ? { row, created: true, undispatched: true } : { ...one, undispatched: false });
    });
    return started;
  }

  /** Looks again for those that were neither inserted nor found; must run in a transaction. */
  private async insertAll(wanted: readonly WantedRun[]): Promise<(FoundRun | undefined)[]> {
    const found: (FoundRun | undefined)[] = await this.insertOrFind(wanted.map(({ run }) => run));
    for (let look = 1; look < LOOKS && found.includes(undefined); look += 1) {
      const missing = wanted.flatMap((one, at) => (found[at] ? [] : [{ at, run: one.run }]));
      const again = await this.insertOrFind(missing.map(({ run }) => run));
      missing.forEach(({ at }, i) => (found[at] = again[i]));
    }
    const begun = wanted.flatMap(({ actor, context }, at) => {
      const one = found[at];
      return one?.created ? [{ row: one.row, actor, context }] : [];
    });
    await this.records.begun(begun);
    return found;
  }

  private insertOrFind(runs: readonly NewRun[]): Promise<(FoundRun | undefined)[]> {
    return this.starts.insertOrFind(runs, this.dispatcher.transactional);
  }
}

function keyOf(run: NewRun): string {
  return `${run.tenantId}/${run.identity}`;
}

function isToRing({ created, row }: FoundRun): boolean {
  return created && row.held_until === null;
}

function toRing(found: readonly (FoundRun | undefined)[]): FoundRun['row'][] {
  return found.flatMap((one) => (one && isToRing(one) ? [one.row] : []));
}
