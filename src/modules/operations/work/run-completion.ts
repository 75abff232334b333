import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { FactBus } from '../../../platform/facts/fact-bus.js';
import type { RunRow } from '../data/run-row.js';
import { RunWorkRepository, type Finish, type FinishGuard } from '../data/run-work.repository.js';
import { RUN_COMPLETED } from '../operations.facts.js';
import { RunRegistry } from '../registry/run-registry.js';
import { factOf } from '../run-fact.js';

/** The only way a run becomes `completed`: guarded row, items, totals, event and note in one transaction. */
@Injectable()
export class RunCompletion {
  constructor(
    private readonly database: Database,
    private readonly runs: RunWorkRepository,
    private readonly registry: RunRegistry,
    private readonly facts: FactBus,
  ) {}

  /** Completes the run; undefined when `guard` no longer holds, and then nothing was written. */
  complete(guard: FinishGuard, finish: Finish): Promise<RunRow | undefined> {
    return this.database.transaction(async () => {
      const row = await this.runs.finish(guard, finish);
      if (!row) return undefined;
      await this.facts.publish(RUN_COMPLETED, {
        ...factOf(row, this.registry),
        outcome: finish.outcome,
        counts: finish.counts,
        failure: finish.failures[0]?.message ?? null,
      });
      return row;
    });
  }
}
