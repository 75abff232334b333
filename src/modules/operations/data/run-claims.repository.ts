import { Injectable } from '@nestjs/common';
import { Database, type SqlValue } from '../../../platform/database/database.js';
import { RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

/** Runs of one stored kind, and how many of them may work at once in one tenant; Infinity for no limit. */
export interface Lane {
  kind: string;
  limitPerTenant: number;
}

/** Limits above this are not counted in slots: nobody runs so many at once. */
const MOST_SLOTS = 1_000;
/**
 * The runs that a claim wants are in as many lanes at most, the fairest. It looks at some more lanes, and some more runs of
 * each, because others may claim in the same moment; and at many more, when others have all of these.
 */
const SPARE = { usual: 3, wide: 64 };
const UNIQUE_VIOLATION = '23505';
const DEADLOCK = '40P01';

/** Whether two claims of the lane at the same moment may reach for the same slot. */
export function hasSlots({ limitPerTenant }: Lane): boolean {
  return limitPerTenant <= MOST_SLOTS;
}

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
    const look = (sql: string, wanted: number, spare: number): Promise<Look> =>
      this.look(sql, parametersOf(lanes, rungFor, wanted, leaseSeconds, spare));
    const rows: RunRow[] = [];
    try {
      let spare = SPARE.usual;
      while (rows.length < rungFor.length) {
        const { claimed, saw } = await look(CLAIM_WHAT_IS_FREE, rungFor.length - rows.length, spare);
        rows.push(...claimed);
        if (!saw) break;
        if (claimed.length > 0) continue; // a lane may have had fewer runs than its share, and then the others have more
        // Somebody else just writes to every run that it saw: claims it, notes its dispatch, asks for its cancel. A ring must
        // not be dropped for that. So it looks farther, then waits for one of them, one at a time so that no two wait
        // crosswise; and when that is gone it looks anew, because it does not see every run.
        if (spare === SPARE.wide) rows.push(...(await look(CLAIM_OR_WAIT, 1, SPARE.usual)).claimed);
        spare = SPARE.wide;
      }
    } catch (error) {
      // What was taken is committed, and would wait for its lease; the rings that came short are left to the sweep.
      if (rows.length === 0) throw error;
    }
    return rows;
  }

  /**
   * Takes up to `wanted` queued runs when the open transaction sends its next statement or commits: what a single look
   * finds. Who reaches for the same slot makes PostgreSQL refuse the transaction.
   * @returns what answers the look once it has committed
   */
  claimWithin(lanes: readonly Lane[], wanted: number, leaseSeconds: number): () => Look {
    const rows = this.database.writeReturning<LookRow>(
      CLAIM_WHAT_IS_FREE,
      parametersOf(lanes, [], wanted, leaseSeconds, SPARE.usual),
      { prepared: true, generic: true },
    );
    return () => lookOf(rows());
  }

  private async look(sql: string, parameters: readonly SqlValue[]): Promise<Look> {
    for (;;) {
      try {
        return lookOf(await this.database.query<LookRow>(sql, parameters, { prepared: true, generic: true }));
      } catch (error) {
        if (!isLostToAnother(error)) throw error;
      }
    }
  }
}

export interface Look {
  claimed: RunRow[];
  /** Whether there was any run that may work now, claimed or not. */
  saw: boolean;
}

type LookRow = RunRow & { saw: boolean };

function lookOf(rows: readonly LookRow[]): Look {
  const claimed = rows.flatMap(({ saw: _, ...row }) => ((row.id as string | null) === null ? [] : [row]));
  return { saw: rows[0]?.saw ?? false, claimed };
}

function parametersOf(
  lanes: readonly Lane[],
  rungFor: readonly (string | undefined)[],
  wanted: number,
  leaseSeconds: number,
  spare: number,
): SqlValue[] {
  return [
    lanes.map(({ kind }) => kind),
    lanes.map(({ limitPerTenant }) => Math.min(limitPerTenant, MOST_SLOTS + 1)),
    rungFor.filter((runId) => runId !== undefined),
    wanted,
    leaseSeconds,
    spare,
  ];
}

