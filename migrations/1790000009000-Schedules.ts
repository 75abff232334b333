import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Schedules per tenant. The row is the truth of when a run is started next; the transport only rings. `last_run_id` has
 * no foreign key, because retention takes runs away long before a schedule that fires once a year.
 */
export class Schedules1790000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE schedules (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
        kind text NOT NULL,
        payload jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
        cron text NOT NULL,
        time_zone text NOT NULL,
        enabled boolean NOT NULL,
        next_tick_at timestamptz NOT NULL,
        last_tick_at timestamptz,
        last_fired_at timestamptz,
        last_result text CHECK (last_result IN ('starting', 'started', 'already_running', 'refused')),
        last_code text,
        last_run_id bigint,
        created_by uuid REFERENCES users (id) ON DELETE SET NULL,
        created_by_name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT schedules_fired_whole CHECK (
          (last_tick_at IS NULL) = (last_fired_at IS NULL) AND (last_tick_at IS NULL) = (last_result IS NULL)
        ),
        CONSTRAINT schedules_refused_why CHECK ((last_code IS NOT NULL) = (last_result IS NOT DISTINCT FROM 'refused'))
      );
      CREATE INDEX schedules_page ON schedules (tenant_id, id DESC);
      CREATE INDEX schedules_due ON schedules (next_tick_at) WHERE enabled;
      CREATE INDEX schedules_interrupted ON schedules (last_fired_at) WHERE last_result = 'starting';
    `);
    await runner.query(`
      ALTER TABLE schedules ENABLE ROW LEVEL SECURITY;
      CREATE POLICY schedules_own_tenant ON schedules TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE schedules`);
  }
}
