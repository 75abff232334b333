import { Injectable } from '@nestjs/common';
import type { AuditValues } from './audit-entry.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { decodeCursor, pageOf, type Page } from '../http/page.js';
import { isUuid } from '../http/parse-id.js';
import { AuditLogRepository, type AuditRow } from './audit-log.repository.js';

/** An entry as people see it. Times are ISO 8601 in UTC. */
export interface AuditView {
  id: string;
  at: string;
  actorKind: 'user' | 'system';
  actorId: string | null;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string;
  subjectName: string | null;
  address: string | null;
  userAgent: string | null;
  correlationId: string;
  /** Null for entries that are told by their words alone. */
  change: { before: AuditValues | null; after: AuditValues | null } | null;
}

export interface AuditRequest {
  /** A user's id, or an actor's whole name. */
  actor?: string | undefined;
  action?: readonly string[] | undefined;
  subjectType?: string | undefined;
  /** Looked for in names and ids. */
  q?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** One tenant's audit trail, to read. */
@Injectable()
export class AuditLogService {
  constructor(private readonly entries: AuditLogRepository) {}

  /** Newest first. */
  async list(scope: TenantScope, request: AuditRequest): Promise<Page<AuditView>> {
    const after = decodeCursor(request.cursor, ['time', 'id']);
    const { actor, action, subjectType, q, from, to } = request;
    const who = isUuid(actor) ? { actorId: actor } : { actorName: actor };
    const rows = await this.entries.page(
      scope,
      {
        ...who,
        actions: action?.length === 0 ? undefined : action,
        subjectType,
        text: q === '' ? undefined : q,
        from,
        to,
      },
      after,
      request.limit + 1,
    );
    return pageOf(rows, request.limit, (row) => [row.cursor_at, row.id], viewOf);
  }
}

function viewOf(row: AuditRow): AuditView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    address: row.address,
    userAgent: row.user_agent,
    correlationId: row.correlation_id,
    change: row.details && { before: row.details.before ?? null, after: row.details.after ?? null },
  };
}
