import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/context/actor.js';
import type { RequestContext } from '../../../platform/context/request-context.js';
import { Database } from '../../../platform/database/database.js';
import type { NewRun } from '../data/new-row.js';
import { isRefusedAsActive, RunStartsRepository, type FoundRun } from '../data/run-starts.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RingRefused, RunDispatcher } from './run-dispatcher.js';
import { RunRecords } from './run-records.js';

/** Of 4,000 colliding starts 4 to 6 met the snapshot race once (measured); five looks in a row are not luck any more. */
const LOOKS = 5;

/** One person's wish for a run. */
export interface WantedRun {
  run: NewRun;
  actor: Actor;
  context: RequestContext;
}

/**
 * Writes runs and what belongs to them: events, notes, audit entries and, where the transport is transactional, jobs. No
 * two of the runs that are given together are equal.
 */
@Injectable()
export class RunWriter {
  constructor(
    private readonly database: Database,
    private readonly starts: RunStartsRepository,
    private readonly dispatcher: RunDispatcher,
    private readonly records: RunRecords,
  ) {}

  /**
   * Commits all of them as new runs, in one round trip. Answers undefined, with nothing written, when an equal run of one
   * is active.
   * @throws RingRefused when the transport in the transaction refused
   */
  async insertAll(wanted: readonly WantedRun[]): Promise<FoundRun[] | undefined> {
    const { transactional } = this.dispatcher;
    const runs = await this.starts.number(wanted.map(({ run }) => run));
    const rows = runs.map(({ row }) => row);
    try {
      const inserted = await this.database.transaction(async () => {
        const insertion = this.starts.insert(runs, transactional);
        await this.records.begun(wanted.flatMap((one, at) => (rows[at] ? [{ ...one, row: rows[at] }] : [])));
        if (transactional) await this.dispatcher.ringInTransaction(toRing(rows), { last: true });
        return insertion;
      });
      return inserted().map((row) => ({ row, created: true }));
    } catch (error) {
      if (isRefusedAsActive(error instanceof RingRefused ? error.cause : error)) return undefined;
      throw error;
    }
  }

  /**
   * Inserts each run, or finds the active one with the same identity; must run in a transaction. Undefined where neither
   * was there, look after look.
   */
  async insertOrFindAll(wanted: readonly WantedRun[]): Promise<(FoundRun | undefined)[]> {
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

/** Those of new runs that do not wait for a person. */
export function toRing<Row extends Pick<RunRow, 'held_until'>>(rows: readonly Row[]): Row[] {
  return rows.filter(({ held_until }) => held_until === null);
}
