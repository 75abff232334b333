import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { CanonicalPolicy } from '../policy/canonical-policy.js';
import type { JsonObject } from '../policy/json.js';
import type { Completeness } from '../sync/completeness.js';
import type { CoverageState } from '../sync/coverage.js';
import { ONE_PLAN_FOR_ALL_TENANTS } from './one-plan.js';
import {
  ASSIGNMENT,
  COMMON_CONDITIONS,
  COVERAGE_CTE,
  FACET_CONDITIONS,
  filterParameters,
  POLICY_COVERAGE,
  typeParameters,
  type AssignmentState,
  type PolicyFilter,
} from './policy-filter.js';

export interface PolicyRow {
  id: string;
  type: string;
  external_id: string;
  name: string;
  platform: string | null;
  version_id: string;
  present: boolean;
  completeness: Completeness;
  description: string | null;
  scope_tags: string[];
  first_seen_at: Date;
  changed_at: Date;
  removed_at: Date | null;
}

export interface PolicyDetailRow extends ListedPolicyRow {
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

export interface WholeVersionRow extends VersionRow {
  content: CanonicalPolicy;
  /** As it was read from Graph, less its secrets. */
  raw: JsonObject;
}

/** A policy that the tenant has, with the version it stands at. */
export interface StandingRow {
  id: string;
  type: string;
  external_id: string;
  name: string;
  version_id: string;
  content_hash: string;
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

/** A row of a list; `coverage` says how much of it the newest sync could read. */
export interface ListedPolicyRow extends PolicyRow {
  coverage: CoverageState;
  assignment: AssignmentState;
  sort_name: string;
  /** `changed_at` to the microsecond, which a `Date` does not hold. */
  changed_key: string;
}

/** By name in any case, or what changed last first. */
export type PolicyOrder = 'name' | 'changed';

const POLICY = `p.id, p.type, p.external_id, p.name, p.platform, p.current_version_id AS version_id, p.present,
  p.completeness, p.description, p.scope_tags, p.first_seen_at, p.changed_at, p.removed_at`;
const LISTED = `${POLICY}, ${POLICY_COVERAGE} AS coverage, ${ASSIGNMENT} AS assignment, p.sort_name,
  p.changed_at::text AS changed_key`;
const VERSION = `v.id, v.name, v.platform, v.content_hash, v.body_hash, v.assignments_hash, v.completeness,
  v.created_at, (v.id = p.current_version_id AND p.present) AS current,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('fromSyncRunId', r.from_sync_id::text,
      'untilSyncRunId', r.until_sync_id::text) ORDER BY r.from_sync_id), '[]')
   FROM inventory_policy_periods r
   WHERE r.tenant_id = $1 AND r.policy_id = v.policy_id AND r.version_id = v.id
     AND (r.until_sync_id IS NULL OR r.until_sync_id > r.from_sync_id)) AS periods`;
const ALL_CONDITIONS = [COMMON_CONDITIONS, ...Object.values(FACET_CONDITIONS)].join(' AND ');
const ORDERS = {
  name: {
    after: '($12::text IS NULL OR (p.sort_name, p.id) > ($12::text, $13::bigint))',
    by: 'p.sort_name, p.id',
  },
  changed: {
    after: '($12::timestamptz IS NULL OR (p.changed_at, p.id) < ($12::timestamptz, $13::bigint))',
    by: 'p.changed_at DESC, p.id DESC',
  },
} as const;

/** What pages and other modules read of the policies of one tenant. */
@Injectable()
export class PolicyRepository {
  constructor(private readonly database: TenantDatabase) {}

  /**
   * In that order, then by id, after the row whose `[sort_name, id]` or `[changed_key, id]` is `after`; at most `limit`
   * rows.
   */
  page(
    scope: TenantScope,
    filter: PolicyFilter,
    order: PolicyOrder,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<ListedPolicyRow[]> {
    return this.database.query<ListedPolicyRow>(
      scope,
      `WITH ${COVERAGE_CTE}
       SELECT ${LISTED} FROM inventory_policies p LEFT JOIN coverage c ON c.type = p.type
       WHERE ${ALL_CONDITIONS} AND ${ORDERS[order].after}
       ORDER BY ${ORDERS[order].by} LIMIT $14`,
      [...filterParameters(filter), after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }

  async find(scope: TenantScope, id: string): Promise<PolicyDetailRow | undefined> {
    const [row] = await this.database.query<PolicyDetailRow>(
      scope,
      `WITH ${COVERAGE_CTE}
       SELECT ${LISTED}, v.content, v.content_hash,
         (SELECT count(*)::integer FROM inventory_policy_versions n
          WHERE n.tenant_id = $1 AND n.policy_id = p.id) AS versions
       FROM inventory_policies p
       JOIN inventory_policy_versions v
         ON v.tenant_id = p.tenant_id AND v.policy_id = p.id AND v.id = p.current_version_id
       LEFT JOIN coverage c ON c.type = p.type
       WHERE p.tenant_id = $1 AND p.id = $4`,
      [...typeParameters(), id],
    );
    return row;
  }

  /** Newest first, below the version id `before`; at most `limit` rows. */
  versions(scope: TenantScope, policyId: string, before: string | undefined, limit: number): Promise<VersionRow[]> {
    return this.database.query<VersionRow>(
      scope,
      `SELECT ${VERSION} FROM inventory_policy_versions v
       JOIN inventory_policies p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
       WHERE v.tenant_id = $1 AND v.policy_id = $2 AND ($3::bigint IS NULL OR v.id < $3::bigint)
       ORDER BY v.id DESC LIMIT $4`,
      [policyId, before ?? null, limit],
    );
  }

  /** Versions of one policy with what is in them, in no order; ids that are not the policy's are missing. */
  wholeVersions(scope: TenantScope, policyId: string, ids: readonly string[]): Promise<WholeVersionRow[]> {
    return this.database.query<WholeVersionRow>(
      scope,
      `SELECT ${VERSION}, v.content, v.raw FROM inventory_policy_versions v
       JOIN inventory_policies p ON p.tenant_id = v.tenant_id AND p.id = v.policy_id
       WHERE v.tenant_id = $1 AND v.policy_id = $2 AND v.id = ANY ($3::bigint[])`,
      [policyId, ids],
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
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }

  /** The present policies of these types, by id. */
  standing(scope: TenantScope, types: readonly string[]): Promise<StandingRow[]> {
    return this.database.query<StandingRow>(
      scope,
      `SELECT p.id, p.type, p.external_id, p.name, v.id AS version_id, v.content_hash
       FROM inventory_policies p
       JOIN inventory_policy_versions v
         ON v.tenant_id = p.tenant_id AND v.policy_id = p.id AND v.id = p.current_version_id
       WHERE p.tenant_id = $1 AND p.type = ANY ($2::text[]) AND p.present ORDER BY p.id`,
      [types],
      ONE_PLAN_FOR_ALL_TENANTS,
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
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }
}
