import { Injectable } from '@nestjs/common';
import { asFilter } from '../../../platform/database/as-filter.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { selectVisibleSince } from '../../../platform/live/select-visible-since.js';
import { RUN_COLUMNS_OF_R, type RunRow } from '../data/run-row.js';

export interface FeedPage {
  /** By their last change, the oldest first. */
  rows: RunRow[];
  /** False when there is more than was asked for, or the snapshot is not of this database's past: `rows` is then no answer. */
  complete: boolean;
  /** The `pg_snapshot` of this read. */
  snapshot: string;
}

/** A run has few events; more of them than this for each run asked for mean more runs than that, or nearly. */
const EVENTS_PER_RUN = 10;

const EVENTS = selectVisibleSince(
  'run_id',
  'operation_run_events',
  '$1',
  '$2::pg_snapshot',
  'pg_snapshot_xmax((SELECT snapshot FROM present))',
);

/**
 * Which runs changed, in the order of commits. Every change of a run's state inserts an event in its transaction, and the
 * event keeps the transaction's number. What a snapshot does not see becomes visible later under a number that the
 * snapshot does not hold as finished, however long the transaction took; so nothing falls between two reads.
 */
@Injectable()
export class RunFeedRepository {
  constructor(private readonly database: TenantDatabase) {}

  /**
   * Up to `most` runs in their present state: those with an event that became visible after `since`, those of `ids`, and
   * with `active` all that are queued or running.
   */
  async read(
    scope: TenantScope,
    since: string | undefined,
    ids: readonly string[],
    active: boolean,
    most: number,
  ): Promise<FeedPage> {
    const rows = await this.database.query<FeedRow>(
      scope,
      `WITH present AS MATERIALIZED (
         SELECT pg_current_snapshot() AS snapshot
       ), events AS (
         SELECT run_id FROM (${EVENTS}) AS e LIMIT $5 * ${EVENTS_PER_RUN}
       ), wanted AS (
         SELECT run_id AS id FROM events
         UNION SELECT unnest($3::bigint[])
         UNION (SELECT id FROM operation_runs
           WHERE tenant_id = $1 AND $4::boolean AND completed_at IS NULL LIMIT $5 + 1)
       ), found AS (
         -- Row by row: of a tenant that the statistics do not know, a join would look at every run for each of these.
         SELECT ${RUN_COLUMNS_OF_R} FROM wanted CROSS JOIN LATERAL (
           SELECT * FROM operation_runs o WHERE o.id = wanted.id AND ${asFilter('o.tenant_id = $1')} LIMIT 1) r
         LIMIT $5 + 1
       )
       SELECT present.snapshot::text AS snapshot,
         coalesce(pg_snapshot_xmax($2::pg_snapshot) > pg_snapshot_xmax(present.snapshot), false) AS ahead,
         (SELECT count(*) FROM events) >= $5 * ${EVENTS_PER_RUN} AS cut, ${RUN_COLUMNS_OF_R}
       FROM present LEFT JOIN found r ON true ORDER BY r.updated_at, r.id`,
      [since ?? null, [...ids], active, most],
    );
    const [first] = rows;
    if (first === undefined) throw new Error('A snapshot answered no row.');
    return {
      rows: rows.flatMap((row) => (isRun(row) ? [row] : [])),
      complete: rows.length <= most && !first.ahead && !first.cut,
      snapshot: first.snapshot,
    };
  }
}

interface Read {
  snapshot: string;
  ahead: boolean;
  cut: boolean;
}

type FeedRow = Read & (RunRow | { [column in keyof RunRow]: null });

function isRun(row: FeedRow): row is Read & RunRow {
  return row.id !== null;
}
