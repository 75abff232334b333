import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

export interface MemberRow {
  userId: string;
  name: string;
  email: string;
  role: Role;
  addedAt: Date;
}

export interface MemberFilter {
  roles?: readonly Role[] | undefined;
  /** Stands in the name, in any case. */
  text?: string | undefined;
  /** Whether `text` is looked for in e-mail addresses too. */
  inEmails: boolean;
}

/** Who belongs to a tenant. People have no tenant, so these statements name theirs beside the login role's rights. */
@Injectable()
export class MemberRepository {
  constructor(private readonly database: Database) {}

  /** By name, in any case, after the `[lower name, id]` that was shown last. */
  page(
    { tenantId }: TenantScope,
    filter: MemberFilter,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<(MemberRow & { sortName: string })[]> {
    return this.database.query(
      `SELECT u.id AS "userId", u.name, u.email, m.role, m.created_at AS "addedAt", lower(u.name) AS "sortName"
         FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.tenant_id = $1
          AND ($3::text IS NULL OR (lower(u.name), u.id) > ($3, $4::uuid))
          AND ($5::text[] IS NULL OR m.role = ANY ($5))
          AND ($6::text IS NULL OR position(lower($6) IN lower(u.name)) > 0
            OR ($7 AND position(lower($6) IN lower(u.email)) > 0))
        ORDER BY lower(u.name), u.id LIMIT $2`,
      [
        tenantId,
        limit,
        after?.[0] ?? null,
        after?.[1] ?? null,
        filter.roles ?? null,
        filter.text ?? null,
        filter.inEmails,
      ],
    );
  }

  /** How many members hold each role. */
  countByRole({ tenantId }: TenantScope): Promise<{ role: Role; count: number }[]> {
    return this.database.query(
      `SELECT role, count(*)::integer AS count FROM memberships WHERE tenant_id = $1 GROUP BY role`,
      [tenantId],
    );
  }

  /** Has every other change of this tenant's members wait until the open transaction ends. */
  async lock({ tenantId }: TenantScope): Promise<void> {
    await this.database.query(`SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE`, [tenantId]);
  }

  async find({ tenantId }: TenantScope, userId: string): Promise<MemberRow | undefined> {
    const [row] = await this.database.query<MemberRow>(
      `SELECT u.id AS "userId", u.name, u.email, m.role, m.created_at AS "addedAt"
         FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 AND m.user_id = $2`,
      [tenantId, userId],
    );
    return row;
  }

  async isMember({ tenantId }: TenantScope, email: string): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 AS found FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.tenant_id = $1 AND lower(u.email) = lower($2)`,
      [tenantId, email],
    );
    return rows.length > 0;
  }

  /** Whether somebody else who can sign in is an owner too. */
  async hasOtherOwner({ tenantId }: TenantScope, userId: string): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 AS found FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.tenant_id = $1 AND m.user_id <> $2 AND m.role = 'Owner' AND u.disabled_at IS NULL LIMIT 1`,
      [tenantId, userId],
    );
    return rows.length > 0;
  }

  /** The person of an e-mail whom `ownerId` sees among the members of another tenant that is his. */
  async knownTo(ownerId: string, email: string): Promise<{ id: string; name: string } | undefined> {
    const [row] = await this.database.query<{ id: string; name: string }>(
      `SELECT u.id, u.name FROM users u
        WHERE lower(u.email) = lower($2) AND u.disabled_at IS NULL AND EXISTS (
          SELECT FROM memberships theirs JOIN memberships own ON own.tenant_id = theirs.tenant_id
           WHERE theirs.user_id = u.id AND own.user_id = $1 AND own.role = 'Owner')`,
      [ownerId, email],
    );
    return row;
  }

  /** Makes the person a member; one who is it already keeps his role. */
  async add(tenantId: string, userId: string, role: Role): Promise<void> {
    await this.database.query(
      `INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [tenantId, userId, role],
    );
  }

  async setRole({ tenantId }: TenantScope, userId: string, role: Role): Promise<void> {
    await this.database.query(`UPDATE memberships SET role = $3 WHERE tenant_id = $1 AND user_id = $2`, [
      tenantId,
      userId,
      role,
    ]);
  }

  async remove({ tenantId }: TenantScope, userId: string): Promise<void> {
    await this.database.query(`DELETE FROM memberships WHERE tenant_id = $1 AND user_id = $2`, [tenantId, userId]);
  }
}
