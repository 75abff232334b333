import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../../platform/database/database.js';
import { RUN_COLUMNS, RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

/** Runs of one stored kind, and how many of them may work at once in one tenant; Infinity for no limit. */
export interface Lane {
  kind: string;
  limitPerTenant: number;
}

/** Limits above this are not counted in slots: nobody runs so many at once. */
const MOST_SLOTS = 1_000;
/** Lanes that one claim looks into, fairest first. */
const LANES_LOOKED_AT = 64;
/** Runs of a lane that a claim looks at beyond those it wants: others may claim in the same moment. */
const SPARE_RUNS = 8;
/** Two processes may reach for the last slot of a tenant; the index lets one have it and the other looks again. */
const TRIES = 6;
const UNIQUE_VIOLATION = '23505';

/**
 * Gives work to workers. A ring only says that there is work: which run it is, is decided here, so that one tenant's
 * thousand queued runs do not stand before another's first, and a full tenant does not keep a worker waiting.
 */
@Injectable()
export class RunClaimsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes up to `rungFor.length` queued runs of the lanes, for `leaseSeconds`: each time of the tenant with the fewest
   * running, then of the one whose last turn is longest ago, then a run that was rung for, then the oldest. Answers fewer
   * when there are no more that may run now: acknowledge the other rings and drop them. How many run at once in a tenant
   * is limited by the unique index over slots, not by this look alone.
   * @param rungFor the runs of the rings, undefined for a look without one
   */
  async claim(
    lanes: readonly Lane[],
    rungFor: readonly (string | undefined)[],
    leaseSeconds: number,
  ): Promise<RunRow[]> {
    const look = (sql: string, wanted: number): Promise<RunRow[]> =>
      this.look(sql, [
        lanes.map(({ kind }) => kind),
        lanes.map(({ limitPerTenant }) => Math.min(limitPerTenant, MOST_SLOTS + 1)),
        rungFor.filter((runId) => runId !== undefined),
        wanted,
        leaseSeconds,
      ]);
    const rows = await look(CLAIM_WHAT_IS_FREE, rungFor.length);
    // A run that somebody else just writes to (its dispatch is noted, a cancel is asked for) is skipped above, but its ring
    // must not be dropped for that: whoever comes short waits for such a row, one at a time so that no two wait crosswise.
    while (rows.length < rungFor.length) {
      const [row] = await look(CLAIM_OR_WAIT, 1);
      if (!row) break;
      rows.push(row);
    }
    return rows;
  }

  private async look(sql: string, parameters: readonly SqlValue[]): Promise<RunRow[]> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        return await this.database.query<RunRow>(sql, parameters, { prepared: true });
      } catch (error) {
        if (!lostTheSlot(error)) throw error;
      }
    }
    return [];
  }
}

function lostTheSlot(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && constraint === 'operation_runs_slot';
}

