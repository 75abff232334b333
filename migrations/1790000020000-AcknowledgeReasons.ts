import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a finding was acknowledged, in the words of who did it; null where nobody said. */
export class AcknowledgeReasons1790000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE drift_findings ADD COLUMN acknowledged_reason text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE drift_findings DROP COLUMN acknowledged_reason`);
  }
}
