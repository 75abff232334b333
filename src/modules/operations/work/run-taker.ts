import { Injectable } from '@nestjs/common';
import { Coalescer } from '../../../platform/batching/coalescer.js';
import { RunClaimsRepository, type Look } from '../data/run-claims.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunWorkRepository } from '../data/run-work.repository.js';
import { RunChanges } from '../live/run-changes.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunTimings } from '../run-timings.js';
import { lanesOf } from './lanes.js';

const TOGETHER = { most: 128, atOnce: 1 };

/** Takes queued runs of a queue for this process. */
@Injectable()
export class RunTaker {
  private readonly looks = new Map<string, Coalescer<undefined, boolean>>();
  private readonly claiming = new Map<string, Coalescer<string | undefined, RunRow | undefined>>();

  constructor(
    private readonly claims: RunClaimsRepository,
    private readonly runs: RunWorkRepository,
    private readonly registry: RunRegistry,
    private readonly timings: RunTimings,
    private readonly changes: RunChanges,
  ) {}

  /** Takes the fairest run of the queue that may work now; undefined when there is none. */
  async take(queue: string, rungFor: string | undefined): Promise<RunRow | undefined> {
    const row = await this.claimsOf(queue).add(rungFor);
    if (row) this.changes.claimed(row);
    return row;
  }

  /**
   * Takes a run for who has ended one, as long as some wait: so a backlog is worked at the speed of the rows, whatever the
   * doorbell's, and runs whose rings were dropped because their tenant was full are not left behind.
   */
  async takeMore(queue: string): Promise<RunRow | undefined> {
    return (await this.isWaiting(queue)) ? this.take(queue, undefined) : undefined;
  }

  /**
   * Takes up to `wanted` runs when the open transaction sends its next statement or commits: what a single look finds. Who
   * reaches for the same slot makes PostgreSQL refuse the transaction.
   * @returns what answers the look once it has committed
   */
  takeWithin(queue: string, wanted: number): () => Look {
    const look = this.claims.claimWithin(lanesOf(this.registry, queue), wanted, this.timings.lease);
    return () => {
      const looked = look();
      for (const row of looked.claimed) this.changes.claimed(row);
      return looked;
    };
  }

  /** Whether runs of the queue wait for a worker, be it behind a limit. */
  isWaiting(queue: string): Promise<boolean> {
    return this.looksOf(queue).add(undefined);
  }

  /** Workers of this process that ask at the same moment ask once. */
  private looksOf(queue: string): Coalescer<undefined, boolean> {
    let looks = this.looks.get(queue);
    if (!looks) {
      const kinds = lanesOf(this.registry, queue).map(({ kind }) => kind);
      looks = new Coalescer(async (askers) => {
        const value = await this.runs.isWaiting(kinds);
        return askers.map(() => ({ status: 'fulfilled', value }));
      }, TOGETHER);
      this.looks.set(queue, looks);
    }
    return looks;
  }

  /** And they take at once what they take at the same moment. */
  private claimsOf(queue: string): Coalescer<string | undefined, RunRow | undefined> {
    let claims = this.claiming.get(queue);
    if (!claims) {
      const lanes = lanesOf(this.registry, queue);
      claims = new Coalescer(async (rungFor) => {
        const rows = await this.claims.claim(lanes, rungFor, this.timings.lease);
        return rungFor.map((_, at) => ({ status: 'fulfilled', value: rows[at] }));
      }, TOGETHER);
      this.claiming.set(queue, claims);
    }
    return claims;
  }
}
