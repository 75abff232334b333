import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { RunStatus } from './run-row.js';

/** Runs of one stored kind: where they wait, and how many of them may work at once in one tenant. */
export interface QueuedLane {
  kind: string;
  queue: string;
  limitPerTenant: number;
}

/** The active runs of one queue, over all tenants. */
export interface QueueRuns {
  queue: string;
  /** Queued, and a worker could take them at this moment. */
  workable: number;
  /** Queued behind runs of their tenant that use up the limit of their type. */
  behindLimit: number;
  /** Waiting for a person. */
  held: number;
  running: number;
}

export interface FoundRing {
  id: string;
  type: string;
  status: RunStatus;
}

/**
 * Counts what an operator compares with the transport. It reads across tenants, changes nothing, and answers neither
 * payloads nor names.
 */
@Injectable()
export class RunDiagnosisRepository {
  constructor(private readonly database: Database) {}

  /** Every queue of `lanes`, in the order of their names. */
  queues(lanes: readonly QueuedLane[]): Promise<QueueRuns[]> {
    return this.database.query<QueueRuns>(
      `WITH lane AS (
         SELECT * FROM unnest($1::text[], $2::text[], $3::integer[]) AS l (type, queue, most)
       ), active AS (
         SELECT type, tenant_id,
           count(*) FILTER (WHERE status = 'queued' AND held_until IS NULL AND cancel_requested_at IS NULL) AS waiting,
           count(*) FILTER (WHERE status = 'queued' AND held_until IS NOT NULL) AS held,
           count(*) FILTER (WHERE status = 'running') AS running
         FROM operation_runs WHERE status IN ('queued', 'running') GROUP BY type, tenant_id
       ), counted AS (
         SELECT l.queue, a.held, a.running, a.waiting, least(a.waiting, greatest(l.most - a.running, 0)) AS workable
         FROM lane l LEFT JOIN active a ON a.type = l.type
       )
       SELECT queue, coalesce(sum(workable), 0)::int AS workable,
         coalesce(sum(waiting - workable), 0)::int AS "behindLimit",
         coalesce(sum(held), 0)::int AS held, coalesce(sum(running), 0)::int AS running
       FROM counted GROUP BY queue ORDER BY queue`,
      [
        lanes.map(({ kind }) => kind),
        lanes.map(({ queue }) => queue),
        lanes.map(({ limitPerTenant }) => Math.min(limitPerTenant, 2 ** 31 - 1)),
      ],
    );
  }

  /** Up to `most` queued runs of these stored kinds that wait for no person, oldest first. */
  waiting(kinds: readonly string[], most: number): Promise<{ id: string }[]> {
    return this.database.query(
      `SELECT id FROM operation_runs
       WHERE status = 'queued' AND type = ANY ($1::text[]) AND held_until IS NULL AND cancel_requested_at IS NULL
       -- Not in the order of the key, which would pass over the whole history.
       ORDER BY id + 0 LIMIT $2`,
      [kinds, most],
    );
  }

  /** Up to `most` active runs of kinds that are not among `kinds`, oldest first. */
  ofOtherKinds(kinds: readonly string[], most: number): Promise<{ id: string; type: string }[]> {
    return this.database.query(
      `SELECT id, type FROM operation_runs WHERE status IN ('queued', 'running') AND type <> ALL ($1::text[])
       -- Not in the order of the key, which would pass over the whole history.
       ORDER BY id + 0 LIMIT $2`,
      [kinds, most],
    );
  }

  /** Those of these runs that are in the table; an archived or removed one is not. */
  find(ids: readonly string[]): Promise<FoundRing[]> {
    return this.database.query<FoundRing>('SELECT id, type, status FROM operation_runs WHERE id = ANY ($1::bigint[])', [
      ids,
    ]);
  }
}
