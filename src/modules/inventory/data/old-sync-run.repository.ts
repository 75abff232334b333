import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { ONE_PLAN_FOR_ALL_TENANTS } from './one-plan.js';

export interface UnnamedSyncRun {
  id: string;
  operation_run_id: string;
}

/**
 * Sync runs that something reads by what they are, whoever asks. `$2` are the sync runs that are looked at: only what
 * covers the same types, or has the same selection, can be read instead of one of them.
 *
 * - The newest that tried a type: pages take its word for all policies of the type, and where nobody has a word, a
 *   policy counts as read.
 * - The newest of all, and the newest that came to its end: summaries show them.
 * - Of a selection the two newest that read something, and the two newest that succeeded fully: a comparison takes the
 *   newest and, before it, the newest that succeeded, or says which of the two is missing.
 */
const READ = `read_by_all AS MATERIALIZED (
  SELECT n.id FROM (
    SELECT DISTINCT type FROM inventory_coverage WHERE tenant_id = $1 AND sync_run_id = ANY ($2::bigint[])) t
  CROSS JOIN LATERAL (
    SELECT sync_run_id AS id FROM inventory_coverage
    WHERE tenant_id = $1 AND type = t.type ORDER BY sync_run_id DESC LIMIT 1) n
  UNION ALL
  (SELECT id FROM inventory_sync_runs WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1)
  UNION ALL
  (SELECT id FROM inventory_sync_runs WHERE tenant_id = $1 AND outcome IS NOT NULL ORDER BY id DESC LIMIT 1)
  UNION ALL
  SELECT n.id FROM (
    SELECT DISTINCT scope_key FROM inventory_sync_runs WHERE tenant_id = $1 AND id = ANY ($2::bigint[])) k
  CROSS JOIN LATERAL (
    (SELECT id FROM inventory_sync_runs
     WHERE tenant_id = $1 AND scope_key = k.scope_key AND outcome IN ('succeeded', 'partially_succeeded')
     ORDER BY id DESC LIMIT 2)
    UNION ALL
    (SELECT id FROM inventory_sync_runs
     WHERE tenant_id = $1 AND scope_key = k.scope_key AND outcome = 'succeeded' ORDER BY id DESC LIMIT 2)) n)`;

/** What a comparison named stays a day longer than its run is listed: it is named before that run completes. */
const NAMED_LONG_AGO = '(named_at IS NULL OR named_at < now() - make_interval(days => $3::integer + 1))';

/** Sync runs that nobody reads any more. What is found to be so stays so: newer sync runs only push older ones back. */
@Injectable()
export class OldSyncRunRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Oldest first, above the id `after`, at most `limit`; without those that a comparison named, `days` ago or since. */
  unnamed(scope: TenantScope, days: number, after: string, limit: number): Promise<UnnamedSyncRun[]> {
    return this.database.query<UnnamedSyncRun>(
      scope,
      `SELECT id, operation_run_id FROM inventory_sync_runs
       WHERE tenant_id = $1 AND id > $2::bigint AND ${NAMED_LONG_AGO} ORDER BY id LIMIT $4`,
      [after, days, limit],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }

  /**
   * Removes those of `ids` that nothing reads, each with its whole coverage: half of it would tell that the rest was not
   * asked for. Passes over what somebody holds, and answers how many are gone.
   */
  async remove(scope: TenantScope, ids: readonly string[], days: number): Promise<number> {
    const removed = await this.database.query(
      scope,
      `WITH ${READ}, unread AS (
         SELECT id FROM inventory_sync_runs
         WHERE tenant_id = $1 AND id = ANY ($2::bigint[]) AND ${NAMED_LONG_AGO}
           AND id NOT IN (SELECT id FROM read_by_all)
         ORDER BY id FOR UPDATE SKIP LOCKED
       )
       DELETE FROM inventory_sync_runs s USING unread WHERE s.tenant_id = $1 AND s.id = unread.id RETURNING s.id`,
      [ids, days],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    return removed.length;
  }
}
