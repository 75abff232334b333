import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a comparison last named a sync run; `infinity` once a finding names it. Findings stand for ever, and runs are
 * listed for days: what they link to is not to go before them.
 */
export class NamedSyncRuns1790000027000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE inventory_sync_runs ADD COLUMN named_at timestamptz;
      WITH named AS (
        SELECT f.tenant_id, n.id::text AS id, timestamptz 'infinity' AS at
        FROM drift_findings f CROSS JOIN LATERAL (VALUES (f.baseline_run_id), (f.current_run_id)) AS n (id)
        UNION ALL
        SELECT r.tenant_id, n.id, coalesce(r.completed_at, now())
        FROM operation_runs r
        CROSS JOIN LATERAL (VALUES (r.payload ->> 'baselineRunId'), (r.payload ->> 'currentRunId')) AS n (id)
        WHERE r.type = 'drift.generate'
      ), last AS (
        SELECT tenant_id, id, max(at) AS at FROM named GROUP BY tenant_id, id
      )
      UPDATE inventory_sync_runs s SET named_at = last.at FROM last WHERE s.tenant_id = last.tenant_id AND s.id::text = last.id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE inventory_sync_runs DROP COLUMN named_at`);
  }
}
