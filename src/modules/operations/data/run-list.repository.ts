import { Injectable } from '@nestjs/common';
import { Database, TenantDatabase, type SqlValue } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { alternativesOf, type RunFilter } from './run-filter.js';
import { RUN_COLUMNS, RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

/** A run on a page; `cursor_at` is `created_at` in full precision: a `Date` would drop the microseconds. */
export type ListedRun = RunRow & { cursor_at: string };

/** The lists of Monitoring: this tenant's runs from PostgreSQL, and nothing else. */
@Injectable()
export class RunListRepository {
  constructor(
    private readonly tenantDatabase: TenantDatabase,
    private readonly database: Database,
  ) {}

  /** Newest first, after the row whose `[cursor_at, id]` is `after`; at most `limit` rows. */
  page(
    scope: TenantScope,
    filter: RunFilter,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<ListedRun[]> {
    const parameters: SqlValue[] = [];
    const bind = (value: SqlValue): string => `$${parameters.push(value) + 1}`;
    const before = after
      ? ` AND (created_at, id) < (${bind(after[0] ?? null)}::timestamptz, ${bind(after[1] ?? null)}::bigint)`
      : '';
    const most = bind(limit);
    const branches = alternativesOf(filter, bind).map(
      (condition) =>
        `(SELECT id, created_at FROM operation_runs WHERE tenant_id = $1 AND ${condition}${before}
          ORDER BY created_at DESC, id DESC LIMIT ${most})`,
    );
    const sql = `WITH page AS (
         SELECT id FROM (${branches.join(' UNION ')}) AS found ORDER BY created_at DESC, id DESC LIMIT ${most}
       )
       SELECT ${RUN_COLUMNS_OF_R}, r.created_at::text AS cursor_at FROM operation_runs r JOIN page USING (id)
       WHERE r.tenant_id = $1 ORDER BY r.created_at DESC, r.id DESC`;
    // Behind row-level security PostgreSQL uses no text index, because ILIKE is not leakproof; the statement names the
    // tenant in every branch, so the text search goes without the second lock.
    return filter.text || filter.initiatorNames
      ? this.database.query<ListedRun>(sql, [scope.tenantId, ...parameters])
      : this.tenantDatabase.query<ListedRun>(scope, sql, parameters);
  }

  /** Active runs, newest first; of one user when `userId` is given. */
  active(scope: TenantScope, userId: string | undefined, limit: number): Promise<RunRow[]> {
    return this.tenantDatabase.query<RunRow>(
      scope,
      `SELECT ${RUN_COLUMNS} FROM operation_runs
       WHERE tenant_id = $1 AND status IN ('queued', 'running') AND ($2::uuid IS NULL OR user_id = $2)
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [userId ?? null, limit],
    );
  }

  /** Runs per type and state: completed ones from the totals, active ones counted over their small partial index. */
  counts(scope: TenantScope): Promise<{ type: string; status: string; outcome: string; runs: string }[]> {
    return this.tenantDatabase.query(
      scope,
      `SELECT type, 'completed' AS status, outcome, sum(runs) AS runs FROM (
         SELECT type, outcome, runs FROM operation_run_totals WHERE tenant_id = $1
         UNION ALL
         SELECT type, outcome, runs FROM operation_run_total_deltas WHERE tenant_id = $1) AS completed
       GROUP BY type, outcome HAVING sum(runs) > 0
       UNION ALL
       SELECT type, status, 'pending', count(*) FROM operation_runs
       WHERE tenant_id = $1 AND status IN ('queued', 'running') GROUP BY type, status`,
    );
  }
}
