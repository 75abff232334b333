import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The deliveries that are under way are counted at every look for due ones. Without an index of their own, all that wait
 * were read for it.
 */
export class LeasedDeliveries1790000024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX notification_deliveries_leased ON notification_deliveries (lease_expires_at)
         WHERE lease_expires_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX notification_deliveries_leased`);
  }
}
