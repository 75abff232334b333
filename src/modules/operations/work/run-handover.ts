import { Injectable } from '@nestjs/common';
import { Coalescer } from '../../../platform/batching/coalescer.js';
import { Database } from '../../../platform/database/database.js';
import { FactBus } from '../../../platform/facts/fact-bus.js';
import type { Finish, GuardedFinish } from '../data/finish-statement.js';
import { RunClaimsRepository, type Look } from '../data/run-claims.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunWorkRepository } from '../data/run-work.repository.js';
import { RunChanges } from '../live/run-changes.js';
import { RUN_COMPLETED } from '../operations.facts.js';
import { RunRegistry } from '../registry/run-registry.js';
import { completedFactOf } from '../run-fact.js';
import { RunTimings } from '../run-timings.js';
import { lanesOf } from './lanes.js';
import { RunCompletion } from './run-completion.js';

/** What a worker that has completed a run works next: a run that it holds, nothing, or what it still has to look for. */
export type Next = RunRow | 'nothing' | 'unknown';

export interface HandedOver {
  /** Undefined when the lease was lost, and then nothing was written to the run. */
  row: RunRow | undefined;
  next: Next;
}

interface Turn {
  held: RunRow;
  finish: Finish;
  /** The queue that the worker goes on with. */
  queue: string | undefined;
}

/** One at a time: two that do not see what the other takes would reach for the same slots, and be refused. */
const TOGETHER = { most: 128, atOnce: 1 };

/**
 * Completes what workers have worked and takes what they work next, in one round trip and one commit, which those who
 * come at the same moment share. It trusts that all of them still hold their runs; when one does not, or the next run
 * is lost to another process, PostgreSQL refuses all of it, and each run is completed by {@link RunCompletion} instead.
 */
@Injectable()
export class RunHandover {
  private readonly together = new Coalescer<Turn, HandedOver>((turns) => this.handOverAll(turns), TOGETHER);

  constructor(
    private readonly database: Database,
    private readonly runs: RunWorkRepository,
    private readonly claims: RunClaimsRepository,
    private readonly completion: RunCompletion,
    private readonly registry: RunRegistry,
    private readonly facts: FactBus,
    private readonly timings: RunTimings,
    private readonly changes: RunChanges,
  ) {}

  /**
   * Completes the run `held` as it was claimed, and takes the next of `queue` where one is given. `next` is 'unknown'
   * when nobody looked, and when there are runs that others were just writing to.
   */
  complete(held: RunRow, finish: Finish, queue: string | undefined): Promise<HandedOver> {
    return this.together.add({ held, finish, queue });
  }

  private async handOverAll(turns: readonly Turn[]): Promise<PromiseSettledResult<HandedOver>[]> {
    try {
      return (await this.commit(turns)).map((value) => ({ status: 'fulfilled', value }));
    } catch {
      return Promise.allSettled(turns.map((turn) => this.completeAlone(turn)));
    }
  }

  private async completeAlone({ held, finish }: Turn): Promise<HandedOver> {
    return { row: await this.completion.complete(guarded(held, finish).guard, finish), next: 'unknown' };
  }

  private async commit(turns: readonly Turn[]): Promise<HandedOver[]> {
    const { finished, looks } = await this.database.transaction(async () => {
      const finished = this.runs.finishAll(turns.map(({ held, finish }) => guarded(held, finish)));
      await this.facts.publish(
        RUN_COMPLETED,
        turns.map(({ held, finish }) => completedFactOf(held, finish, this.registry)),
      );
      return { finished, looks: this.lookForNext(turns) };
    });
    const rows = finished();
    this.changes.completed(rows);
    const next = new Map([...looks].map(([queue, look]) => [queue, this.giveOut(look())]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return turns.map(({ held, queue }) => ({
      row: byId.get(held.id),
      next: (queue === undefined ? undefined : next.get(queue)?.()) ?? 'unknown',
    }));
  }

  /** One look for each queue, in one order in every process. */
  private lookForNext(turns: readonly Turn[]): Map<string, () => Look> {
    const wanted = new Map<string, number>();
    for (const { queue } of turns) if (queue !== undefined) wanted.set(queue, (wanted.get(queue) ?? 0) + 1);
    return new Map(
      [...wanted]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([queue, runs]) => [
          queue,
          this.claims.claimWithin(lanesOf(this.registry, queue), runs, this.timings.lease),
        ]),
    );
  }

  /** Answers what gives each worker of the queue one of the runs that were taken, and tells the rest what was seen. */
  private giveOut({ claimed, saw }: Look): () => Next {
    for (const row of claimed) this.changes.claimed(row);
    const rows = [...claimed];
    return () => rows.shift() ?? (saw ? 'unknown' : 'nothing');
  }
}

function guarded(held: RunRow, finish: Finish): GuardedFinish {
  return { guard: { by: 'lease', runId: held.id, epoch: held.lease_epoch }, finish };
}
