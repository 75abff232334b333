import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Policies, their immutable versions, and the sync runs that saw them. A period says which version stood from one sync
 * run until, not including, another; so a sync of an unchanged tenant writes its own rows and nothing else.
 */
export class Inventory1790000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inventory_sync_runs (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        operation_run_id bigint NOT NULL,
        attempt integer NOT NULL,
        scope_key text NOT NULL,
        selection jsonb NOT NULL,
        outcome text CHECK (outcome IN ('succeeded', 'partially_succeeded', 'failed')),
        policies integer NOT NULL DEFAULT 0,
        versions_written integer NOT NULL DEFAULT 0,
        started_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        UNIQUE (tenant_id, operation_run_id),
        CHECK ((outcome IS NULL) = (finished_at IS NULL))
      )`);
    await runner.query(`CREATE INDEX inventory_sync_runs_page ON inventory_sync_runs (tenant_id, id DESC)`);
    await runner.query(
      `CREATE INDEX inventory_sync_runs_scope ON inventory_sync_runs (tenant_id, scope_key, id DESC)
       WHERE outcome IN ('succeeded', 'partially_succeeded')`,
    );
    await runner.query(`
      CREATE TABLE inventory_coverage (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        sync_run_id bigint NOT NULL REFERENCES inventory_sync_runs (id) ON DELETE CASCADE,
        type text NOT NULL,
        attempt integer NOT NULL,
        state text NOT NULL
          CHECK (state IN ('read', 'partial', 'forbidden', 'throttled', 'failed', 'unsupported_licence')),
        reason_code text,
        policies integer NOT NULL,
        incomplete integer NOT NULL DEFAULT 0,
        versions_written integer NOT NULL DEFAULT 0,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, sync_run_id, type),
        CHECK ((state = 'read') = (reason_code IS NULL))
      )`);
    await runner.query(
      `CREATE INDEX inventory_coverage_newest ON inventory_coverage (tenant_id, type, sync_run_id DESC)`,
    );
    await runner.query(`
      CREATE TABLE inventory_policies (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        type text NOT NULL,
        external_id text NOT NULL,
        name text NOT NULL,
        platform text,
        current_version_id bigint,
        present boolean NOT NULL DEFAULT true,
        completeness jsonb NOT NULL,
        first_seen_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        removed_at timestamptz,
        UNIQUE (tenant_id, type, external_id),
        UNIQUE (tenant_id, id),
        CHECK (present = (removed_at IS NULL))
      )`);
    await runner.query(
      `CREATE INDEX inventory_policies_page ON inventory_policies (tenant_id, lower(name), id) WHERE present`,
    );
    await runner.query(`
      CREATE TABLE inventory_policy_versions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL,
        policy_id bigint NOT NULL,
        content_hash text NOT NULL CHECK (length(content_hash) = 64),
        body_hash text NOT NULL CHECK (length(body_hash) = 64),
        assignments_hash text NOT NULL CHECK (length(assignments_hash) = 64),
        name text NOT NULL,
        platform text,
        content jsonb NOT NULL,
        raw jsonb NOT NULL,
        completeness jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (tenant_id, policy_id, content_hash),
        UNIQUE (tenant_id, policy_id, id),
        FOREIGN KEY (tenant_id, policy_id) REFERENCES inventory_policies (tenant_id, id) ON DELETE CASCADE
      )`);
    await runner.query(`
      ALTER TABLE inventory_policies ADD CONSTRAINT inventory_policies_current_version
        FOREIGN KEY (tenant_id, id, current_version_id)
        REFERENCES inventory_policy_versions (tenant_id, policy_id, id) DEFERRABLE INITIALLY DEFERRED`);
    await runner.query(`
      CREATE TABLE inventory_policy_periods (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL,
        type text NOT NULL,
        policy_id bigint NOT NULL,
        version_id bigint NOT NULL,
        from_sync_id bigint NOT NULL,
        until_sync_id bigint CHECK (until_sync_id >= from_sync_id),
        FOREIGN KEY (tenant_id, policy_id, version_id)
          REFERENCES inventory_policy_versions (tenant_id, policy_id, id) ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX inventory_policy_periods_open ON inventory_policy_periods (tenant_id, policy_id)
       WHERE until_sync_id IS NULL`,
    );
    await runner.query(
      `CREATE INDEX inventory_policy_periods_at ON inventory_policy_periods (tenant_id, type, from_sync_id)`,
    );
    await runner.query(
      `CREATE INDEX inventory_policy_periods_version ON inventory_policy_periods (tenant_id, policy_id, version_id)`,
    );
    await runner.query(`
      CREATE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'A policy version never changes.' USING ERRCODE = 'integrity_constraint_violation';
      END $$`);
    await runner.query(`
      CREATE TRIGGER inventory_policy_versions_immutable BEFORE UPDATE ON inventory_policy_versions
        FOR EACH ROW EXECUTE FUNCTION refuse_version_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE inventory_policies DROP CONSTRAINT inventory_policies_current_version`);
    for (const table of ['policy_periods', 'policy_versions', 'policies', 'coverage', 'sync_runs']) {
      await runner.query(`DROP TABLE inventory_${table}`);
    }
    await runner.query(`DROP FUNCTION refuse_version_change()`);
  }
}
