import { Injectable } from '@nestjs/common';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf } from '../../platform/http/page.js';
import { isUuid } from '../../platform/http/parse-id.js';
import { NotificationsRepository, type NotificationRow } from './data/notifications.repository.js';
import type { NotificationDto, NotificationPageDto, NotificationsQuery } from './http/notifications.dto.js';

/** A user's own notes. */
@Injectable()
export class NotificationsService {
  constructor(private readonly notifications: NotificationsRepository) {}

  async list(userId: string, query: NotificationsQuery): Promise<NotificationPageDto> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const [rows, unread] = await Promise.all([
      this.notifications.page(userId, query.unread === 'true', after, query.limit + 1),
      this.notifications.unread(userId),
    ]);
    return { ...pageOf(rows, query.limit, (row) => [row.cursor_at, row.id], viewOf), unread };
  }

  /** @throws AccessDenied for a note that is not this user's, foreign and unknown alike */
  async markRead(userId: string, id: string): Promise<void> {
    if (!isUuid(id) || !(await this.notifications.markRead(userId, id))) throw new AccessDenied();
  }

  markAllRead(userId: string): Promise<void> {
    return this.notifications.markAllRead(userId);
  }
}

/** A note as its owner sees it, in the list and live. */
export function viewOf(row: NotificationRow): NotificationDto {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    tenantName: row.tenant_name,
    runId: row.run_id,
    kind: row.kind,
    outcome: row.outcome,
    title: row.title,
    body: row.body,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
    links: {
      run: `/api/v1/tenants/${row.tenant_id}/operations/${row.run_id}`,
      ui: `/t/${row.tenant_id}/operations/${row.run_id}`,
    },
  };
}
