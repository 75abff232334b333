import { Injectable } from '@nestjs/common';
import { TenantDatabase, type SqlValue } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { RUN_COLUMNS, type RunRow } from './run-row.js';

export interface RunFilter {
  statuses?: readonly string[];
  outcomes?: readonly string[];
  types?: readonly string[];
  initiatorIds?: readonly string[];
  initiatorName?: string;
  from?: Date;
  to?: Date;
  text?: string;
}

export interface ItemRow {
  id: string;
  item_id: string;
  kind: string;
  result: 'success' | 'failed' | 'skipped';
  reason_code: string | null;
  reason: string | null;
}

export interface EventRow {
  id: string;
  at: Date;
  kind: string;
  detail: Record<string, unknown>;
}

/** What Monitoring reads: this tenant's runs from PostgreSQL, and nothing else. */
@Injectable()
export class RunListRepository {
  constructor(private readonly database: TenantDatabase) {}

  async find(scope: TenantScope, runId: string): Promise<RunRow | undefined> {
    const [row] = await this.database.query<RunRow>(
      scope,
      `SELECT ${RUN_COLUMNS} FROM operation_runs WHERE tenant_id = $1 AND id = $2`,
      [runId],
    );
    return row;
  }

  /**
   * Newest first, after the row whose `[cursor_at, id]` is `after`; at most `limit` rows. `cursor_at` is `created_at`
   * in full precision: a `Date` would drop the microseconds and a page could lose a row.
   */
  page(
    scope: TenantScope,
    filter: RunFilter,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<(RunRow & { cursor_at: string })[]> {
    const parameters: SqlValue[] = [];
    const bind = (value: SqlValue): string => `$${parameters.push(value) + 1}`;
    const where = ['tenant_id = $1'];
    if (filter.statuses) where.push(`status = ANY (${bind([...filter.statuses])})`);
    if (filter.outcomes) where.push(`outcome = ANY (${bind([...filter.outcomes])})`);
    if (filter.types) where.push(`type = ANY (${bind([...filter.types])})`);
    if (filter.initiatorIds) where.push(`user_id = ANY (${bind([...filter.initiatorIds])}::uuid[])`);
    if (filter.initiatorName !== undefined) where.push(`initiator_name ILIKE ${bind(contains(filter.initiatorName))}`);
    if (filter.from) where.push(`created_at >= ${bind(filter.from)}`);
    if (filter.to) where.push(`created_at < ${bind(filter.to)}`);
    if (filter.text !== undefined) {
      const pattern = bind(contains(filter.text));
      where.push(`(subject_name ILIKE ${pattern} OR initiator_name ILIKE ${pattern} OR type ILIKE ${pattern}
        OR id::text = ${bind(filter.text)})`);
    }
    if (after)
      where.push(`(created_at, id) < (${bind(after[0] ?? null)}::timestamptz, ${bind(after[1] ?? null)}::bigint)`);
    return this.database.query(
      scope,
      `SELECT ${RUN_COLUMNS}, created_at::text AS cursor_at FROM operation_runs WHERE ${where.join(' AND ')}
       ORDER BY created_at DESC, id DESC LIMIT ${bind(limit)}`,
      parameters,
    );
  }

  /** Active runs, newest first; of one user when `userId` is given. */
  active(scope: TenantScope, userId: string | undefined, limit: number): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      scope,
      `SELECT ${RUN_COLUMNS} FROM operation_runs
       WHERE tenant_id = $1 AND status IN ('queued', 'running') AND ($2::uuid IS NULL OR user_id = $2)
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [userId ?? null, limit],
    );
  }

  items(
    scope: TenantScope,
    runId: string,
    results: readonly string[] | undefined,
    afterId: string | undefined,
    limit: number,
  ): Promise<ItemRow[]> {
    return this.database.query<ItemRow>(
      scope,
      `SELECT id, item_id, kind, result, reason_code, reason FROM operation_run_items
       WHERE tenant_id = $1 AND run_id = $2 AND ($3::text[] IS NULL OR result = ANY ($3))
         AND ($4::bigint IS NULL OR id > $4)
       ORDER BY id LIMIT $5`,
      [runId, results ? [...results] : null, afterId ?? null, limit],
    );
  }

  events(scope: TenantScope, runId: string, afterId: string | undefined, limit: number): Promise<EventRow[]> {
    return this.database.query<EventRow>(
      scope,
      `SELECT id, at, kind, detail FROM operation_run_events
       WHERE tenant_id = $1 AND run_id = $2 AND ($3::bigint IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [runId, afterId ?? null, limit],
    );
  }

  /** Runs per type and bucket: completed ones from the totals, active ones counted over their small partial index. */
  counts(scope: TenantScope): Promise<{ type: string; status: string; outcome: string; runs: string }[]> {
    return this.database.query(
      scope,
      `SELECT type, 'completed' AS status, outcome, runs FROM operation_run_totals WHERE tenant_id = $1
       UNION ALL
       SELECT type, status, 'pending', count(*) FROM operation_runs
       WHERE tenant_id = $1 AND status IN ('queued', 'running') GROUP BY type, status`,
    );
  }
}

/** A LIKE pattern that finds `text` literally, wherever it stands. */
function contains(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
