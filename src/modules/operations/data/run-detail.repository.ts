import { Injectable } from '@nestjs/common';
import type { ItemResult } from '#libs/run-kit/src/run-outcome.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { RUN_COLUMNS, RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

export interface ItemRow {
  id: string;
  item_id: string;
  kind: string;
  name: string | null;
  result: ItemResult;
  reason_code: string | null;
  reason: string | null;
}

/** What a run's items are narrowed to; what is left out does not narrow them. */
export interface ItemFilter {
  results?: readonly ItemResult[] | undefined;
  reasonCodes?: readonly string[] | undefined;
}

export interface EventRow {
  id: string;
  at: Date;
  kind: string;
  detail: Record<string, unknown>;
}

/** One run with its items and history, of this tenant, in the table or in the archive. */
@Injectable()
export class RunDetailRepository {
  constructor(private readonly database: TenantDatabase) {}

  async find(scope: TenantScope, runId: string): Promise<(RunRow & { archived: boolean }) | undefined> {
    const [row] = await this.database.query<RunRow & { archived: boolean }>(
      scope,
      `SELECT ${RUN_COLUMNS}, false AS archived FROM operation_runs WHERE tenant_id = $1 AND id = $2
       UNION ALL
       SELECT ${RUN_COLUMNS_OF_R}, true AS archived FROM operation_runs_archive a
       CROSS JOIN LATERAL jsonb_populate_record(NULL::operation_runs, a.run - 'run_identity_hash') AS r
       WHERE a.tenant_id = $1 AND a.id = $2
       LIMIT 1`,
      [runId],
    );
    return row;
  }

  items(
    scope: TenantScope,
    run: { id: string; archived: boolean },
    filter: ItemFilter,
    afterId: string | undefined,
    limit: number,
  ): Promise<ItemRow[]> {
    return this.database.query<ItemRow>(
      scope,
      `SELECT id, item_id, kind, name, result, reason_code, reason FROM ${run.archived ? ARCHIVED_ITEMS : 'operation_run_items'}
       WHERE tenant_id = $1 AND run_id = $2 AND ($3::text[] IS NULL OR result = ANY ($3))
         AND ($4::text[] IS NULL OR reason_code = ANY ($4)) AND ($5::bigint IS NULL OR id > $5)
       ORDER BY id LIMIT $6`,
      [
        run.id,
        filter.results ? [...filter.results] : null,
        filter.reasonCodes ? [...filter.reasonCodes] : null,
        afterId ?? null,
        limit,
      ],
    );
  }

  events(
    scope: TenantScope,
    run: { id: string; archived: boolean },
    afterId: string | undefined,
    limit: number,
  ): Promise<EventRow[]> {
    return this.database.query<EventRow>(
      scope,
      `SELECT id, at, kind, detail FROM ${run.archived ? ARCHIVED_EVENTS : 'operation_run_events'}
       WHERE tenant_id = $1 AND run_id = $2 AND ($3::bigint IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [run.id, afterId ?? null, limit],
    );
  }
}

const ARCHIVED_ITEMS = `(SELECT i.* FROM operation_runs_archive a
  CROSS JOIN LATERAL jsonb_populate_recordset(NULL::operation_run_items, a.items) AS i
  WHERE a.tenant_id = $1 AND a.id = $2) AS items`;

const ARCHIVED_EVENTS = `(SELECT e.* FROM operation_runs_archive a
  CROSS JOIN LATERAL jsonb_populate_recordset(NULL::operation_run_events, a.events) AS e
  WHERE a.tenant_id = $1 AND a.id = $2) AS events`;
