import { Injectable } from '@nestjs/common';
import { Coalescer } from '../../../platform/batching/coalescer.js';
import { RunClaimsRepository } from '../data/run-claims.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunWorkRepository } from '../data/run-work.repository.js';
import { RunChanges } from '../live/run-changes.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunTimings } from '../run-timings.js';
import { lanesOf } from './lanes.js';

/** A run that this process holds. */
export interface Taken {
  row: RunRow;
  queue: string;
}

const TOGETHER = { most: 32, atOnce: 1 };

/** Takes queued runs of a queue for this process. */
@Injectable()
export class RunTaker {
  private readonly byQueue = new Map<string, Coalescer<string | undefined, RunRow | undefined>>();

  constructor(
    private readonly claims: RunClaimsRepository,
    private readonly runs: RunWorkRepository,
    private readonly registry: RunRegistry,
    private readonly timings: RunTimings,
    private readonly changes: RunChanges,
  ) {}

  /** Takes the fairest run of the queue that may work now; undefined when there is none. */
  async take(queue: string, rungFor: string | undefined): Promise<Taken | undefined> {
    const row = await this.claimsOf(queue).add(rungFor);
    if (!row) return undefined;
    this.changes.claimed(row);
    return { row, queue };
  }

  /** Workers of this process that look at the same moment look once. */
  private claimsOf(queue: string): Coalescer<string | undefined, RunRow | undefined> {
    let claims = this.byQueue.get(queue);
    if (!claims) {
      const lanes = lanesOf(this.registry, queue);
      claims = new Coalescer(async (rungFor) => {
        const rows = await this.claims.claim(lanes, rungFor, this.timings.lease);
        return rungFor.map((_, at) => ({ status: 'fulfilled', value: rows[at] }));
      }, TOGETHER);
      this.byQueue.set(queue, claims);
    }
    return claims;
  }

  /** Whether rings of this kind and tenant may have been dropped because of its limit, while runs wait. */
  async leftBehind({ row }: Taken): Promise<boolean> {
    const limit = this.registry.find(row.type)?.type.limitPerTenant ?? Infinity;
    return Number.isFinite(limit) && (await this.runs.isWaiting(row.tenant_id, row.type));
  }
}
