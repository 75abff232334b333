import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How often a word stands in the text that Monitoring searches. PostgreSQL does not plan by what it knows of a partial
 * index's expression: without this it takes every word for a rare one, and reads the runs of all tenants for a common one.
 */
export class RunTextStatistics1790000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE STATISTICS operation_runs_text_words
        ON (coalesce(subject_name, '') || ' ' || initiator_name) FROM operation_runs;
      ANALYZE operation_runs;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP STATISTICS operation_runs_text_words');
  }
}
