import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { NO_COUNTS } from '#libs/run-kit/src/run-outcome.js';
import { isTransient } from '../../../platform/database/is-transient.js';
import type { RunRow } from '../data/run-row.js';
import type { Finish } from '../data/finish-statement.js';
import { FailureCatalogue } from '../failures/failure-catalogue.js';
import { RunChanges } from '../live/run-changes.js';
import { RunTimings } from '../run-timings.js';
import { RunHandover, type HandedOver, type Onward } from './run-handover.js';

const RETRY_MS = 500;

/** Writes what a worker has done, through a database that restarts meanwhile and whatever a handler reported. */
@Injectable()
export class RunFinisher {
  private readonly log = new Logger(RunFinisher.name);

  constructor(
    private readonly handover: RunHandover,
    private readonly failures: FailureCatalogue,
    private readonly timings: RunTimings,
    private readonly changes: RunChanges,
  ) {}

  /** Tells those who watch that the run is not what it was. */
  changed(row: RunRow): void {
    this.changes.changed([row]);
  }

  /**
   * Completes the run `held`, and takes the next one unless the worker is not to go on. A database that is away is tried
   * again for a whole lease: then somebody else decides. A report that cannot be stored ends the run as `internal.error`,
   * without its items.
   */
  async finish(held: RunRow, finish: Finish, onward: Onward): Promise<HandedOver> {
    const tries = Math.ceil((this.timings.lease * 1_000) / RETRY_MS);
    for (let left = tries; ; left -= 1) {
      try {
        return await this.handover.complete(held, finish, onward);
      } catch (error) {
        if (!isTransient(error)) {
          this.log.error(`run ${held.id}: its report could not be stored`, error instanceof Error ? error.stack : '');
          return this.handover.complete(held, this.unstorable(), onward);
        }
        if (left === 0) throw error;
      }
      await wait(RETRY_MS);
    }
  }

  private unstorable(): Finish {
    const failures = [{ ...this.failures.failure('internal.error'), count: 1 }];
    return { outcome: 'failed', counts: NO_COUNTS, failures, context: {}, items: [] };
  }
}
