import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Findings are paged by tenant and id, so the key leads with the tenant: with a key of the id alone, the planner walks it
 * for a large tenant and reads every newer finding of the others on the way. Rare kinds and severities, and what one
 * current run showed, get an index each, or a page of them reads all of a tenant's findings.
 */
export class FindingPages1790000006700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE drift_sightings DROP CONSTRAINT drift_sightings_finding_id_fkey;
      DROP INDEX drift_sightings_finding;
      DROP INDEX drift_findings_page;
      ALTER TABLE drift_findings DROP CONSTRAINT drift_findings_pkey, ADD PRIMARY KEY (tenant_id, id);
      ALTER TABLE drift_sightings ADD CONSTRAINT drift_sightings_finding_fkey FOREIGN KEY (tenant_id, finding_id)
        REFERENCES drift_findings (tenant_id, id) ON DELETE CASCADE;
      CREATE INDEX drift_sightings_finding ON drift_sightings (tenant_id, finding_id);
      CREATE INDEX drift_sightings_current ON drift_sightings (tenant_id, current_run_id, finding_id);
      CREATE INDEX drift_findings_kind_page ON drift_findings (tenant_id, kind, id DESC);
      CREATE INDEX drift_findings_severity_page ON drift_findings (tenant_id, severity, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX drift_findings_severity_page;
      DROP INDEX drift_findings_kind_page;
      DROP INDEX drift_sightings_current;
      DROP INDEX drift_sightings_finding;
      ALTER TABLE drift_sightings DROP CONSTRAINT drift_sightings_finding_fkey;
      ALTER TABLE drift_findings DROP CONSTRAINT drift_findings_pkey, ADD PRIMARY KEY (id);
      CREATE INDEX drift_findings_page ON drift_findings (tenant_id, id DESC);
      CREATE INDEX drift_sightings_finding ON drift_sightings (finding_id);
      ALTER TABLE drift_sightings ADD FOREIGN KEY (finding_id) REFERENCES drift_findings (id) ON DELETE CASCADE;
    `);
  }
}
