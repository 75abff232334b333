import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Archives that an export run made, in parts of at most 256 KiB: the worker that writes one and the API that serves it may
 * be two machines, and neither holds an archive whole. Their bytes are compressed already, so PostgreSQL does not try.
 */
export class Exports1790000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_exports (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        run_id bigint NOT NULL,
        files integer CHECK (files > 0),
        parts integer CHECK (parts > 0),
        bytes bigint CHECK (bytes > 0),
        sha256 text CHECK (length(sha256) = 64),
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        expires_at timestamptz NOT NULL,
        CONSTRAINT policy_exports_of_tenant UNIQUE (tenant_id, id),
        CONSTRAINT policy_exports_once_per_run UNIQUE (tenant_id, run_id),
        CONSTRAINT policy_exports_finished_is_whole CHECK (
          (finished_at IS NULL AND num_nonnulls(files, parts, bytes, sha256) = 0)
          OR (finished_at IS NOT NULL AND num_nulls(files, parts, bytes, sha256) = 0))
      );
      CREATE INDEX policy_exports_expiry ON policy_exports (tenant_id, expires_at);

      CREATE TABLE policy_export_parts (
        tenant_id uuid NOT NULL,
        export_id bigint NOT NULL,
        part integer NOT NULL CHECK (part >= 0),
        data bytea NOT NULL CHECK (octet_length(data) BETWEEN 1 AND 262144),
        PRIMARY KEY (tenant_id, export_id, part),
        CONSTRAINT policy_export_parts_export FOREIGN KEY (tenant_id, export_id)
          REFERENCES policy_exports (tenant_id, id) ON DELETE CASCADE
      );
      ALTER TABLE policy_export_parts ALTER COLUMN data SET STORAGE EXTERNAL;
    `);
    await runner.query(`
      ALTER TABLE policy_exports ENABLE ROW LEVEL SECURITY;
      CREATE POLICY policy_exports_own_tenant ON policy_exports TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
      ALTER TABLE policy_export_parts ENABLE ROW LEVEL SECURITY;
      CREATE POLICY policy_export_parts_own_tenant ON policy_export_parts TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE policy_export_parts;
      DROP TABLE policy_exports;
    `);
  }
}
