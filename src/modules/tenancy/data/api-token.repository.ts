import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { UserRow } from './user.repository.js';

export interface ApiTokenRow {
  id: string;
  name: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** Personal API tokens; only their sha-256 is kept. */
@Injectable()
export class ApiTokenRepository {
  constructor(private readonly database: Database) {}

  async insert(userId: string, name: string, hash: Buffer, expiresAt: Date | null): Promise<string> {
    const [row] = await this.database.query<{ id: string }>(
      `INSERT INTO api_tokens (user_id, name, token_hash, expires_at) VALUES ($1, $2, $3, $4) RETURNING id`,
      [userId, name, hash, expiresAt],
    );
    if (row === undefined) throw new Error('An insert answered no row.');
    return row.id;
  }

  /** The user whose token hashes to `hash`, unless the token has expired or the user is disabled. */
  async userOf(hash: Buffer): Promise<UserRow | undefined> {
    const [row] = await this.database.query<UserRow>(
      `SELECT u.id, u.email, u.name
         FROM api_tokens a JOIN users u ON u.id = a.user_id
        WHERE a.token_hash = $1 AND (a.expires_at IS NULL OR a.expires_at > now()) AND u.disabled_at IS NULL`,
      [hash],
      { prepared: true },
    );
    return row;
  }

  /** Notes that the token is in use, at most once in ten minutes, so that reading does not mean writing. */
  async noteUse(hash: Buffer): Promise<void> {
    await this.database.query(
      `UPDATE api_tokens SET last_used_at = now()
        WHERE token_hash = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '10 minutes')`,
      [hash],
      { prepared: true },
    );
  }

  /** The user's tokens, newest first. `beforeId` is the last one that was shown. */
  list(userId: string, limit: number, beforeId?: string): Promise<ApiTokenRow[]> {
    return this.database.query<ApiTokenRow>(
      `SELECT id, name, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"
         FROM api_tokens WHERE user_id = $1 AND ($3::bigint IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $2`,
      [userId, limit, beforeId ?? null],
    );
  }

  /** The name of the token that was removed, undefined when this user has no such token. */
  async remove(userId: string, id: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ name: string }>(
      `DELETE FROM api_tokens WHERE user_id = $1 AND id = $2 RETURNING name`,
      [userId, id],
    );
    return row?.name;
  }
}
