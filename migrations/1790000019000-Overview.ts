import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the overview of a tenant is read by. Completed runs are counted per day, in UTC, by the same deltas as the totals: a
 * completion pays for one more column, and the day is folded where the total is. A delta without a day (the archive takes
 * a run off the totals, the doctor corrects them) belongs to no day. The indexes answer counts by themselves.
 */
export class Overview1790000019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE operation_run_days (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        day date NOT NULL,
        outcome text NOT NULL,
        runs bigint NOT NULL,
        PRIMARY KEY (tenant_id, day, outcome)
      ) WITH (fillfactor = 70);
      ALTER TABLE operation_run_days ENABLE ROW LEVEL SECURITY;
      CREATE POLICY operation_run_days_own_tenant ON operation_run_days TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
      INSERT INTO operation_run_days (tenant_id, day, outcome, runs)
        SELECT tenant_id, (completed_at AT TIME ZONE 'UTC')::date, outcome, count(*) FROM operation_runs
        WHERE status = 'completed' GROUP BY 1, 2, 3;
      ALTER TABLE operation_run_total_deltas ADD COLUMN day date;
      ALTER TABLE operation_run_total_deltas ALTER COLUMN day SET DEFAULT (now() AT TIME ZONE 'UTC')::date;
    `);
    await runner.query(`
      CREATE INDEX inventory_policies_known ON inventory_policies (tenant_id, first_seen_at, removed_at);
      CREATE INDEX drift_findings_open ON drift_findings (tenant_id, severity) WHERE status IN ('new', 'reopened');
      CREATE INDEX drift_findings_created ON drift_findings (tenant_id, created_at);
      CREATE INDEX drift_findings_acknowledged ON drift_findings (tenant_id, acknowledged_at)
        WHERE acknowledged_at IS NOT NULL;
      CREATE INDEX backup_set_items_incomplete ON backup_set_items (tenant_id, set_id) WHERE NOT complete;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX backup_set_items_incomplete;
      DROP INDEX drift_findings_acknowledged;
      DROP INDEX drift_findings_created;
      DROP INDEX drift_findings_open;
      DROP INDEX inventory_policies_known;
      ALTER TABLE operation_run_total_deltas DROP COLUMN day;
      DROP TABLE operation_run_days;
    `);
  }
}
