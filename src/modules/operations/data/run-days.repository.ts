import { Injectable } from '@nestjs/common';
import type { TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

/** Completed runs of one outcome on one day in UTC, `yyyy-mm-dd`. */
export interface RunDayRow {
  day: string;
  outcome: TerminalOutcome;
  runs: number;
}

/** Runs by day and outcome, from the counts that completions leave behind: no run's row is read. */
@Injectable()
export class RunDaysRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** From `since`, a day in UTC, on; a day and outcome without a run has no row. */
  since(scope: TenantScope, since: string): Promise<RunDayRow[]> {
    return this.database.query<RunDayRow>(
      scope,
      `SELECT day::text AS day, outcome, sum(runs)::integer AS runs FROM (
         SELECT day, outcome, runs FROM operation_run_days WHERE tenant_id = $1 AND day >= $2::date
         UNION ALL
         SELECT day, outcome, runs FROM operation_run_total_deltas WHERE tenant_id = $1 AND day >= $2::date) AS completed
       GROUP BY day, outcome`,
      [since],
    );
  }
}
