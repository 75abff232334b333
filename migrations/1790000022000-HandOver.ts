import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets one packet complete runs and take the next ones without a look in between: it is refused as a whole when one of
 * the runs is no longer its worker's.
 */
export class HandOver1790000022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION operation_runs_all_held(completed bigint, given bigint) RETURNS boolean LANGUAGE plpgsql AS $$
      BEGIN
        IF completed < given THEN
          RAISE EXCEPTION '% of % runs are not held any more.', given - completed, given
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'operation_runs_all_held';
        END IF;
        RETURN true;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION operation_runs_all_held(bigint, bigint)`);
  }
}
