import { Injectable } from '@nestjs/common';
import type { AuditValues } from './audit-entry.js';
import { TenantDatabase } from '../database/database.js';
import type { TenantScope } from '../database/tenant-scope.js';

export interface AuditRow {
  id: string;
  at: Date;
  /** `at` in full precision, for the keyset. */
  cursor_at: string;
  actor_kind: 'user' | 'system';
  actor_id: string | null;
  actor_name: string;
  action: string;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  address: string | null;
  user_agent: string | null;
  correlation_id: string;
  details: { before?: AuditValues; after?: AuditValues } | null;
}

/** What is asked for; what is left out does not narrow. */
export interface AuditFilter {
  actorId?: string | undefined;
  /** The whole name, in any case. */
  actorName?: string | undefined;
  actions?: readonly string[] | undefined;
  subjectType?: string | undefined;
  /** Stands in the thing's name or id, or in the actor's name, in any case. */
  text?: string | undefined;
  /** At or after. */
  from?: Date | undefined;
  /** Before. */
  to?: Date | undefined;
}

/** Reads one tenant's trail. */
@Injectable()
export class AuditLogRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Newest first, after the entry whose `[cursor_at, id]` is `after`. */
  page(
    scope: TenantScope,
    filter: AuditFilter,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<AuditRow[]> {
    return this.database.query<AuditRow>(
      scope,
      `SELECT id, at, at::text AS cursor_at, actor_kind, actor_id, actor_name, action, subject_type, subject_id,
         subject_name, host(address) AS address, user_agent, correlation_id, details
       FROM audit_entries
       WHERE tenant_id = $1
         AND ($2::timestamptz IS NULL OR (at, id) < ($2, $3::bigint))
         AND ($4::uuid IS NULL OR actor_id = $4)
         AND ($5::text IS NULL OR lower(actor_name) = lower($5))
         AND ($6::text[] IS NULL OR action = ANY ($6))
         AND ($7::text IS NULL OR subject_type = $7)
         AND ($8::timestamptz IS NULL OR at >= $8)
         AND ($9::timestamptz IS NULL OR at < $9)
         AND ($10::text IS NULL OR concat_ws(' ', actor_name, subject_name, subject_id) ILIKE $10)
       ORDER BY at DESC, id DESC LIMIT $11`,
      [
        after?.[0] ?? null,
        after?.[1] ?? null,
        filter.actorId ?? null,
        filter.actorName ?? null,
        filter.actions ?? null,
        filter.subjectType ?? null,
        filter.from ?? null,
        filter.to ?? null,
        filter.text === undefined ? null : containing(filter.text),
        limit,
      ],
    );
  }
}

/** A LIKE pattern that finds `text` literally, wherever it stands. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
