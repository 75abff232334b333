import { Injectable } from '@nestjs/common';
import { asFilter } from '../../platform/database/as-filter.js';
import { Database } from '../../platform/database/database.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { selectVisibleSince } from '../../platform/live/select-visible-since.js';
import type { NotificationRow } from './data/notifications.repository.js';

/** A note with the only one who may see it. */
export type OwnedNoteRow = NotificationRow & { user_id: string };

export interface NotesSince {
  /** The oldest first. */
  rows: OwnedNoteRow[];
  /** False when there is more than was asked for, or more happened to runs than is looked through: `rows` is no answer. */
  complete: boolean;
  /** The `pg_snapshot` of this read. */
  snapshot: string;
}

/** Events of runs that are looked through for notes; beats read so often that only who was away for long asks for more. */
const MOST_RUN_EVENTS = 10_000;
const EVENTS = selectVisibleSince(
  'run_id, kind',
  'operation_run_events',
  '$1',
  '$3::pg_snapshot',
  'pg_snapshot_xmax((SELECT snapshot FROM present))',
);

/**
 * Notes in the order of commits. A note is written in the transaction of the run's event that it tells of, and the event
 * keeps that transaction's number.
 */
@Injectable()
export class LiveNotesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Up to `most` notes of these present members that became visible after the snapshot `since`; none without one.
   */
  async read(
    scope: TenantScope,
    userIds: readonly string[],
    since: string | undefined,
    most: number,
  ): Promise<NotesSince> {
    const rows = await this.database.query<Read & (OwnedNoteRow | { id: null })>(
      `WITH present AS MATERIALIZED (
         SELECT pg_current_snapshot() AS snapshot
       ), events AS MATERIALIZED (
         SELECT run_id, kind FROM (${EVENTS}) AS e LIMIT ${MOST_RUN_EVENTS}
       ), found AS (
         SELECT n.id, n.tenant_id, n.user_id, t.name AS tenant_name, n.run_id, n.kind, n.outcome, n.title, n.body,
           n.created_at, n.created_at::text AS cursor_at, n.read_at
         FROM events e
         -- Row by row by the run: of members whom the statistics do not know, a join would look at all of their notes.
         CROSS JOIN LATERAL (
           SELECT * FROM notifications o
           WHERE o.run_id = e.run_id AND o.kind = CASE e.kind WHEN 'queued' THEN 'queued' WHEN 'completed' THEN 'terminal' END
             AND ${asFilter('o.tenant_id = $1 AND o.user_id = ANY ($2::uuid[])')} LIMIT 1) n
         JOIN memberships m ON m.tenant_id = n.tenant_id AND m.user_id = n.user_id
         JOIN tenants t ON t.id = n.tenant_id
         LIMIT $4 + 1
       )
       SELECT present.snapshot::text AS snapshot, (SELECT count(*) FROM events) >= ${MOST_RUN_EVENTS} AS cut, n.*
       FROM present LEFT JOIN found n ON true ORDER BY n.created_at, n.id`,
      [scope.tenantId, [...userIds], since ?? null, most],
    );
    const [first] = rows;
    if (first === undefined) throw new Error('A snapshot answered no row.');
    return {
      rows: rows.flatMap((row) => (row.id === null ? [] : [row])),
      complete: rows.length <= most && !first.cut,
      snapshot: first.snapshot,
    };
  }
}

interface Read {
  snapshot: string;
  cut: boolean;
}
