import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far an open sync run has read each collection, for the attempt that goes on after a crash: sealed, because links of
 * Graph may carry tokens. Gone when the sync run is closed.
 */
export class ReadingNotes1790000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inventory_reading_notes (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        sync_run_id bigint NOT NULL REFERENCES inventory_sync_runs (id) ON DELETE CASCADE,
        number integer NOT NULL CHECK (number > 0),
        sealed bytea NOT NULL,
        PRIMARY KEY (tenant_id, sync_run_id, number)
      );
      ALTER TABLE inventory_reading_notes ENABLE ROW LEVEL SECURITY;
      CREATE POLICY inventory_reading_notes_own_tenant ON inventory_reading_notes TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE inventory_reading_notes`);
  }
}
