import { Injectable } from '@nestjs/common';
import type { Json } from '#libs/run-kit/src/run-type.js';
import { Database, type SqlValue } from '../../../platform/database/database.js';
import { rowsStatement } from '../../../platform/database/rows-statement.js';
import { rowToBe, type NewRun, type NumberedRun } from './new-row.js';
import { ACTIVE_OF_G } from './active-runs.repository.js';
import { RUN_COLUMNS, RUN_COLUMNS_OF_R, type RunRow } from './run-row.js';

export interface FoundRun {
  row: RunRow;
  created: boolean;
}

/** So few are lost with a process, and so seldom does a start ask for them. */
const IDS_AT_ONCE = 100;
const INSERT = rowsStatement(
  'bigint uuid uuid text text bytea jsonb text text text text text bigint timestamptz boolean'.split(' '),
  (rows) => `WITH given AS (
      SELECT * FROM ${rows} AS g (id, tenant_id, user_id, initiator_name, type, run_identity_hash, payload, subject_type,
        subject_id, subject_name, correlation_id, trace_parent, retry_of, held_until, dispatched)
    ), event AS (
      INSERT INTO operation_run_events (tenant_id, run_id, kind)
      SELECT tenant_id, id, CASE WHEN held_until IS NULL THEN 'queued' ELSE 'held' END FROM given
    )
    INSERT INTO operation_runs (id, tenant_id, user_id, initiator_name, type, run_identity_hash, payload, subject_type,
      subject_id, subject_name, correlation_id, trace_parent, retry_of, held_until, dispatched_at)
      OVERRIDING SYSTEM VALUE
    SELECT id, tenant_id, user_id, initiator_name, type, run_identity_hash, payload, subject_type, subject_id,
      subject_name, correlation_id, trace_parent, retry_of, held_until, CASE WHEN dispatched THEN now() END FROM given
    RETURNING created_at AS at`,
);

/** Inserts runs and finds the active ones with the same identity. Every row names its tenant. */
@Injectable()
export class RunStartsRepository {
  private readonly ids: string[] = [];

  constructor(private readonly database: Database) {}

  /**
   * Gives each run the id that it will have, so that all that is written beside it can be written with it. The ids are
   * unique; between processes they are not in the order of starts.
   */
  async number(runs: readonly NewRun[]): Promise<NumberedRun[]> {
    while (this.ids.length < runs.length) {
      const taken = await this.database.query<{ id: string }>(
        `SELECT nextval('operation_runs_id_seq') AS id FROM generate_series(1, $1)`,
        [IDS_AT_ONCE],
      );
      this.ids.push(...taken.map(({ id }) => id));
    }
    const ids = this.ids.splice(0, runs.length);
    return ids.flatMap((id, at) => {
      const run = runs[at];
      return run ? [{ identity: run.identity, row: rowToBe(id, run) }] : [];
    });
  }

  /**
   * Inserts runs with their `queued` events when the open transaction sends its next statement or commits. Of an equal run
   * that is active, PostgreSQL refuses the transaction: see {@link isRefusedAsActive}.
   * @param dispatched says that row and job commit together
   * @returns what answers the rows as they are then, in order
   */
  insert(runs: readonly NumberedRun[], dispatched: boolean): () => RunRow[] {
    // In one order everywhere, or two processes could each wait for the other.
    const sorted = [...runs].sort((a, b) => (a.identity < b.identity ? -1 : 1));
    const inserted = this.database.writeReturning<{ at: Date }>(
      ...INSERT(sorted.map((run) => values(run, dispatched))),
      { prepared: true },
    );
    return () => {
      const [first] = inserted();
      if (!first) throw new Error('No run was inserted.');
      const { at } = first;
      return runs.map(({ row }) => ({
        ...row,
        dispatched_at: dispatched && row.held_until === null ? at : null,
        queued_at: at,
        created_at: at,
        updated_at: at,
      }));
    };
  }

