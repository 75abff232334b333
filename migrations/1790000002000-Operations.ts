import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Runs, their items, history and counts. No index on lease or counts: heartbeats then stay heap-only updates. The table
 * is not partitioned: a unique index there would have to hold the partition key, and dedupe would silently die.
 */
export class Operations1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE operation_runs (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        user_id uuid REFERENCES users (id) ON DELETE SET NULL,
        initiator_name text NOT NULL,
        type text NOT NULL,
        status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'completed')),
        outcome text NOT NULL DEFAULT 'pending'
          CHECK (outcome IN ('pending', 'succeeded', 'partially_succeeded', 'failed', 'cancelled')),
        run_identity_hash bytea NOT NULL CHECK (length(run_identity_hash) = 32),
        payload jsonb NOT NULL,
        context jsonb NOT NULL DEFAULT '{}',
        subject_type text,
        subject_id text,
        subject_name text,
        summary_counts jsonb NOT NULL
          DEFAULT '{"total": 0, "processed": 0, "success": 0, "failed": 0, "skipped": 0}',
        failure_summary jsonb NOT NULL DEFAULT '[]',
        correlation_id text NOT NULL,
        dispatch_seq integer NOT NULL DEFAULT 1 CHECK (dispatch_seq >= 1),
        dispatched_at timestamptz,
        lease_epoch integer NOT NULL DEFAULT 0,
        lease_expires_at timestamptz,
        attempt integer NOT NULL DEFAULT 0,
        retry_of bigint REFERENCES operation_runs (id) ON DELETE SET NULL,
        cancel_requested_at timestamptz,
        held_until timestamptz,
        started_at timestamptz,
        completed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT operation_runs_completed_has_time CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
        CONSTRAINT operation_runs_completed_has_outcome CHECK ((status = 'completed') = (outcome <> 'pending')),
        CONSTRAINT operation_runs_running_has_lease
          CHECK (status <> 'running' OR (lease_expires_at IS NOT NULL AND started_at IS NOT NULL))
      ) WITH (fillfactor = 80);
    `);
    await runner.query(`
      CREATE UNIQUE INDEX operation_runs_one_active
        ON operation_runs (tenant_id, run_identity_hash) WHERE status IN ('queued', 'running');
      CREATE INDEX operation_runs_page ON operation_runs (tenant_id, created_at DESC, id DESC);
      CREATE INDEX operation_runs_type_page ON operation_runs (tenant_id, type, created_at DESC, id DESC);
      CREATE INDEX operation_runs_active
        ON operation_runs (tenant_id, created_at DESC, id DESC) WHERE status IN ('queued', 'running');
      CREATE INDEX operation_runs_bad
        ON operation_runs (tenant_id, created_at DESC, id DESC) WHERE outcome IN ('failed', 'partially_succeeded');
      CREATE INDEX operation_runs_retry_of ON operation_runs (retry_of) WHERE retry_of IS NOT NULL;
    `);
    await runner.query(`
      CREATE FUNCTION operation_runs_completed_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'A completed run never changes (run %).', OLD.id USING ERRCODE = 'integrity_constraint_violation';
      END $$;
      CREATE TRIGGER operation_runs_completed_is_final
        BEFORE UPDATE ON operation_runs FOR EACH ROW
        WHEN (OLD.status = 'completed'
          AND (to_jsonb(OLD) - 'user_id' - 'retry_of') IS DISTINCT FROM (to_jsonb(NEW) - 'user_id' - 'retry_of'))
        EXECUTE FUNCTION operation_runs_completed_is_final();
    `);
    await runner.query(`
      CREATE TABLE operation_run_items (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        run_id bigint NOT NULL REFERENCES operation_runs (id) ON DELETE CASCADE,
        item_id text NOT NULL,
        kind text NOT NULL,
        result text NOT NULL CHECK (result IN ('success', 'failed', 'skipped')),
        reason_code text,
        reason text,
        CONSTRAINT operation_run_items_failure_has_reason CHECK (result <> 'failed' OR reason_code IS NOT NULL)
      );
      CREATE UNIQUE INDEX operation_run_items_once ON operation_run_items (run_id, kind, item_id);
      CREATE INDEX operation_run_items_page ON operation_run_items (tenant_id, run_id, id);

      CREATE TABLE operation_run_events (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        run_id bigint NOT NULL REFERENCES operation_runs (id) ON DELETE CASCADE,
        at timestamptz NOT NULL DEFAULT now(),
        kind text NOT NULL,
        detail jsonb NOT NULL DEFAULT '{}'
      );
      CREATE INDEX operation_run_events_page ON operation_run_events (tenant_id, run_id, id);

      CREATE TABLE operation_run_totals (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        type text NOT NULL,
        outcome text NOT NULL,
        runs bigint NOT NULL,
        PRIMARY KEY (tenant_id, type, outcome)
      ) WITH (fillfactor = 70);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE operation_run_totals;
      DROP TABLE operation_run_events;
      DROP TABLE operation_run_items;
      DROP TABLE operation_runs;
      DROP FUNCTION operation_runs_completed_is_final();
    `);
  }
}
