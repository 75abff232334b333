import { Injectable } from '@nestjs/common';
import { asFilter } from '../../../platform/database/as-filter.js';
import { Database, TenantDatabase, type SqlValue } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { alternativesOf, narrowsByOneThing, narrowsByTimeAlone, type RunFilter } from './run-filter.js';
import { SHOWN_COLUMNS_OF_R, type ShownRow } from './run-row.js';

/** A run on a page; `cursor_at` is `created_at` in full precision: a `Date` would drop the microseconds. */
export type ListedRun = ShownRow & { cursor_at: string };

/** A connection keeps each prepared text, so only what is asked for often is prepared: pages of the usual sizes... */
const USUAL_LIMITS = [26, 51, 101];
/** ... with a simple filter. */
const MOST_PREPARED_BRANCHES = 8;

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
    const most = String(Math.trunc(limit)); // in the text, so that one plan fits all tenants' pages of this size
    const conditions = alternativesOf(filter, bind);
    const textual = filter.text !== undefined || filter.initiatorNames !== undefined;
    const sql =
      conditions.length === 1
        ? onePart(conditions[0] + before, most)
        : severalParts(
            conditions.map((one) => one + before),
            most,
          );
    // Behind row-level security PostgreSQL uses no text index, because ILIKE is not leakproof; the statement names the
    // tenant in every branch, so the text search goes without the second lock.
    return textual
      ? this.database.query<ListedRun>(sql, [scope.tenantId, ...parameters])
      : this.tenantDatabase.query<ListedRun>(scope, sql, parameters, {
          // Of a prepared text PostgreSQL may come to keep one plan, whichever tenants ask.
          prepared:
            USUAL_LIMITS.includes(limit) && conditions.length <= MOST_PREPARED_BRANCHES && narrowsByOneThing(filter),
          // PostgreSQL would plan it for each tenant anew, and always come to the same.
          generic: narrowsByTimeAlone(filter),
        });
  }

  /** Those of `ids` that are in the lists. */
  async listed(scope: TenantScope, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.tenantDatabase.query<{ id: string }>(
      scope,
      `SELECT id FROM operation_runs WHERE id = ANY ($2::bigint[]) AND ${asFilter('tenant_id = $1')}`,
      [ids],
      { prepared: true, generic: true },
    );
    return rows.map(({ id }) => id);
  }

  /** Active runs, newest first; of one user when `userId` is given. */
  active(scope: TenantScope, userId: string | undefined, limit: number): Promise<ShownRow[]> {
    return this.tenantDatabase.query<ShownRow>(
      scope,
      `SELECT ${SHOWN_COLUMNS_OF_R} FROM operation_runs r
       WHERE tenant_id = $1 AND completed_at IS NULL AND ($2::uuid IS NULL OR user_id = $2)
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [userId ?? null, limit],
      { prepared: true },
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
       WHERE tenant_id = $1 AND completed_at IS NULL GROUP BY type, status`,
      [],
      { prepared: true },
    );
  }
}

const COLUMNS = `${SHOWN_COLUMNS_OF_R}, r.created_at::text AS cursor_at`;
const NEWEST_FIRST = 'ORDER BY r.created_at DESC, r.id DESC';

function onePart(condition: string, most: string): string {
  return `SELECT ${COLUMNS} FROM operation_runs r WHERE tenant_id = $1 AND ${condition} ${NEWEST_FIRST} LIMIT ${most}`;
}

/** Each part answers its own newest ids through its index; a run that meets several conditions is shown once. */
function severalParts(conditions: readonly string[], most: string): string {
  const parts = conditions.map(
    (condition) =>
      `(SELECT id, created_at FROM operation_runs r WHERE tenant_id = $1 AND ${condition} ${NEWEST_FIRST} LIMIT ${most})`,
  );
  return `WITH page AS (
      SELECT id FROM (${parts.join(' UNION ')}) AS r ${NEWEST_FIRST} LIMIT ${most}
    )
    -- Row by row: of a tenant that the statistics do not know, a join would look at every run for each of these.
    SELECT ${COLUMNS} FROM page CROSS JOIN LATERAL (
      SELECT * FROM operation_runs o WHERE o.id = page.id AND ${asFilter('o.tenant_id = $1')} LIMIT 1) r
    ${NEWEST_FIRST}`;
}
