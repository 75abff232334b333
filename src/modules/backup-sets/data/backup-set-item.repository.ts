import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { IncludeOptions } from '../backup-set.js';

/** A row of `backup_set_items` as `pg` answers it. */
export interface BackupSetItemRow {
  id: string;
  policy_id: string;
  version_id: string;
  type: string;
  external_id: string;
  name: string;
  include_assignments: boolean;
  include_scope_tags: boolean;
  complete: boolean;
  added_run_id: string;
  added_at: Date;
}

export interface NewBackupSetItem {
  policyId: string;
  versionId: string;
  type: string;
  externalId: string;
  name: string;
  complete: boolean;
}

/** The set that items go to, the run that adds them and what of each policy it keeps. */
export interface ItemTarget {
  setId: string;
  runId: string;
  options: IncludeOptions;
}

@Injectable()
export class BackupSetItemRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** In the order in which they were added, above the id `after`; at most `limit` rows. */
  page(scope: TenantScope, setId: string, after: string | undefined, limit: number): Promise<BackupSetItemRow[]> {
    return this.database.query<BackupSetItemRow>(
      scope,
      `SELECT id, policy_id, version_id, type, external_id, name, include_assignments, include_scope_tags, complete,
         added_run_id, added_at
       FROM backup_set_items
       WHERE tenant_id = $1 AND set_id = $2 AND ($3::bigint IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [setId, after ?? null, limit],
    );
  }

  /** Which of `policyIds` the set holds, each with the run that added it. */
  async adders(scope: TenantScope, setId: string, policyIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ policy_id: string; added_run_id: string }>(
      scope,
      `SELECT policy_id, added_run_id FROM backup_set_items
       WHERE tenant_id = $1 AND set_id = $2 AND policy_id = ANY ($3::bigint[])`,
      [setId, [...policyIds]],
    );
    return new Map(rows.map((row) => [row.policy_id, row.added_run_id]));
  }

  /** Adds the items that the set does not hold yet; one that it holds, whoever added it, stays as it is. */
  async insert(scope: TenantScope, target: ItemTarget, items: readonly NewBackupSetItem[]): Promise<void> {
    if (items.length === 0) return;
    await this.database.query(
      scope,
      `INSERT INTO backup_set_items (tenant_id, set_id, added_run_id, include_assignments, include_scope_tags,
         policy_id, version_id, type, external_id, name, complete)
       SELECT $1, $2, $3, $4, $5, "policyId", "versionId", type, "externalId", name, complete
       FROM jsonb_to_recordset($6::jsonb) AS i ("policyId" bigint, "versionId" bigint, type text, "externalId" text,
         name text, complete boolean)
       ORDER BY "policyId"
       ON CONFLICT ON CONSTRAINT backup_set_items_once DO NOTHING`,
      [
        target.setId,
        target.runId,
        target.options.includeAssignments,
        target.options.includeScopeTags,
        JSON.stringify(items),
      ],
    );
  }
}
