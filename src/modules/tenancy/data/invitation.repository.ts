import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Database, TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

export interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  invitedByName: string;
  createdAt: Date;
  expiresAt: Date;
  expired: boolean;
}

export interface NewInvitation {
  email: string;
  role: Role;
  tokenHash: Buffer;
  invitedBy: string;
  invitedByName: string;
  daysValid: number;
}

/** An invitation as its token finds it. */
export interface UsableInvitation {
  id: string;
  tenantId: string;
  tenantName: string;
  email: string;
  role: Role;
  invitedByName: string;
  expiresAt: Date;
}

const COLUMNS = `id, email, role, invited_by_name AS "invitedByName", created_at AS "createdAt",
  expires_at AS "expiresAt", expires_at <= now() AS expired`;

/** What a token must find: not run out, and sent by a person who could still send it. */
const USABLE = `i.token_hash = $1 AND i.expires_at > now() AND EXISTS (
  SELECT FROM memberships m JOIN users u ON u.id = m.user_id
   WHERE m.tenant_id = i.tenant_id AND m.user_id = i.invited_by AND m.role = 'Owner' AND u.disabled_at IS NULL)`;

/** Open invitations; of their tokens only the sha-256 is kept. */
@Injectable()
export class InvitationRepository {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabase: TenantDatabase,
  ) {}

  /** Newest first; a tenant keeps few. */
  list(scope: TenantScope, limit: number): Promise<InvitationRow[]> {
    return this.tenantDatabase.query<InvitationRow>(
      scope,
      `SELECT ${COLUMNS} FROM invitations WHERE tenant_id = $1 ORDER BY created_at DESC, id LIMIT $2`,
      [limit],
    );
  }

  /** Makes an invitation in place of an earlier one for the address; undefined when the tenant has `most` others. */
  async save(scope: TenantScope, given: NewInvitation, most: number): Promise<InvitationRow | undefined> {
    const [row] = await this.tenantDatabase.query<InvitationRow>(
      scope,
      `INSERT INTO invitations (tenant_id, email, role, token_hash, invited_by, invited_by_name, expires_at)
       SELECT $1, $2::text, $3::text, $4::bytea, $5::uuid, $6::text, now() + make_interval(days => $7::integer)
        WHERE (SELECT count(*) FROM invitations WHERE tenant_id = $1 AND lower(email) <> lower($2)) < $8::integer
       ON CONFLICT (tenant_id, lower(email)) DO UPDATE SET role = excluded.role, token_hash = excluded.token_hash,
         invited_by = excluded.invited_by, invited_by_name = excluded.invited_by_name,
         created_at = now(), expires_at = excluded.expires_at
       RETURNING ${COLUMNS}`,
      [given.email, given.role, given.tokenHash, given.invitedBy, given.invitedByName, given.daysValid, most],
    );
    return row;
  }

  /** The invitation that was removed, undefined when the tenant has no such one. */
  async remove(scope: TenantScope, id: string): Promise<{ email: string; role: Role } | undefined> {
    const [row] = await this.tenantDatabase.query<{ email: string; role: Role }>(
      scope,
      `DELETE FROM invitations WHERE tenant_id = $1 AND id = $2 RETURNING email, role`,
      [id],
    );
    return row;
  }

  /** Those of a person who may not invite any more. */
  async removeOf(scope: TenantScope, userId: string): Promise<void> {
    await this.tenantDatabase.query(scope, `DELETE FROM invitations WHERE tenant_id = $1 AND invited_by = $2`, [
      userId,
    ]);
  }

  async findUsable(tokenHash: Buffer): Promise<UsableInvitation | undefined> {
    const [row] = await this.database.query<UsableInvitation>(
      `SELECT i.id, i.tenant_id AS "tenantId", t.name AS "tenantName", i.email, i.role,
         i.invited_by_name AS "invitedByName", i.expires_at AS "expiresAt"
       FROM invitations i JOIN tenants t ON t.id = i.tenant_id WHERE ${USABLE}`,
      [tokenHash],
    );
    return row;
  }

  /** Uses the invitation up; undefined when another call, its end or its taking back came first. */
  async take(tokenHash: Buffer): Promise<{ id: string; tenantId: string; role: Role } | undefined> {
    const [row] = await this.database.query<{ id: string; tenantId: string; role: Role }>(
      `DELETE FROM invitations i WHERE ${USABLE} RETURNING i.id, i.tenant_id AS "tenantId", i.role`,
      [tokenHash],
    );
    return row;
  }
}
