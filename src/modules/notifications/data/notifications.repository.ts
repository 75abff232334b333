import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

export interface NotificationRow {
  id: string;
  tenant_id: string;
  tenant_name: string;
  run_id: string;
  kind: 'queued' | 'terminal';
  outcome: string | null;
  title: string;
  body: string;
  created_at: Date;
  /** `created_at` in full precision, for the keyset. */
  cursor_at: string;
  read_at: Date | null;
}

/**
 * Notes of one user over all their tenants. Every read and change names the user and demands a present membership, so
 * that a former member sees nothing of a tenant any more.
 */
@Injectable()
export class NotificationsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, after the note whose `[cursor_at, id]` is `after`. */
  page(
    userId: string,
    unreadOnly: boolean,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<NotificationRow[]> {
    return this.database.query<NotificationRow>(
      `SELECT n.id, n.tenant_id, t.name AS tenant_name, n.run_id, n.kind, n.outcome, n.title, n.body, n.created_at,
         n.created_at::text AS cursor_at, n.read_at
       FROM notifications n
       JOIN memberships m ON m.tenant_id = n.tenant_id AND m.user_id = n.user_id
       JOIN tenants t ON t.id = n.tenant_id
       WHERE n.user_id = $1 ${unreadOnly ? 'AND n.read_at IS NULL' : ''}
         ${after ? 'AND (n.created_at, n.id) < ($3::timestamptz, $4::uuid)' : ''}
       ORDER BY n.created_at DESC, n.id DESC LIMIT $2`,
      [userId, limit, ...(after ?? [])],
    );
  }

  async unread(userId: string): Promise<number> {
    const [row] = await this.database.query<{ unread: number }>(
      `SELECT count(*)::int AS unread FROM notifications n
       JOIN memberships m ON m.tenant_id = n.tenant_id AND m.user_id = n.user_id
       WHERE n.user_id = $1 AND n.read_at IS NULL`,
      [userId],
    );
    return row?.unread ?? 0;
  }

  /** False when the note is not this user's, or no longer. */
  async markRead(userId: string, id: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE notifications n SET read_at = coalesce(n.read_at, now()) FROM memberships m
       WHERE m.tenant_id = n.tenant_id AND m.user_id = n.user_id AND n.user_id = $1 AND n.id = $2 RETURNING n.id`,
      [userId, id],
    );
    return rows.length > 0;
  }

  async markAllRead(userId: string): Promise<void> {
    await this.database.query(
      `UPDATE notifications n SET read_at = now() FROM memberships m
       WHERE m.tenant_id = n.tenant_id AND m.user_id = n.user_id AND n.user_id = $1 AND n.read_at IS NULL`,
      [userId],
    );
  }
}
