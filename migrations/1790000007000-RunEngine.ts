import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the whole run protocol needs beside the rows: slots that make the limit per tenant a unique index, the order of
 * turns between tenants, counts without a hot row, an archive, a feed of events in commit order, and indexes for the
 * filters of Monitoring. The filter indexes hold completed runs only, so that starting and claiming a run pays for none.
 */
export class RunEngine1790000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE operation_runs
        ADD COLUMN slot integer CHECK (slot >= 1),
        ADD COLUMN claimed_at timestamptz,
        ADD COLUMN queued_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN trace_parent text;
      ALTER TABLE operation_run_items ADD COLUMN name text;
      ALTER TABLE operation_run_events ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
      CREATE INDEX operation_run_events_feed ON operation_run_events (tenant_id, xid);
    `);
    await runner.query(`
      CREATE UNIQUE INDEX operation_runs_slot ON operation_runs (type, tenant_id, slot) WHERE status = 'running';
      CREATE INDEX operation_runs_waiting ON operation_runs (type, tenant_id, created_at, id)
        WHERE status = 'queued' AND held_until IS NULL;
      CREATE INDEX operation_runs_turn ON operation_runs (type, tenant_id, claimed_at) WHERE claimed_at IS NOT NULL;
    `);
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      DROP INDEX operation_runs_type_page;
      DROP INDEX operation_runs_bad;
      CREATE INDEX operation_runs_type_page ON operation_runs (tenant_id, type, created_at DESC, id DESC)
        WHERE status = 'completed';
      CREATE INDEX operation_runs_outcome_page ON operation_runs (tenant_id, outcome, created_at DESC, id DESC)
        WHERE status = 'completed';
      CREATE INDEX operation_runs_initiator_page ON operation_runs (tenant_id, user_id, created_at DESC, id DESC)
        WHERE status = 'completed';
      CREATE INDEX operation_runs_text
        ON operation_runs USING gin ((coalesce(subject_name, '') || ' ' || initiator_name) gin_trgm_ops)
        WHERE status = 'completed';
      CREATE INDEX operation_runs_age ON operation_runs (completed_at) WHERE status = 'completed';
    `);
    await runner.query(`
      CREATE TABLE operation_run_total_deltas (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        type text NOT NULL,
        outcome text NOT NULL,
        runs bigint NOT NULL
      );
      CREATE INDEX operation_run_total_deltas_tenant ON operation_run_total_deltas (tenant_id);

      CREATE TABLE operation_runs_archive (
        id bigint PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        completed_at timestamptz NOT NULL,
        archived_at timestamptz NOT NULL DEFAULT now(),
        run jsonb NOT NULL,
        items jsonb NOT NULL,
        events jsonb NOT NULL
      );
      CREATE INDEX operation_runs_archive_tenant ON operation_runs_archive (tenant_id, completed_at DESC, id DESC);
    `);
    await runner.query(`
      CREATE FUNCTION operation_runs_completed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('tenantatlas.retention', true) = 'on'
          OR NOT EXISTS (SELECT FROM tenants WHERE id = OLD.tenant_id) THEN
          RETURN OLD;
        END IF;
        RAISE EXCEPTION 'A completed run is removed by retention only (run %).', OLD.id
          USING ERRCODE = 'integrity_constraint_violation';
      END $$;
      CREATE TRIGGER operation_runs_completed_stays
        BEFORE DELETE ON operation_runs FOR EACH ROW WHEN (OLD.status = 'completed')
        EXECUTE FUNCTION operation_runs_completed_stays();
    `);
    for (const table of ['operation_run_total_deltas', 'operation_runs_archive']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY ${table}_own_tenant ON ${table} TO tenantatlas_tenant
          USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER operation_runs_completed_stays ON operation_runs;
      DROP FUNCTION operation_runs_completed_stays();
      DROP TABLE operation_runs_archive;
      INSERT INTO operation_run_totals (tenant_id, type, outcome, runs)
        SELECT tenant_id, type, outcome, sum(runs) FROM operation_run_total_deltas GROUP BY 1, 2, 3
        ON CONFLICT (tenant_id, type, outcome) DO UPDATE SET runs = operation_run_totals.runs + excluded.runs;
      DROP TABLE operation_run_total_deltas;
      DROP INDEX operation_runs_age;
      DROP INDEX operation_runs_text;
      DROP INDEX operation_runs_initiator_page;
      DROP INDEX operation_runs_outcome_page;
      DROP INDEX operation_runs_type_page;
      CREATE INDEX operation_runs_type_page ON operation_runs (tenant_id, type, created_at DESC, id DESC);
      CREATE INDEX operation_runs_bad
        ON operation_runs (tenant_id, created_at DESC, id DESC) WHERE outcome IN ('failed', 'partially_succeeded');
      DROP INDEX operation_runs_turn;
      DROP INDEX operation_runs_waiting;
      DROP INDEX operation_runs_slot;
      DROP INDEX operation_run_events_feed;
      ALTER TABLE operation_run_events DROP COLUMN xid;
      ALTER TABLE operation_run_items DROP COLUMN name;
      ALTER TABLE operation_runs DROP COLUMN trace_parent, DROP COLUMN queued_at, DROP COLUMN claimed_at, DROP COLUMN slot;
    `);
  }
}
