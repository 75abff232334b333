import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

/** Policies that came on the same day and went on the same day, in UTC, `yyyy-mm-dd`. */
export interface KnownPoliciesRow {
  /** No earlier than the day that was asked from. */
  came: string;
  /** Null for those that are still there. */
  went: string | null;
  policies: number;
}

/** How many policies the inventory knew when, from an index alone. */
@Injectable()
export class KnownPoliciesRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Every policy the tenant ever had; those that came before `since` stand together as if they had come the day before. */
  since(scope: TenantScope, since: string): Promise<KnownPoliciesRow[]> {
    return this.database.query<KnownPoliciesRow>(
      scope,
      `SELECT greatest((first_seen_at AT TIME ZONE 'UTC')::date, $2::date - 1)::text AS came,
         CASE WHEN removed_at IS NOT NULL
           THEN greatest((removed_at AT TIME ZONE 'UTC')::date, $2::date - 1)::text END AS went, count(*)::integer AS policies
       FROM inventory_policies WHERE tenant_id = $1 GROUP BY 1, 2`,
      [since],
    );
  }
}
