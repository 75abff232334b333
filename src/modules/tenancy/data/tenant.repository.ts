import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Database, TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

export interface TenantRow {
  id: string;
  name: string;
  entraTenantId: string;
}

export interface MembershipRow {
  tenantId: string;
  tenantName: string;
  role: Role;
}

/** Tenants and who belongs to them. */
@Injectable()
export class TenantRepository {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabase: TenantDatabase,
  ) {}

  async find(scope: TenantScope): Promise<TenantRow | undefined> {
    const [row] = await this.tenantDatabase.query<TenantRow>(
      scope,
      `SELECT id, name, entra_tenant_id AS "entraTenantId" FROM tenants WHERE id = $1`,
    );
    return row;
  }

  /** One look at the primary key: this runs before every request of a tenant. */
  async roleOf(userId: string, tenantId: string): Promise<Role | undefined> {
    const [row] = await this.database.query<{ role: Role }>(
      `SELECT role FROM memberships WHERE tenant_id = $1 AND user_id = $2`,
      [tenantId, userId],
      { prepared: true },
    );
    return row?.role;
  }

  /** The user's memberships by tenant name, then id. `after` is the last pair that was shown. */
  memberships(userId: string, limit: number, after?: readonly string[]): Promise<MembershipRow[]> {
    return this.database.query<MembershipRow>(
      `SELECT t.id AS "tenantId", t.name AS "tenantName", m.role
         FROM memberships m JOIN tenants t ON t.id = m.tenant_id
        WHERE m.user_id = $1 AND ($3::text IS NULL OR (t.name, t.id::text) > ($3, $4))
        ORDER BY t.name, t.id::text
        LIMIT $2`,
      [userId, limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async tenantIdsOf(userId: string): Promise<string[]> {
    const rows = await this.database.query<{ tenant_id: string }>(
      `SELECT tenant_id FROM memberships WHERE user_id = $1 ORDER BY tenant_id`,
      [userId],
    );
    return rows.map((row) => row.tenant_id);
  }

  /** Makes the tenant of an Entra tenant, or renames it. Answers its id. */
  async ensure(name: string, entraTenantId: string): Promise<string> {
    const [row] = await this.database.query<{ id: string }>(
      `INSERT INTO tenants (name, entra_tenant_id) VALUES ($1, $2)
       ON CONFLICT (entra_tenant_id) DO UPDATE SET name = excluded.name
       RETURNING id`,
      [name, entraTenantId],
    );
    if (row === undefined) throw new Error('An upsert answered no row.');
    return row.id;
  }

  async ensureMembership(tenantId: string, userId: string, role: Role): Promise<void> {
    await this.database.query(
      `INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, user_id) DO UPDATE SET role = excluded.role`,
      [tenantId, userId, role],
    );
  }
}