const claimSql = (locked: 'SKIP LOCKED' | ''): string => `
  WITH RECURSIVE lane (type, most) AS (
    SELECT * FROM unnest($1::text[], $2::integer[])
  ), waiting (type, most, tenant_id) AS (
    -- Steps from tenant to tenant through the index instead of reading every queued run.
    SELECT l.type, l.most, (
      SELECT r.tenant_id FROM operation_runs r
      WHERE r.type = l.type AND r.status = 'queued' AND r.held_until IS NULL ORDER BY r.tenant_id LIMIT 1)
    FROM lane l
    UNION ALL
    SELECT w.type, w.most, (
      SELECT r.tenant_id FROM operation_runs r
      WHERE r.type = w.type AND r.status = 'queued' AND r.held_until IS NULL AND r.tenant_id > w.tenant_id
      ORDER BY r.tenant_id LIMIT 1)
    FROM waiting w WHERE w.tenant_id IS NOT NULL
  ), running AS MATERIALIZED (
    SELECT r.tenant_id, r.type, count(*) AS runs, array_agg(r.slot) AS slots FROM operation_runs r
    WHERE r.status = 'running' AND r.type = ANY ($1) GROUP BY r.tenant_id, r.type
  ), load AS MATERIALIZED (
    SELECT tenant_id, sum(runs) AS runs FROM running GROUP BY tenant_id
  ), open_lane AS MATERIALIZED (
    SELECT w.type, w.most, w.tenant_id, x.slots, w.most - coalesce(x.runs, 0) AS room, coalesce(l.runs, 0) AS load,
      (SELECT max(turn.claimed_at) FROM lane t CROSS JOIN LATERAL (
         SELECT r.claimed_at FROM operation_runs r
         WHERE r.type = t.type AND r.tenant_id = w.tenant_id AND r.claimed_at IS NOT NULL
         ORDER BY r.claimed_at DESC LIMIT 1) turn) AS last_turn
    FROM waiting w
    LEFT JOIN running x ON x.tenant_id = w.tenant_id AND x.type = w.type
    LEFT JOIN load l ON l.tenant_id = w.tenant_id
    WHERE w.tenant_id IS NOT NULL AND (w.most > ${MOST_SLOTS} OR coalesce(x.runs, 0) < w.most)
    ORDER BY load, last_turn NULLS FIRST LIMIT ${LANES_LOOKED_AT}
  ), candidate AS MATERIALIZED (
    SELECT o.*, c.id, c.created_at FROM open_lane o CROSS JOIN LATERAL (
      SELECT r.id, r.created_at FROM operation_runs r
      WHERE r.type = o.type AND r.tenant_id = o.tenant_id AND r.status = 'queued' AND r.held_until IS NULL
      ORDER BY r.created_at, r.id LIMIT ${SPARE_RUNS} + CASE WHEN o.most > ${MOST_SLOTS} THEN $4 ELSE least($4, o.room) END) c
    UNION
    SELECT o.*, r.id, r.created_at FROM open_lane o
    JOIN operation_runs r ON r.id = ANY ($3::bigint[]) AND r.type = o.type AND r.tenant_id = o.tenant_id
      AND r.status = 'queued' AND r.held_until IS NULL
  ), placed AS MATERIALIZED (
    SELECT c.*,
      row_number() OVER (PARTITION BY c.tenant_id ORDER BY (c.id = ANY ($3)) DESC, c.created_at, c.id) AS turn
    FROM candidate c
  ), picked AS MATERIALIZED (
    SELECT r.id, p.type, p.tenant_id, p.most, p.room, p.slots FROM placed p JOIN operation_runs r ON r.id = p.id
    WHERE r.status = 'queued' AND r.held_until IS NULL
    ORDER BY p.load + p.turn, p.last_turn NULLS FIRST, p.created_at, p.id
    LIMIT $4 FOR UPDATE OF r ${locked}
  ), seated AS MATERIALIZED (
    SELECT p.*, row_number() OVER (PARTITION BY p.type, p.tenant_id ORDER BY p.id) AS seat FROM picked p
  ), free AS MATERIALIZED (
    SELECT DISTINCT ON (s.type, s.tenant_id) s.type, s.tenant_id, (
      SELECT array_agg(n ORDER BY random()) FROM generate_series(1, s.most) n WHERE n <> ALL (coalesce(s.slots, '{}'))
    ) AS slots
    FROM seated s WHERE s.most <= ${MOST_SLOTS}
  ), claimed AS (
    UPDATE operation_runs r
    SET status = 'running', lease_epoch = r.lease_epoch + 1, attempt = r.attempt + 1, updated_at = now(),
      lease_expires_at = now() + make_interval(secs => $5), claimed_at = now(),
      started_at = coalesce(r.started_at, now()), dispatched_at = coalesce(r.dispatched_at, now()),
      slot = f.slots[s.seat]
    FROM seated s LEFT JOIN free f ON f.type = s.type AND f.tenant_id = s.tenant_id
    WHERE r.id = s.id AND r.status = 'queued' AND (s.most > ${MOST_SLOTS} OR s.seat <= s.room)
    RETURNING ${RUN_COLUMNS_OF_R}
  ), event AS (
    INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
    SELECT tenant_id, id, 'claimed', jsonb_build_object('attempt', attempt) FROM claimed
  )
  SELECT ${RUN_COLUMNS} FROM claimed`;

const CLAIM_WHAT_IS_FREE = claimSql('SKIP LOCKED');
const CLAIM_OR_WAIT = claimSql('');
