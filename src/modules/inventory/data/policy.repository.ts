import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { CanonicalPolicy } from '../policy/canonical-policy.js';
import type { JsonObject } from '../policy/json.js';
import type { Completeness } from '../sync/completeness.js';

export interface PolicyRow {
  id: string;
  type: string;
  external_id: string;
  name: string;
  platform: string | null;
  version_id: string;
  present: boolean;
  completeness: Completeness;
  first_seen_at: Date;
  changed_at: Date;
  removed_at: Date | null;
}

export interface PolicyDetailRow extends PolicyRow {
  content: CanonicalPolicy;
  content_hash: string;
  versions: number;
}

export interface VersionRow {
  id: string;
  name: string;
  platform: string | null;
  content_hash: string;
  body_hash: string;
  assignments_hash: string;
  completeness: Completeness;
  created_at: Date;
  current: boolean;
  /** When it stood, oldest first: from one sync run until, not including, another. */
  periods: { fromSyncRunId: string; untilSyncRunId: string | null }[];
}

export interface SnapshotRow {
  policy_id: string;
  type: string;
  external_id: string;
  name: string;
  platform: string | null;
  version_id: string;
  content_hash: string;
  body_hash: string;
  assignments_hash: string;
}

export interface PolicyFilter {
  types?: readonly string[];
  /** A part of the name, in any case. */
  text?: string;
  includeRemoved: boolean;
}

const POLICY = `p.id, p.type, p.external_id, p.name, p.platform, p.current_version_id AS version_id, p.present,
  p.completeness, p.first_seen_at, p.changed_at, p.removed_at`;

/** What pages and other modules read of the policies of one tenant. */
@Injectable()
export class PolicyRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** By name in any case, then id, after the row whose `[sort_name, id]` is `after`; at most `limit` rows. */
  page(
    scope: TenantScope,
    filter: PolicyFilter,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<(PolicyRow & { sort_name: string })[]> {
    return this.database.query(
      scope,
      `SELECT ${POLICY}, lower(p.name) AS sort_name FROM inventory_policies p
       WHERE p.tenant_id = $1 ${filter.includeRemoved ? '' : 'AND p.present'}
         AND ($2::text[] IS NULL OR p.type = ANY ($2::text[]))
         AND ($3::text IS NULL OR position(lower($3::text) IN lower(p.name)) > 0)
         AND ($4::text IS NULL OR (lower(p.name), p.id) > ($4::text, $5::bigint))
       ORDER BY lower(p.name), p.id LIMIT $6`,
      [filter.types ?? null, filter.text ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }

  async find(scope: TenantScope, id: string): Promise<PolicyDetailRow | undefined> {
    const [row] = await this.database.query<PolicyDetailRow>(
      scope,
      `SELECT ${POLICY}, v.content, v.content_hash,
         (SELECT count(*)::integer FROM inventory_policy_versions n
          WHERE n.tenant_id = $1 AND n.policy_id = p.id) AS versions
       FROM inventory_policies p
       JOIN inventory_policy_versions v
         ON v.tenant_id = p.tenant_id AND v.policy_id = p.id AND v.id = p.current_version_id
       WHERE p.tenant_id = $1 AND p.id = $2`,
      [id],
    );
    return row;
  }

  /** Newest first, below the version id `before`; at most `limit` rows. */
  versions(scope: TenantScope, policyId: string, before: string | undefined, limit: number): Promise<VersionRow[]> {
    return this.database.query<VersionRow>(
      scope,
      `SELECT v.id, v.name, v.platform, v.content_hash, v.body_hash, v.assignments_hash, v.completeness, v.created_at,
         (v.id = p.current_version_id AND p.present) AS current,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('fromSyncRunId', r.from_sync_id::text,
             'untilSyncRunId', r.until_sync_id::text) ORDER BY r.from_sync_id), '[]')
          FROM inventory_policy_periods r
          WHERE r.tenant_id = $1 AND r.policy_id = v.policy_id AND r.version_id = v.id
            AND (r.until_sync_id IS NULL OR r.until_sync_id > r.from_sync_id)) AS periods
       FROM inventory_policy_versions v
       JOIN inventory_policies p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
       WHERE v.tenant_id = $1 AND v.policy_id = $2 AND ($3::bigint IS NULL OR v.id < $3::bigint)
       ORDER BY v.id DESC LIMIT $4`,
      [policyId, before ?? null, limit],
    );
  }

  current(scope: TenantScope, ids: readonly string[]): Promise<PolicyRow[]> {
    return this.database.query<PolicyRow>(
      scope,
      `SELECT ${POLICY} FROM inventory_policies p WHERE p.tenant_id = $1 AND p.id = ANY ($2::bigint[]) ORDER BY p.id`,
      [ids],
    );
  }

  /** What was read from Graph for these versions, less its secrets. */
  async rawVersions(scope: TenantScope, versionIds: readonly string[]): Promise<Map<string, JsonObject>> {
    const rows = await this.database.query<{ id: string; raw: JsonObject }>(
      scope,
      `SELECT id, raw FROM inventory_policy_versions WHERE tenant_id = $1 AND id = ANY ($2::bigint[])`,
      [versionIds],
    );
    return new Map(rows.map(({ id, raw }) => [id, raw]));
  }

  /** The versions that stood at a sync run, of the types that it read, in whole or in part. */
  snapshots(scope: TenantScope, syncRunId: string): Promise<SnapshotRow[]> {
    return this.database.query<SnapshotRow>(
      scope,
      `SELECT r.policy_id, r.type, p.external_id, v.name, v.platform, v.id AS version_id, v.content_hash, v.body_hash,
         v.assignments_hash
       FROM inventory_coverage c
       JOIN inventory_policy_periods r ON r.tenant_id = c.tenant_id AND r.type = c.type
         AND r.from_sync_id <= c.sync_run_id AND (r.until_sync_id IS NULL OR r.until_sync_id > c.sync_run_id)
       JOIN inventory_policies p ON p.tenant_id = r.tenant_id AND p.id = r.policy_id
       JOIN inventory_policy_versions v
         ON v.tenant_id = r.tenant_id AND v.policy_id = r.policy_id AND v.id = r.version_id
       WHERE c.tenant_id = $1 AND c.sync_run_id = $2 AND c.state IN ('read', 'partial')
       ORDER BY r.type, r.policy_id`,
      [syncRunId],
    );
  }

  documents(
    scope: TenantScope,
    versionIds: readonly string[],
  ): Promise<{ version_id: string; type: string; name: string; content: CanonicalPolicy }[]> {
    return this.database.query(
      scope,
      `SELECT v.id AS version_id, p.type, v.name, v.content
       FROM inventory_policy_versions v
       JOIN inventory_policies p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
       WHERE v.tenant_id = $1 AND v.id = ANY ($2::bigint[])`,
      [versionIds],
    );
  }
}
