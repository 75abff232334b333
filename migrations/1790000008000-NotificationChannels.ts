import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Channels that are told when a run ends, with an outbox of what is still to be told, and an audit trail that says from
 * where and that loses nothing before its tenant.
 *
 * The URL of a webhook is sealed like its secret, because services put tokens into it; `url_shown` is its origin. A
 * delivery keeps no message: a completed run never changes, so that the message is made from it at each attempt.
 */
export class NotificationChannels1790000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notification_channels (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('webhook', 'email')),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        recipients text[],
        url_shown text,
        sealed_url bytea,
        sealed_secret bytea,
        sealed_previous_secret bytea,
        previous_secret_until timestamptz,
        outcomes text[] NOT NULL
          CHECK (cardinality(outcomes) >= 1
            AND outcomes <@ ARRAY['all', 'succeeded', 'partially_succeeded', 'failed', 'cancelled']),
        enabled boolean NOT NULL,
        created_by uuid REFERENCES users (id) ON DELETE SET NULL,
        created_by_name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        last_tested_at timestamptz,
        last_delivery_state text,
        last_delivery_code text,
        last_delivery_at timestamptz,
        CONSTRAINT notification_channels_tenant_key UNIQUE (tenant_id, id),
        CONSTRAINT notification_channels_target CHECK (CASE kind
          WHEN 'webhook' THEN recipients IS NULL
            AND url_shown IS NOT NULL AND sealed_url IS NOT NULL AND sealed_secret IS NOT NULL
          ELSE cardinality(recipients) BETWEEN 1 AND 20
            AND url_shown IS NULL AND sealed_url IS NULL AND sealed_secret IS NULL AND sealed_previous_secret IS NULL
          END),
        CONSTRAINT notification_channels_previous_secret
          CHECK ((sealed_previous_secret IS NULL) = (previous_secret_until IS NULL))
      );
      CREATE INDEX notification_channels_page ON notification_channels (tenant_id, created_at, id);
    `);
    await runner.query(`
      CREATE TABLE notification_deliveries (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        channel_id uuid NOT NULL,
        run_id bigint NOT NULL REFERENCES operation_runs (id) ON DELETE CASCADE,
        label text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'dead')),
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        lease_expires_at timestamptz,
        last_code text,
        last_status smallint,
        created_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        CONSTRAINT notification_deliveries_channel FOREIGN KEY (tenant_id, channel_id)
          REFERENCES notification_channels (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT notification_deliveries_once UNIQUE (channel_id, run_id),
        CONSTRAINT notification_deliveries_settled CHECK ((state IN ('delivered', 'dead')) = (settled_at IS NOT NULL))
      ) WITH (fillfactor = 80);
      CREATE INDEX notification_deliveries_due ON notification_deliveries (channel_id, next_attempt_at)
        WHERE state IN ('pending', 'failed');
      CREATE INDEX notification_deliveries_page
        ON notification_deliveries (tenant_id, channel_id, created_at DESC, id DESC);
      CREATE INDEX notification_deliveries_run ON notification_deliveries (run_id);
    `);
    for (const table of ['notification_channels', 'notification_deliveries']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY ${table}_own_tenant ON ${table} TO tenantatlas_tenant
          USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
      `);
    }
    // The trail goes with its tenant, whose removal removes all that names its people; nothing else takes an entry out.
    await runner.query(`
      ALTER TABLE audit_entries ADD COLUMN address inet, ADD COLUMN user_agent text;
      DROP INDEX audit_entries_page;
      CREATE INDEX audit_entries_page ON audit_entries (tenant_id, at DESC, id DESC);
      CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM tenants WHERE id = OLD.tenant_id) THEN
          RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
      END $$;
      CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION audit_entries_stay();
      CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_append_only();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audit_entries_no_truncate ON audit_entries;
      DROP TRIGGER audit_entries_stay ON audit_entries;
      DROP FUNCTION audit_entries_stay();
      DROP INDEX audit_entries_page;
      CREATE INDEX audit_entries_page ON audit_entries (tenant_id, id DESC);
      ALTER TABLE audit_entries DROP COLUMN user_agent, DROP COLUMN address;
      DROP TABLE notification_deliveries;
      DROP TABLE notification_channels;
    `);
  }
}
