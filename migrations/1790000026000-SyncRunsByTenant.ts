import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows go with a sync run. */
const TABLES = ['inventory_coverage', 'inventory_reading_notes'];

/**
 * A sync run is named by its tenant and its id. An index over the ids alone promised the newest of a large tenant after
 * few rows; when that tenant has not synced for a while, every later sync run of the others was passed over for it. And a
 * removed tenant's coverage was searched for once in each tenant that there is, for every sync run.
 */
export class SyncRunsByTenant1790000026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_sync_run_id_fkey`);
    await runner.query(`
      ALTER TABLE inventory_sync_runs DROP CONSTRAINT inventory_sync_runs_pkey, ADD PRIMARY KEY (tenant_id, id);
      DROP INDEX inventory_sync_runs_page;
    `);
    for (const table of TABLES) {
      await runner.query(`
        ALTER TABLE ${table} ADD CONSTRAINT ${table}_sync_run FOREIGN KEY (tenant_id, sync_run_id)
          REFERENCES inventory_sync_runs (tenant_id, id) ON DELETE CASCADE`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_sync_run`);
    await runner.query(`
      ALTER TABLE inventory_sync_runs DROP CONSTRAINT inventory_sync_runs_pkey, ADD PRIMARY KEY (id);
      CREATE INDEX inventory_sync_runs_page ON inventory_sync_runs (tenant_id, id DESC);
    `);
    for (const table of TABLES) {
      await runner.query(`
        ALTER TABLE ${table} ADD CONSTRAINT ${table}_sync_run_id_fkey FOREIGN KEY (sync_run_id)
          REFERENCES inventory_sync_runs (id) ON DELETE CASCADE`);
    }
  }
}
