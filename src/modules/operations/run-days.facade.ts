import { Injectable } from '@nestjs/common';
import type { TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { RunDaysRepository } from './data/run-days.repository.js';

/** Completed runs of one outcome on one day in UTC, `yyyy-mm-dd`. */
export interface RunsOfDay {
  day: string;
  outcome: TerminalOutcome;
  runs: number;
}

/** How much ran, for whoever draws it over time. */
@Injectable()
export class RunDaysFacade {
  constructor(private readonly days: RunDaysRepository) {}

  /** Runs completed on `since`, a day in UTC, or later; what is 0 is left out. Archived runs count where they ran. */
  completedSince(scope: TenantScope, since: string): Promise<RunsOfDay[]> {
    return this.days.since(scope, since);
  }
}
