import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

export interface SetHealthRow {
  id: string;
  name: string;
  policies: number;
  /** When the last of its policies was added. */
  taken_at: Date;
}

/** Newest sets that are looked at; one that is complete but older than these is not worth naming. */
const LOOKED_AT = 500;

@Injectable()
export class SetHealthRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** The newest set that holds something and lacks nothing; two looks into an index for each newer one that does. */
  async newestComplete(scope: TenantScope): Promise<SetHealthRow | undefined> {
    const [row] = await this.database.query<SetHealthRow>(
      scope,
      // Set by set, and by one plan for all tenants: a join reads what all sets of the tenant lack, and for a tenant that
      // the statistics do not know, any index that begins with the tenant would do, and all that it has be read.
      `SELECT s.id, s.name, i.policies, i.taken_at
       FROM (SELECT b.id, b.name FROM (
           SELECT id, name FROM backup_sets WHERE tenant_id = $1 ORDER BY id DESC LIMIT ${LOOKED_AT}) AS b
         CROSS JOIN LATERAL (
           SELECT FROM backup_set_items WHERE tenant_id = $1 AND set_id = b.id LIMIT 1) AS held
         LEFT JOIN LATERAL (
           SELECT true AS any FROM backup_set_items
           WHERE tenant_id = $1 AND set_id = b.id AND NOT complete LIMIT 1) AS lacking ON true
         WHERE lacking.any IS NULL
         ORDER BY b.id DESC LIMIT 1) AS s
       CROSS JOIN LATERAL (SELECT count(*)::integer AS policies, max(added_at) AS taken_at
         FROM backup_set_items WHERE tenant_id = $1 AND set_id = s.id) AS i`,
      [],
      { prepared: true, generic: true },
    );
    return row;
  }

  /** Whether the tenant has any set, and whether any set holds something. */
  async any(scope: TenantScope): Promise<{ set: boolean; filled: boolean }> {
    const [row] = await this.database.query<{ set: boolean; filled: boolean }>(
      scope,
      `SELECT EXISTS (SELECT FROM backup_sets WHERE tenant_id = $1) AS set,
         EXISTS (SELECT FROM backup_set_items WHERE tenant_id = $1) AS filled`,
    );
    return row ?? { set: false, filled: false };
  }
}
