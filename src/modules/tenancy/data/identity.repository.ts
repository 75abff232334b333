import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { UserRow } from './user.repository.js';

/** A person in Microsoft Entra ID: the directory and the object id in it, which never change nor pass to another. */
export interface EntraIdentity {
  entraTenantId: string;
  objectId: string;
}

export interface LinkedRow extends EntraIdentity {
  linkedAt: Date;
  lastSignInAt: Date | null;
}

/** Which Microsoft accounts are whose. */
@Injectable()
export class IdentityRepository {
  constructor(private readonly database: Database) {}

  /** The user of an account, unless he is disabled; notes that he signs in. */
  async signingIn({ entraTenantId, objectId }: EntraIdentity): Promise<UserRow | undefined> {
    const [row] = await this.database.query<UserRow>(
      `UPDATE user_identities i SET last_sign_in_at = now() FROM users u
       WHERE i.entra_tenant_id = $1 AND i.object_id = $2 AND u.id = i.user_id AND u.disabled_at IS NULL
       RETURNING u.id, u.email, u.name`,
      [entraTenantId, objectId],
    );
    return row;
  }

  /** Whose the account is now: this user's, unless it was another's before. */
  async link(userId: string, { entraTenantId, objectId }: EntraIdentity): Promise<string> {
    const [row] = await this.database.query<{ owner: string }>(
      `INSERT INTO user_identities AS i (entra_tenant_id, object_id, user_id) VALUES ($1, $2, $3)
       ON CONFLICT (entra_tenant_id, object_id) DO UPDATE SET user_id = i.user_id
       RETURNING user_id AS owner`,
      [entraTenantId, objectId, userId],
    );
    if (row === undefined) throw new Error('An upsert answered no row.');
    return row.owner;
  }

  /** Oldest first; nobody links many. */
  list(userId: string): Promise<LinkedRow[]> {
    return this.database.query<LinkedRow>(
      `SELECT entra_tenant_id AS "entraTenantId", object_id AS "objectId", linked_at AS "linkedAt",
         last_sign_in_at AS "lastSignInAt"
       FROM user_identities WHERE user_id = $1 ORDER BY linked_at, object_id LIMIT 100`,
      [userId],
    );
  }

  /** Whether it was this user's. */
  async unlink(userId: string, { entraTenantId, objectId }: EntraIdentity): Promise<boolean> {
    const rows = await this.database.query(
      `DELETE FROM user_identities WHERE user_id = $1 AND entra_tenant_id = $2 AND object_id = $3
       RETURNING 1 AS removed`,
      [userId, entraTenantId, objectId],
    );
    return rows.length > 0;
  }
}
