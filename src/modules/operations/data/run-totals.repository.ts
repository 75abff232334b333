import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

/** A total of Monitoring that is not what counting the rows gives. */
export interface TotalDifference {
  tenantId: string;
  type: string;
  outcome: string;
  shown: number;
  counted: number;
}

/** One corrector at a time, or the same difference would be made up for twice; the number is this application's own. */
const CORRECTION_LOCK = 5_210_771_003;

/** One statement, and so one snapshot: a completion writes its row and its total together. */
const DIFFERENCES = `
  SELECT tenant_id, type, outcome, sum(shown)::bigint AS shown, sum(counted)::bigint AS counted FROM (
    SELECT tenant_id, type, outcome, 0 AS shown, count(*) AS counted FROM operation_runs
    WHERE status = 'completed' GROUP BY 1, 2, 3
    UNION ALL
    SELECT tenant_id, type, outcome, runs, 0 FROM operation_run_totals
    UNION ALL
    SELECT tenant_id, type, outcome, runs, 0 FROM operation_run_total_deltas) AS both_sides
  GROUP BY 1, 2, 3 HAVING sum(shown) <> sum(counted)`;

/** Compares the totals with the rows, which takes a look at every completed run. */
@Injectable()
export class RunTotalsRepository {
  constructor(private readonly database: Database) {}

  async differences(): Promise<TotalDifference[]> {
    const rows = await this.database.query<{
      tenant_id: string;
      type: string;
      outcome: string;
      shown: string;
      counted: string;
    }>(`${DIFFERENCES} ORDER BY 1, 2, 3`);
    return rows.map(({ tenant_id: tenantId, type, outcome, shown, counted }) => ({
      tenantId,
      type,
      outcome,
      shown: Number(shown),
      counted: Number(counted),
    }));
  }

  /**
   * Adds what is missing to the totals, as completions do: what completes meanwhile is neither lost nor counted twice.
   * Answers how many totals were corrected.
   */
  correct(): Promise<number> {
    return this.database.transaction(async () => {
      await this.database.query('SELECT pg_advisory_xact_lock($1::bigint)', [CORRECTION_LOCK]);
      const corrected = await this.database.query(
        `INSERT INTO operation_run_total_deltas (tenant_id, type, outcome, runs, day)
         SELECT tenant_id, type, outcome, counted - shown, NULL FROM (${DIFFERENCES}) AS d RETURNING runs`,
      );
      return corrected.length;
    });
  }
}
