import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

export interface SessionRow {
  /** The digest of the session's id, which itself nobody is told: it is the session. */
  id: string;
  isCurrent: boolean;
  /** Null for a session of before this was noted. */
  begun: { at?: string; address?: string; userAgent?: string } | null;
  expiresAt: Date;
}

/** A session's person and its digest, as `connect-pg-simple` and Passport write it. */
const OWNED = `sess #>> '{passport,user}' = $1 AND expire > now()`;
const DIGEST = `encode(sha256(convert_to(sid, 'UTF8')), 'hex')`;

/** The sessions of one person. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /** The caller's own first, then those that were used last. */
  list(userId: string, sid: string | null): Promise<SessionRow[]> {
    return this.database.query<SessionRow>(
      `SELECT ${DIGEST} AS id, sid IS NOT DISTINCT FROM $2 AS "isCurrent", sess -> 'begun' AS begun,
         expire AS "expiresAt"
       FROM user_sessions WHERE ${OWNED} ORDER BY 2 DESC, expire DESC LIMIT 100`,
      [userId, sid],
    );
  }

  /** Whether there was such a session of this person. */
  async end(userId: string, id: string): Promise<boolean> {
    const rows = await this.database.query(
      `DELETE FROM user_sessions WHERE ${OWNED} AND ${DIGEST} = $2 RETURNING 1 AS ended`,
      [userId, id],
    );
    return rows.length > 0;
  }

  /** Ends all but the session `sid`, all without one; answers how many. */
  async endOthers(userId: string, sid: string | null): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM user_sessions WHERE ${OWNED} AND sid IS DISTINCT FROM $2 RETURNING 1 AS ended`,
      [userId, sid],
    );
    return rows.length;
  }
}
