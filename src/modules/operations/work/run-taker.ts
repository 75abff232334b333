import { Injectable } from '@nestjs/common';
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

/** Takes queued runs of a queue for this process. */
@Injectable()
export class RunTaker {
  constructor(
    private readonly claims: RunClaimsRepository,
    private readonly runs: RunWorkRepository,
    private readonly registry: RunRegistry,
    private readonly timings: RunTimings,
    private readonly changes: RunChanges,
  ) {}

  /** Takes the fairest run of the queue that may work now; undefined when there is none. */
  async take(queue: string, rungFor: string | undefined): Promise<Taken | undefined> {
    const row = await this.claims.claim(lanesOf(this.registry, queue), rungFor, this.timings.lease);
    if (!row) return undefined;
    this.changes.claimed(row);
    return { row, queue };
  }

  /** Whether rings of this kind and tenant may have been dropped because of its limit, while runs wait. */
  async leftBehind({ row }: Taken): Promise<boolean> {
    const limit = this.registry.find(row.type)?.type.limitPerTenant ?? Infinity;
    return Number.isFinite(limit) && (await this.runs.isWaiting(row.tenant_id, row.type));
  }
}
