import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ActiveRunsRepository, type ActiveRun } from '../data/active-runs.repository.js';
import type { ShownRow } from '../data/run-row.js';
import { frozen } from './frozen.js';
import type { WantedRun } from './run-writer.js';

/** A click comes again within seconds or not at all; what is forgotten costs one statement more, nothing else. */
const KEPT = { identities: 2_000, longestRow: 1_000 };

/** A run that is wanted, with its key. */
export type Likely = [key: string, wanted: WantedRun];

/**
 * The active runs that somebody may start once more: who starts an equal one looks before it writes. What is kept here is
 * only a hint of which of the two comes first, and what need not be read again: PostgreSQL says of each run, each
 * time, whether it is active still and who wrote it last.
 */
@Injectable()
export class ActiveRuns {
  private readonly recent = new LRUCache<string, { read?: ActiveRun }>({ max: KEPT.identities });

  constructor(private readonly runs: ActiveRunsRepository) {}

  /** A run of this key is active now, so whoever comes next is to look first. */
  expect(key: string): void {
    if (!this.recent.has(key)) this.recent.set(key, {});
  }

  /** Those of `wanted` that are worth a look. */
  likely(wanted: ReadonlyMap<string, WantedRun>): Likely[] {
    return [...wanted].filter(([key]) => this.recent.has(key));
  }

  /** Those that are active. A row is shared by all who ask, and frozen. */
  async find(likely: readonly Likely[]): Promise<Map<string, ShownRow>> {
    const found = new Map<string, ShownRow>();
    const changed = await this.takeUnchanged(likely, found);
    if (changed.length > 0) await this.read(changed, found);
    return found;
  }

  /** Answers those that must be read; where one was never read, that is all of them: one question less. */
  private async takeUnchanged(likely: readonly Likely[], found: Map<string, ShownRow>): Promise<readonly Likely[]> {
    const known = likely.flatMap(([key]) => this.recent.get(key)?.read ?? []);
    if (known.length < likely.length) return likely;
    const writers = await this.runs.findWriters(likely.map(([, { run }]) => run));
    return likely.filter(([key], at) => {
      const writer = writers[at];
      const run = known[at];
      if (writer === undefined) this.recent.delete(key);
      else if (run === undefined || run.writtenBy !== writer) return true;
      else found.set(key, run.row);
      return false;
    });
  }

  private async read(likely: readonly Likely[], found: Map<string, ShownRow>): Promise<void> {
    const runs = await this.runs.findActive(likely.map(([, { run }]) => run));
    likely.forEach(([key], at) => {
      const run = runs[at];
      if (run === undefined) this.recent.delete(key);
      else {
        found.set(key, frozen(run.row));
        this.recent.set(key, isSmall(run.row) ? { read: run } : {});
      }
    });
  }
}

function isSmall({ payload, context, failure_summary: failures }: ShownRow): boolean {
  return JSON.stringify([payload, context, failures]).length <= KEPT.longestRow;
}
