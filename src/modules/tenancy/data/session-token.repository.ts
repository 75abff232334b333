import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

export interface SessionTokenRow {
  entraTenantId: string;
  sealedTokens: Buffer;
}

/** The sealed Microsoft tokens of sessions. A row goes with its session, however that ends. */
@Injectable()
export class SessionTokenRepository {
  constructor(private readonly database: Database) {}

  async find(sid: string): Promise<SessionTokenRow | undefined> {
    const [row] = await this.database.query<SessionTokenRow>(
      `SELECT entra_tenant_id AS "entraTenantId", sealed_tokens AS "sealedTokens" FROM session_tokens WHERE sid = $1`,
      [sid],
    );
    return row;
  }

  /** Keeps them for a session that is stored already; one that has ended meanwhile keeps nothing. */
  async save(sid: string, entraTenantId: string, sealedTokens: Buffer): Promise<void> {
    await this.database.query(
      `INSERT INTO session_tokens (sid, entra_tenant_id, sealed_tokens)
       SELECT sid, $2::uuid, $3::bytea FROM user_sessions WHERE sid = $1 FOR KEY SHARE
       ON CONFLICT (sid) DO UPDATE SET entra_tenant_id = excluded.entra_tenant_id,
         sealed_tokens = excluded.sealed_tokens, updated_at = now()`,
      [sid, entraTenantId, sealedTokens],
    );
  }

  async remove(sid: string): Promise<void> {
    await this.database.query(`DELETE FROM session_tokens WHERE sid = $1`, [sid]);
  }
}
