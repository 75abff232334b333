import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An earlier migration has the table of runs analyzed, which in a new installation is empty. What is known to be empty is
 * planned to be read whole, for all the runs until it is analyzed again; what nothing is known of is read by its indexes.
 */
export class UnknownSize1790000025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `SELECT pg_clear_relation_stats('public', 'operation_runs') WHERE NOT EXISTS (SELECT FROM operation_runs)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ANALYZE operation_runs');
  }
}
