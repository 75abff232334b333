import { Injectable, Logger } from '@nestjs/common';
import { Coalescer } from '../../../platform/batching/coalescer.js';
import { isTransient } from '../../../platform/database/is-transient.js';
import type { Finish } from '../data/finish-statement.js';
import { hasSlots, isLostToAnother } from '../data/run-claims.repository.js';
import type { RunRow } from '../data/run-row.js';
import { isOfSomebodyGone, isRefusedAsLost } from '../data/run-work.repository.js';
import { RunChanges } from '../live/run-changes.js';
import { RunRegistry } from '../registry/run-registry.js';
import { HandoverTransaction, type Commit, type EndedRun } from './handover-transaction.js';
import { lanesOf } from './lanes.js';
import { RunCompletion } from './run-completion.js';

/** What a worker that has completed a run works next: a run that it holds, nothing, or what it still has to look for. */
export type Next = RunRow | 'nothing' | 'unknown';

/** Where a worker goes on, and what ends that. */
export interface Onward {
  queue: string;
  until: AbortSignal;
}

export interface HandedOver {
  /** Undefined when the lease was lost, and then nothing was written to the run. */
  row: RunRow | undefined;
  next: Next;
}

interface Turn extends EndedRun {
  until: AbortSignal;
}

/**
 * Where tenants have slots, one at a time: two that do not see what the other takes would reach for the same, and be
 * refused. Elsewhere, when many end at the same moment, one packet is written while the other is prepared.
 */
const TOGETHER = { withSlots: { most: 128, atOnce: 1 }, withoutSlots: { most: 64, atOnce: 2, beside: 32 } };

/**
 * Completes what workers have worked and takes what they work next, in one round trip and one commit, which the workers
 * of a queue share who come at the same moment. It trusts that all of them still hold their runs; when one does not, or
 * the next run is lost to another process, PostgreSQL refuses all of it, and {@link RunCompletion} completes each alone.
 */
@Injectable()
export class RunHandover {
  private readonly log = new Logger(RunHandover.name);
  private readonly queues = new Map<string, Coalescer<Turn, HandedOver>>();

  constructor(
    private readonly transaction: HandoverTransaction,
    private readonly completion: RunCompletion,
    private readonly registry: RunRegistry,
    private readonly changes: RunChanges,
  ) {}

  /**
   * Completes the run `held` as it was claimed, and takes the next one unless the worker is not to go on by then. `next`
   * is 'unknown' when nobody looked, and when the look may have missed some.
   */
  complete(held: RunRow, finish: Finish, { queue, until }: Onward): Promise<HandedOver> {
    let together = this.queues.get(queue);
    if (together === undefined) {
      const limits = lanesOf(this.registry, queue).some(hasSlots) ? TOGETHER.withSlots : TOGETHER.withoutSlots;
      together = new Coalescer((turns) => this.handOverAll(turns, queue), limits);
      this.queues.set(queue, together);
    }
    return together.add({ held, finish, until });
  }

  private async handOverAll(turns: readonly Turn[], queue: string): Promise<PromiseSettledResult<HandedOver>[]> {
    const goOn = turns.map(({ until }) => !until.aborted);
    let commit: Commit;
    try {
      commit = await this.transaction.commit(turns, queue, goOn.filter(Boolean).length);
    } catch (error) {
      this.complain(queue, error);
      return Promise.allSettled(turns.map((turn) => this.completeAlone(turn)));
    }
    return this.giveOut(turns, goOn, commit);
  }

  private async completeAlone({ held, finish }: Turn): Promise<HandedOver> {
    const guard = { by: 'lease', runId: held.id, epoch: held.lease_epoch } as const;
    return { row: await this.completion.complete(guard, finish), next: 'unknown' };
  }

  private giveOut(
    turns: readonly Turn[],
    goOn: readonly boolean[],
    { completed, look }: Commit,
  ): PromiseSettledResult<HandedOver>[] {
    this.changes.completed(completed);
    const rows = new Map(completed.map((row) => [row.id, row]));
    const taken = [...(look?.claimed ?? [])];
    const otherwise = look === undefined || look.saw ? 'unknown' : 'nothing';
    return turns.map(({ held }, at) => {
      const next = goOn[at] ? (taken.shift() ?? otherwise) : 'unknown';
      return { status: 'fulfilled', value: { row: rows.get(held.id), next } };
    });
  }

  /** What belongs to the way things go needs no word: it is done again, one by one. */
  private complain(queue: string, error: unknown): void {
    if (isRefusedAsLost(error) || isLostToAnother(error) || isOfSomebodyGone(error) || isTransient(error)) return;
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
    this.log.warn(`queue ${queue}: runs are completed one by one after a refusal (${code})`);
  }
}
