import { Injectable } from '@nestjs/common';
import { Coalescer } from '../../../platform/batching/coalescer.js';
import { Database } from '../../../platform/database/database.js';
import { FactBus } from '../../../platform/facts/fact-bus.js';
import type { RunRow } from '../data/run-row.js';
import type { Finish, FinishGuard, GuardedFinish } from '../data/finish-statement.js';
import { RunWorkRepository } from '../data/run-work.repository.js';
import { RunChanges } from '../live/run-changes.js';
import { RUN_COMPLETED } from '../operations.facts.js';
import { RunRegistry } from '../registry/run-registry.js';
import { completedFactOf } from '../run-fact.js';

const TOGETHER = { most: 64, atOnce: 2 };

/**
 * Completes runs that no worker ends, and those that `RunHandover` could not: guarded row, items, totals, event and
 * note in one transaction, which runs that end at the same moment share.
 */
@Injectable()
export class RunCompletion {
  private readonly together = new Coalescer<GuardedFinish, RunRow | undefined>(
    (finishes) => this.completeAll(finishes),
    TOGETHER,
  );

  constructor(
    private readonly database: Database,
    private readonly runs: RunWorkRepository,
    private readonly registry: RunRegistry,
    private readonly facts: FactBus,
    private readonly changes: RunChanges,
  ) {}

  /** Completes the run; undefined when `guard` no longer holds, and then nothing was written. */
  complete(guard: FinishGuard, finish: Finish): Promise<RunRow | undefined> {
    return this.together.add({ guard, finish });
  }

  private async completeAll(finishes: readonly GuardedFinish[]): Promise<PromiseSettledResult<RunRow | undefined>[]> {
    const first = new Map<string, GuardedFinish>();
    for (const one of finishes) if (!first.has(one.guard.runId)) first.set(one.guard.runId, one);
    let rows: Map<string, RunRow>;
    try {
      rows = await this.commit([...first.values()]);
    } catch (error) {
      if (first.size === 1) throw error;
      // One that cannot be written must not take the others with it.
      const alone: PromiseSettledResult<RunRow | undefined>[] = [];
      for (const one of finishes) alone.push(...(await this.completeAlone(one)));
      return alone;
    }
    return finishes.map((one) => ({
      status: 'fulfilled',
      value: first.get(one.guard.runId) === one ? rows.get(one.guard.runId) : undefined,
    }));
  }

  private completeAlone(one: GuardedFinish): Promise<PromiseSettledResult<RunRow | undefined>[]> {
    return this.completeAll([one]).catch((reason: unknown) => [{ status: 'rejected', reason }]);
  }

  private async commit(finishes: readonly GuardedFinish[]): Promise<Map<string, RunRow>> {
    const rows = await this.database.transaction(async () => {
      const completed = await this.runs.finish(finishes);
      if (completed.length > 0) await this.publish(completed);
      return completed;
    });
    this.changes.completed(rows);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private publish(rows: readonly RunRow[]): Promise<void> {
    return this.facts.publish(
      RUN_COMPLETED,
      rows.flatMap((row) => {
        if (row.outcome === 'pending') return [];
        const { outcome, summary_counts: counts, failure_summary: failures } = row;
        return [completedFactOf(row, { outcome, counts, failures }, this.registry)];
      }),
    );
  }
}
