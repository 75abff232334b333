import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { FactBus } from '../../../platform/facts/fact-bus.js';
import type { Finish } from '../data/finish-statement.js';
import type { Look } from '../data/run-claims.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunWorkRepository } from '../data/run-work.repository.js';
import { RUN_COMPLETED } from '../operations.facts.js';
import { RunRegistry } from '../registry/run-registry.js';
import { completedFactOf } from '../run-fact.js';
import { RunTaker } from './run-taker.js';

/** A run as its worker claimed it, and how it ended. */
export interface EndedRun {
  held: RunRow;
  finish: Finish;
}

export interface Commit {
  /** In no order. */
  completed: RunRow[];
  look: Look | undefined;
}

/** Completes runs and takes others in one packet: one round trip, one commit. */
@Injectable()
export class HandoverTransaction {
  constructor(
    private readonly database: Database,
    private readonly runs: RunWorkRepository,
    private readonly facts: FactBus,
    private readonly registry: RunRegistry,
    private readonly taker: RunTaker,
  ) {}

  /**
   * Completes all of `ended`, which names no run twice, and takes up to `wanted` runs of `queue`. Rejects, with nothing
   * written, when one of them is not held any more, and when another process takes what is reached for.
   */
  async commit(ended: readonly EndedRun[], queue: string, wanted: number): Promise<Commit> {
    const { completed, look } = await this.database.transaction(async () => {
      const completed = this.runs.finishAll(
        ended.map(({ held, finish }) => ({ guard: { by: 'lease', runId: held.id, epoch: held.lease_epoch }, finish })),
      );
      await this.facts.publish(
        RUN_COMPLETED,
        ended.map(({ held, finish }) => completedFactOf(held, finish, this.registry)),
      );
      return { completed, look: wanted > 0 ? this.taker.takeWithin(queue, wanted) : undefined };
    });
    return { completed: completed(), look: look?.() };
  }
}