  /**
   * Inserts each run with its `queued` event, or finds the active run with the same identity. `runs` holds no identity
   * of a tenant twice. `dispatched` says that row and job commit together. The answer has a place for each, in order; it is undefined where neither was there: another start
   * inserted it after this statement's snapshot was taken, or it completed meanwhile.
   */
  async insertOrFind(runs: readonly NewRun[], dispatched: boolean): Promise<(FoundRun | undefined)[]> {
    const rows = await this.database.query<RunRow & { created: boolean; identity: string }>(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (ordinal integer, tenant_id uuid, user_id uuid,
           initiator_name text, type text, identity text, payload jsonb, subject_type text, subject_id text,
           subject_name text, correlation_id text, trace_parent text, retry_of bigint, held_until timestamptz)
       ), inserted AS (
         INSERT INTO operation_runs (tenant_id, user_id, initiator_name, type, run_identity_hash, payload,
           subject_type, subject_id, subject_name, correlation_id, trace_parent, retry_of, held_until, dispatched_at)
         SELECT tenant_id, user_id, initiator_name, type, decode(identity, 'hex'), payload,
           subject_type, subject_id, subject_name, correlation_id, trace_parent, retry_of, held_until,
           CASE WHEN $2::boolean AND held_until IS NULL THEN now() END
         FROM given ORDER BY identity
         ON CONFLICT (tenant_id, run_identity_hash) WHERE status IN ('queued', 'running') DO NOTHING
         RETURNING ${RUN_COLUMNS}, run_identity_hash
       ), event AS (
         INSERT INTO operation_run_events (tenant_id, run_id, kind)
         SELECT tenant_id, id, CASE WHEN held_until IS NULL THEN 'queued' ELSE 'held' END FROM inserted
       )
       SELECT ${RUN_COLUMNS}, true AS created, encode(run_identity_hash, 'hex') AS identity FROM inserted
       UNION ALL
       SELECT ${RUN_COLUMNS_OF_R}, false AS created, g.identity FROM given g ${ACTIVE_OF_G}`,
      [JSON.stringify(runs.map(parameters)), dispatched],
      { prepared: true, generic: true },
    );
    return inOrder(runs, rows);
  }

  /** Notes that the transport took these rings; a run that moved on meanwhile is left alone. */
  async markDispatched(rings: readonly { runId: string; seq: number }[]): Promise<void> {
    await this.database.query(
      `WITH dispatched AS (
         UPDATE operation_runs r SET dispatched_at = now(), updated_at = now()
         FROM unnest($1::bigint[], $2::integer[]) AS g (run_id, seq)
         WHERE r.id = g.run_id AND r.dispatch_seq = g.seq AND r.dispatched_at IS NULL AND r.status <> 'completed'
         RETURNING r.tenant_id, r.id
       )
       INSERT INTO operation_run_events (tenant_id, run_id, kind) SELECT tenant_id, id, 'dispatched' FROM dispatched`,
      [rings.map(({ runId }) => runId), rings.map(({ seq }) => seq)],
      { prepared: true, generic: true },
    );
  }
}

/** Whether a transaction was refused because a run that it inserts is active already. */
export function isRefusedAsActive(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'operation_runs_one_active';
}

function inOrder(
  runs: readonly NewRun[],
  rows: readonly (RunRow & { created: boolean; identity: string })[],
): (FoundRun | undefined)[] {
  const found = new Map<string, FoundRun>();
  for (const { created, identity, ...row } of rows) {
    const key = `${row.tenant_id}/${identity}`;
    if (created || !found.has(key)) found.set(key, { row, created });
  }
  return runs.map(({ tenantId, identity }) => found.get(`${tenantId}/${identity}`));
}

function parameters(run: NewRun): Record<string, Json | Date> {
  return {
    tenant_id: run.tenantId,
    user_id: run.actor.kind === 'user' ? run.actor.userId : null,
    initiator_name: run.actor.name,
    type: run.kind,
    identity: run.identity,
    payload: run.payload,
    subject_type: run.subject?.type ?? null,
    subject_id: run.subject?.id ?? null,
    subject_name: run.subject?.name ?? null,
    correlation_id: run.correlationId,
    trace_parent: run.traceParent ?? null,
    retry_of: run.retryOf ?? null,
    held_until: run.heldUntil ?? null,
  };
}

/** In the order of the columns of {@link INSERT}. */
function values({ identity, row }: NumberedRun, dispatched: boolean): SqlValue[] {
  return [
    row.id,
    row.tenant_id,
    row.user_id,
    row.initiator_name,
    row.type,
    Buffer.from(identity, 'hex'),
    JSON.stringify(row.payload),
    row.subject_type,
    row.subject_id,
    row.subject_name,
    row.correlation_id,
    row.trace_parent,
    row.retry_of,
    row.held_until,
    dispatched && row.held_until === null,
  ];
}
