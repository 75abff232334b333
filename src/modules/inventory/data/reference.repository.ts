import { Injectable } from '@nestjs/common';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { referencesOf } from '../policy/policy-references.js';
import type { StoredPolicy } from '../sync/plan-writes.js';
import { ONE_PLAN_FOR_ALL_TENANTS } from './one-plan.js';

/** One reference, with the policy at its other end where the inventory has it. */
export interface ReferenceRow {
  to_type: string;
  to_external_id: string;
  via: string;
  policy_id: string | null;
  type: string | null;
  external_id: string | null;
  name: string | null;
  present: boolean | null;
}

/** What the current versions of a tenant's policies refer to. */
@Injectable()
export class ReferenceRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** From now on these policies of one type refer to this, and to nothing else. */
  async replace(scope: TenantScope, type: PolicyType, policies: readonly StoredPolicy[]): Promise<void> {
    if (policies.length === 0) return;
    const ids = policies.map(({ id }) => id);
    const references = policies.flatMap(({ id, policy }) =>
      referencesOf(type, policy).map(({ toType, toExternalId, via }) => ({
        policy_id: id,
        to_type: toType,
        to_external_id: toExternalId,
        via,
      })),
    );
    await this.database.query(
      scope,
      `DELETE FROM inventory_references WHERE tenant_id = $1 AND policy_id = ANY ($2::bigint[])`,
      [ids],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    await this.database.query(
      scope,
      `INSERT INTO inventory_references (tenant_id, policy_id, to_type, to_external_id, via)
       SELECT $1, policy_id, to_type, to_external_id, via
       FROM jsonb_to_recordset($2::jsonb) AS r(policy_id bigint, to_type text, to_external_id text, via text)`,
      [JSON.stringify(references)],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    await this.database.query(
      scope,
      `UPDATE inventory_policies SET references_stored = true
       WHERE tenant_id = $1 AND id = ANY ($2::bigint[]) AND NOT references_stored`,
      [ids],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }

  /** What a policy refers to, by type and id. */
  uses(scope: TenantScope, policyId: string): Promise<ReferenceRow[]> {
    return this.database.query<ReferenceRow>(
      scope,
      `SELECT r.to_type, r.to_external_id, r.via, p.id AS policy_id, p.type, p.external_id, p.name, p.present
       FROM inventory_references r
       LEFT JOIN inventory_policies p
         ON p.tenant_id = r.tenant_id AND p.type = r.to_type AND p.external_id = r.to_external_id
       WHERE r.tenant_id = $1 AND r.policy_id = $2
       ORDER BY r.to_type, r.to_external_id, r.via`,
      [policyId],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }

  /** Which present policies refer to a policy, by name. */
  usedBy(scope: TenantScope, policyId: string): Promise<ReferenceRow[]> {
    return this.database.query<ReferenceRow>(
      scope,
      `SELECT r.to_type, r.to_external_id, r.via, p.id AS policy_id, p.type, p.external_id, p.name, p.present
       FROM inventory_policies o
       JOIN inventory_references r
         ON r.tenant_id = o.tenant_id AND r.to_type = o.type AND r.to_external_id = o.external_id
       JOIN inventory_policies p ON p.tenant_id = r.tenant_id AND p.id = r.policy_id AND p.present
       WHERE o.tenant_id = $1 AND o.id = $2
       ORDER BY lower(p.name), p.id, r.via`,
      [policyId],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }

  /** Which present policies refer to something by Graph's id, a group for one; by name. */
  referringTo(scope: TenantScope, toType: string, toExternalId: string): Promise<ReferenceRow[]> {
    return this.database.query<ReferenceRow>(
      scope,
      `SELECT r.to_type, r.to_external_id, r.via, p.id AS policy_id, p.type, p.external_id, p.name, p.present
       FROM inventory_references r
       JOIN inventory_policies p ON p.tenant_id = r.tenant_id AND p.id = r.policy_id AND p.present
       WHERE r.tenant_id = $1 AND r.to_type = $2 AND r.to_external_id = $3
       ORDER BY lower(p.name), p.id, r.via`,
      [toType, toExternalId],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }
}
