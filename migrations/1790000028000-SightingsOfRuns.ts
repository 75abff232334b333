import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a comparison saw goes with its current sync run: a finding that stands for months is seen by every comparison of
 * its time.
 */
export class SightingsOfRuns1790000028000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM drift_sightings s WHERE NOT EXISTS (
        SELECT FROM inventory_sync_runs r WHERE r.tenant_id = s.tenant_id AND r.id = s.current_run_id);
      ALTER TABLE drift_sightings ADD CONSTRAINT drift_sightings_current_run_fkey FOREIGN KEY (tenant_id, current_run_id)
        REFERENCES inventory_sync_runs (tenant_id, id) ON DELETE CASCADE;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE drift_sightings DROP CONSTRAINT drift_sightings_current_run_fkey`);
  }
}
