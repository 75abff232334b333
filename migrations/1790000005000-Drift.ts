import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Drift findings and which comparison of two sync runs showed them. Sync runs, policies and versions belong to the
 * inventory and are named by id without a foreign key, so that a finding outlives what retention takes away there.
 */
export class Drift1790000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE drift_findings (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('policy.added', 'policy.removed', 'policy.changed', 'policy.renamed',
          'policy.recreated', 'assignment.changed')),
        status text NOT NULL DEFAULT 'new'
          CHECK (status IN ('new', 'acknowledged', 'accepted', 'resolved', 'reopened')),
        severity text NOT NULL CHECK (severity IN ('low', 'medium', 'high')),
        subject_type text NOT NULL,
        subject_external_id text NOT NULL,
        subject_name text NOT NULL,
        policy_id bigint NOT NULL,
        before_version_id bigint,
        after_version_id bigint,
        scope_key text NOT NULL,
        baseline_run_id bigint NOT NULL,
        current_run_id bigint NOT NULL,
        last_seen_run_id bigint NOT NULL,
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
        evidence jsonb NOT NULL,
        actor text NOT NULL DEFAULT 'unknown',
        acknowledged_at timestamptz,
        acknowledged_by uuid REFERENCES users (id) ON DELETE SET NULL,
        acknowledged_by_name text,
        accepted_until timestamptz,
        accepted_reason text,
        resolved_at timestamptz,
        reopened_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT drift_findings_once UNIQUE (tenant_id, fingerprint)
      );
      CREATE INDEX drift_findings_page ON drift_findings (tenant_id, id DESC);
      CREATE INDEX drift_findings_status_page ON drift_findings (tenant_id, status, id DESC);

      CREATE TABLE drift_sightings (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        baseline_run_id bigint NOT NULL,
        current_run_id bigint NOT NULL,
        finding_id bigint NOT NULL REFERENCES drift_findings (id) ON DELETE CASCADE,
        PRIMARY KEY (tenant_id, baseline_run_id, current_run_id, finding_id)
      );
      CREATE INDEX drift_sightings_finding ON drift_sightings (finding_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE drift_sightings;
      DROP TABLE drift_findings;
    `);
  }
}