/** Two processes may reach for the last slot of a tenant, or for two slots crosswise; one has them, the other looks again. */
export function isLostToAnother(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === DEADLOCK || (code === UNIQUE_VIOLATION && constraint === 'operation_runs_slot');
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
    -- In the order that only the index over slots has: without it, the one over active runs may be read whole.
    SELECT r.tenant_id, r.type, count(*) AS runs, array_agg(r.slot) AS slots FROM lane l CROSS JOIN LATERAL (
      SELECT o.tenant_id, o.type, o.slot FROM operation_runs o
      WHERE o.type = l.type AND o.status = 'running' ORDER BY o.tenant_id, o.slot) r
    GROUP BY r.tenant_id, r.type
  ), load AS MATERIALIZED (
    SELECT tenant_id, sum(runs)::bigint AS runs FROM running GROUP BY tenant_id
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
    ORDER BY load, last_turn NULLS FIRST LIMIT $6::integer + $4::integer
  ), fair_lane AS MATERIALIZED (
    -- As water finds its level: the lanes below it get runs until all of them have as many.
    SELECT o.*, row_number() OVER (ORDER BY o.load, o.last_turn NULLS FIRST) AS lane, v.level
    FROM open_lane o CROSS JOIN (
      SELECT min(ceil(($4 + filled)::numeric / lanes))::bigint AS level FROM (
        SELECT sum(load) OVER deeper AS filled, count(*) OVER deeper AS lanes FROM open_lane
        WINDOW deeper AS (ORDER BY load ROWS UNBOUNDED PRECEDING)) d) v
  ), rung AS MATERIALIZED (
    -- Asked by its key alone: with the status beside it, statistics of a quiet hour, when nothing waits, would have every
    -- run that waits read for it.
    SELECT r.id, r.created_at, r.type, r.tenant_id, r.status, r.held_until FROM operation_runs r WHERE r.id = ANY ($3::bigint[])
  ), candidate AS MATERIALIZED (
    SELECT o.lane, c.id, c.created_at FROM fair_lane o CROSS JOIN LATERAL (
      SELECT r.id, r.created_at FROM operation_runs r
      WHERE r.type = o.type AND r.tenant_id = o.tenant_id AND r.status = 'queued' AND r.held_until IS NULL
      ORDER BY r.created_at, r.id
      LIMIT $6::integer + least(greatest(o.level - o.load, 0), CASE WHEN o.most > ${MOST_SLOTS} THEN $4 ELSE o.room END)) c
    UNION
    SELECT o.lane, r.id, r.created_at FROM fair_lane o
    JOIN rung r ON r.type = o.type AND r.tenant_id = o.tenant_id AND r.status = 'queued' AND r.held_until IS NULL
  ), placed AS MATERIALIZED (
    SELECT c.id, c.created_at, o.type, o.tenant_id, o.most, o.room, o.slots, o.load, o.last_turn,
      row_number() OVER (PARTITION BY o.tenant_id ORDER BY (c.id = ANY ($3)) DESC, c.created_at, c.id) AS turn
    FROM candidate c JOIN fair_lane o ON o.lane = c.lane
  ), picked AS MATERIALIZED (
    -- One by one in this order: a join would lock in another, and look at every queued run.
    SELECT p.id, p.type, p.tenant_id, p.most, p.room, p.slots FROM (
      SELECT * FROM placed ORDER BY load + turn, last_turn NULLS FIRST, created_at, id) p
    CROSS JOIN LATERAL (
      SELECT r.id FROM operation_runs r
      WHERE r.type = p.type AND r.tenant_id = p.tenant_id AND r.created_at = p.created_at AND r.id = p.id
        AND r.status = 'queued' AND r.held_until IS NULL
      FOR UPDATE ${locked}) r
    LIMIT $4
  ), seated AS MATERIALIZED (
    SELECT p.*, row_number() OVER (PARTITION BY p.type, p.tenant_id ORDER BY p.id) AS seat FROM picked p
  ), free AS MATERIALIZED (
    SELECT DISTINCT ON (s.type, s.tenant_id) s.type, s.tenant_id, (
      SELECT array_agg(n ORDER BY random()) FROM generate_series(1, s.most) n WHERE n <> ALL (coalesce(s.slots, '{}'))
    ) AS slots
    FROM seated s WHERE s.most <= ${MOST_SLOTS}
  ), claimed AS (
    UPDATE operation_runs r
    -- Not the time of the transaction: it may have begun before the run was queued.
    SET status = 'running', lease_epoch = r.lease_epoch + 1, attempt = r.attempt + 1,
      updated_at = statement_timestamp(), claimed_at = statement_timestamp(),
      lease_expires_at = statement_timestamp() + make_interval(secs => $5),
      started_at = coalesce(r.started_at, statement_timestamp()),
      dispatched_at = coalesce(r.dispatched_at, statement_timestamp()),
      slot = f.slots[s.seat]
    FROM seated s LEFT JOIN free f ON f.type = s.type AND f.tenant_id = s.tenant_id
    -- By its key alone, like the rung ones: it is locked, so it is queued still.
    WHERE r.id = s.id AND (s.most > ${MOST_SLOTS} OR s.seat <= s.room)
    RETURNING ${RUN_COLUMNS_OF_R}
  ), event AS (
    INSERT INTO operation_run_events (tenant_id, run_id, at, kind, detail)
    SELECT tenant_id, id, claimed_at, 'claimed', jsonb_build_object('attempt', attempt) FROM claimed
  )
  SELECT EXISTS (SELECT FROM candidate) AS saw, claimed.* FROM (VALUES (1)) AS one LEFT JOIN claimed ON true`;

const CLAIM_WHAT_IS_FREE = claimSql('SKIP LOCKED');
const CLAIM_OR_WAIT = claimSql('');
