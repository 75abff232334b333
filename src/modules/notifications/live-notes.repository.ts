import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import type { NotificationRow } from './data/notifications.repository.js';

/** A note with the only one who may see it. */
export type OwnedNoteRow = NotificationRow & { user_id: string };

export interface NotesSince {
  /** The oldest first. */
  rows: OwnedNoteRow[];
  /** The `pg_snapshot` of this read. */
  snapshot: string;
}

/**
 * Notes in the order of commits. A note is written in the transaction of the run's event that it tells of, and the event
 * keeps that transaction's number.
 */
@Injectable()
export class LiveNotesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Up to `most` notes, any, of these present members that became visible after the snapshot `since`; none without one.
   */
  async read(
    scope: TenantScope,
    userIds: readonly string[],
    since: string | undefined,
    most: number,
  ): Promise<NotesSince> {
    const rows = await this.database.query<{ snapshot: string } & (OwnedNoteRow | { id: null })>(
      `WITH present AS MATERIALIZED (
         SELECT pg_current_snapshot() AS snapshot
       ), found AS (
         SELECT n.id, n.tenant_id, n.user_id, t.name AS tenant_name, n.run_id, n.kind, n.outcome, n.title, n.body,
           n.created_at, n.created_at::text AS cursor_at, n.read_at
         FROM operation_run_events e
         JOIN notifications n ON n.run_id = e.run_id
           AND n.kind = CASE e.kind WHEN 'queued' THEN 'queued' WHEN 'completed' THEN 'terminal' END
         JOIN memberships m ON m.tenant_id = n.tenant_id AND m.user_id = n.user_id
         JOIN tenants t ON t.id = n.tenant_id
         WHERE e.tenant_id = $1 AND n.tenant_id = $1 AND n.user_id = ANY ($2::uuid[])
           AND e.xid >= pg_snapshot_xmin($3::pg_snapshot)
           AND e.xid < pg_snapshot_xmax((SELECT snapshot FROM present))
           AND NOT pg_visible_in_snapshot(e.xid, $3::pg_snapshot)
         LIMIT $4
       )
       SELECT present.snapshot::text AS snapshot, n.*
       FROM present LEFT JOIN found n ON true ORDER BY n.created_at, n.id`,
      [scope.tenantId, [...userIds], since ?? null, most],
    );
    const [first] = rows;
    if (first === undefined) throw new Error('A snapshot answered no row.');
    return { rows: rows.flatMap((row) => (row.id === null ? [] : [row])), snapshot: first.snapshot };
  }
}
