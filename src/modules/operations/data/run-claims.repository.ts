import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { RUN_COLUMNS, RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

/** Runs of one stored kind, and how many of them may work at once in one tenant; Infinity for no limit. */
export interface Lane {
  kind: string;
  limitPerTenant: number;
}

/** Limits above this are not counted in slots: nobody runs so many at once. */
const MOST_SLOTS = 1_000;
/** Lanes that one claim looks into, fairest first; each worker that looks at the same time takes another. */
const LANES_LOOKED_AT = 16;
/** Runs of a lane that one claim looks at, oldest first; more workers than this seldom claim in the same moment. */
const RUNS_LOOKED_AT = 8;
/** Two workers may reach for the last slot of a tenant; the index lets one have it and the other looks again. */
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
   * Takes the fairest queued run of the lanes, for `leaseSeconds`: of the tenant with the fewest running, then of the
   * one whose last turn is longest ago, then the run that was rung for, then the oldest. Undefined when there is none
   * that may run now: acknowledge the ring and drop it. How many run at once in a tenant is limited by the unique index
   * over slots, not by this look alone.
   */
  async claim(lanes: readonly Lane[], rungFor: string | undefined, leaseSeconds: number): Promise<RunRow | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        const [row] = await this.database.query<RunRow>(CLAIM, [
          lanes.map(({ kind }) => kind),
          lanes.map(({ limitPerTenant }) => Math.min(limitPerTenant, MOST_SLOTS + 1)),
          rungFor ?? null,
          leaseSeconds,
        ]);
        return row;
      } catch (error) {
        if (!lostTheSlot(error)) throw error;
      }
    }
    return undefined;
  }
}

function lostTheSlot(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && constraint === 'operation_runs_slot';
}

const CLAIM = `
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
    WHERE r.status = 'running' AND r.type IN (SELECT type FROM lane) GROUP BY r.tenant_id, r.type
  ), open_lane AS MATERIALIZED (
    SELECT w.type, w.most, w.tenant_id, x.slots,
      coalesce((SELECT sum(y.runs) FROM running y WHERE y.tenant_id = w.tenant_id), 0) AS load,
      (SELECT max(turn.claimed_at) FROM lane l CROSS JOIN LATERAL (
         SELECT r.claimed_at FROM operation_runs r
         WHERE r.type = l.type AND r.tenant_id = w.tenant_id AND r.claimed_at IS NOT NULL
         ORDER BY r.claimed_at DESC LIMIT 1) turn) AS last_turn
    FROM waiting w LEFT JOIN running x ON x.tenant_id = w.tenant_id AND x.type = w.type
    WHERE w.tenant_id IS NOT NULL AND (w.most > ${MOST_SLOTS} OR coalesce(x.runs, 0) < w.most)
    ORDER BY load, last_turn NULLS FIRST LIMIT ${LANES_LOOKED_AT}
  ), candidate AS MATERIALIZED (
    SELECT o.*, c.id, c.created_at FROM open_lane o CROSS JOIN LATERAL (
      SELECT r.id, r.created_at FROM operation_runs r
      WHERE r.type = o.type AND r.tenant_id = o.tenant_id AND r.status = 'queued' AND r.held_until IS NULL
      ORDER BY r.created_at, r.id LIMIT ${RUNS_LOOKED_AT}) c
    UNION
    SELECT o.*, r.id, r.created_at FROM open_lane o
    JOIN operation_runs r ON r.id = $3 AND r.type = o.type AND r.tenant_id = o.tenant_id
  ), picked AS (
    SELECT r.id, c.most, c.slots FROM candidate c JOIN operation_runs r ON r.id = c.id
    WHERE r.status = 'queued' AND r.held_until IS NULL
    ORDER BY c.load, c.last_turn NULLS FIRST, (r.id = $3) DESC NULLS LAST, c.created_at, c.id
    LIMIT 1 FOR UPDATE OF r SKIP LOCKED
  ), claimed AS (
    UPDATE operation_runs r
    SET status = 'running', lease_epoch = r.lease_epoch + 1, attempt = r.attempt + 1, updated_at = now(),
      lease_expires_at = now() + make_interval(secs => $4), claimed_at = now(),
      started_at = coalesce(r.started_at, now()), dispatched_at = coalesce(r.dispatched_at, now()),
      slot = CASE WHEN p.most <= ${MOST_SLOTS} THEN (
        SELECT s FROM generate_series(1, p.most) s WHERE s <> ALL (coalesce(p.slots, '{}')) ORDER BY random() LIMIT 1) END
    FROM picked p WHERE r.id = p.id AND r.status = 'queued'
    RETURNING ${RUN_COLUMNS_OF_R}
  ), event AS (
    INSERT INTO operation_run_events (tenant_id, run_id, kind, detail)
    SELECT tenant_id, id, 'claimed', jsonb_build_object('attempt', attempt) FROM claimed
  )
  SELECT ${RUN_COLUMNS} FROM claimed`;
