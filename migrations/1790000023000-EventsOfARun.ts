import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A run's events are found by the run. An archived run takes them along through a foreign key of the run alone, which an
 * index that begins with the tenant answers by a search for each tenant that there is. And of a tenant that the statistics do
 * not know, such an index seems as good as the feed's for what is new, so that all of the tenant's past was read for it.
 */
export class EventsOfARun1790000023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX operation_run_events_of_run ON operation_run_events (run_id, tenant_id, id);
      DROP INDEX operation_run_events_page;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX operation_run_events_page ON operation_run_events (tenant_id, run_id, id);
      DROP INDEX operation_run_events_of_run;
    `);
  }
}
