import { Injectable } from '@nestjs/common';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { NormalisedPolicy } from '../policy/canonical-policy.js';
import { referencesOf } from '../policy/policy-references.js';
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

  /** From now on these policies of one type refer to this, and to nothing else; they are stored already. */
  async replace(scope: TenantScope, type: PolicyType, policies: readonly NormalisedPolicy[]): Promise<void> {
    if (policies.length === 0) return;
    const externalIds = policies.map(({ externalId }) => externalId);
    const references = policies.flatMap((policy) =>
      referencesOf(type, policy).map(({ toType, toExternalId, via }) => ({
        external_id: policy.externalId,
        to_type: toType,
        to_external_id: toExternalId,
        via,
      })),
    );
    await this.database.query(
      scope,
      `DELETE FROM inventory_references r USING inventory_policies p
       WHERE r.tenant_id = $1 AND p.tenant_id = $1 AND p.id = r.policy_id AND p.type = $2
         AND p.external_id = ANY ($3::text[])`,
      [type.key, externalIds],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    await this.database.query(
      scope,
      `INSERT INTO inventory_references (tenant_id, policy_id, to_type, to_external_id, via)
       SELECT $1, p.id, r.to_type, r.to_external_id, r.via
       FROM jsonb_to_recordset($3::jsonb) AS r(external_id text, to_type text, to_external_id text, via text)
       -- Row by row: a join would read every policy of the type, chunk after chunk.
       CROSS JOIN LATERAL (
         SELECT id FROM inventory_policies WHERE tenant_id = $1 AND type = $2 AND external_id = r.external_id LIMIT 1) p`,
      [type.key, JSON.stringify(references)],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    await this.database.query(
      scope,
      `UPDATE inventory_policies SET references_stored = true
       WHERE tenant_id = $1 AND type = $2 AND external_id = ANY ($3::text[]) AND NOT references_stored`,
      [type.key, externalIds],
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
