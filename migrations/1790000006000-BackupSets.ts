import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Backup sets and the policy versions they keep; a set holds a policy once. The foreign key to the version keeps whatever
 * cleans up the inventory from taking a version that a set needs.
 */
export class BackupSets1790000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE backup_sets (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
        description text CHECK (char_length(description) <= 2000),
        created_by uuid REFERENCES users (id) ON DELETE SET NULL,
        created_by_name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT backup_sets_of_tenant UNIQUE (tenant_id, id)
      );

      CREATE TABLE backup_set_items (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        set_id bigint NOT NULL,
        policy_id bigint NOT NULL,
        version_id bigint NOT NULL,
        type text NOT NULL,
        external_id text NOT NULL,
        name text NOT NULL,
        include_assignments boolean NOT NULL,
        include_scope_tags boolean NOT NULL,
        complete boolean NOT NULL,
        added_run_id bigint NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT backup_set_items_set FOREIGN KEY (tenant_id, set_id)
          REFERENCES backup_sets (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT backup_set_items_version FOREIGN KEY (tenant_id, policy_id, version_id)
          REFERENCES inventory_policy_versions (tenant_id, policy_id, id),
        CONSTRAINT backup_set_items_once UNIQUE (tenant_id, set_id, policy_id)
      );
      CREATE INDEX backup_set_items_page ON backup_set_items (tenant_id, set_id, id);
      CREATE INDEX backup_set_items_version ON backup_set_items (tenant_id, policy_id, version_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE backup_set_items;
      DROP TABLE backup_sets;
    `);
  }
}
