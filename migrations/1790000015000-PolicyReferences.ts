import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the current version of each policy refers to. `references_stored` says that they were written: policies stored
 * before this table get theirs with the next sync that reads them, once. And the names of settings, as Graph told
 * them, and how far a sync is.
 */
export class PolicyReferences1790000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inventory_references (
        tenant_id uuid NOT NULL,
        policy_id bigint NOT NULL,
        to_type text NOT NULL,
        to_external_id text NOT NULL,
        via text NOT NULL,
        PRIMARY KEY (tenant_id, policy_id, to_type, to_external_id, via),
        CONSTRAINT inventory_references_policy FOREIGN KEY (tenant_id, policy_id)
          REFERENCES inventory_policies (tenant_id, id) ON DELETE CASCADE
      );
      CREATE INDEX inventory_references_to ON inventory_references (tenant_id, to_type, to_external_id);
      ALTER TABLE inventory_policies ADD COLUMN references_stored boolean NOT NULL DEFAULT false;
      ALTER TABLE inventory_sync_runs ADD COLUMN progress jsonb CHECK (jsonb_typeof(progress) = 'object');
      CREATE TABLE inventory_setting_names (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        definition_id text NOT NULL,
        name text NOT NULL,
        options jsonb NOT NULL,
        PRIMARY KEY (tenant_id, definition_id)
      );
    `);
    await runner.query(`
      ALTER TABLE inventory_references ENABLE ROW LEVEL SECURITY;
      CREATE POLICY inventory_references_own_tenant ON inventory_references TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
      ALTER TABLE inventory_setting_names ENABLE ROW LEVEL SECURITY;
      CREATE POLICY inventory_setting_names_own_tenant ON inventory_setting_names TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE inventory_setting_names;
      ALTER TABLE inventory_sync_runs DROP COLUMN progress;
      ALTER TABLE inventory_policies DROP COLUMN references_stored;
      DROP TABLE inventory_references;
    `);
  }
}
