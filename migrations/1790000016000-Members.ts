import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Open invitations to a tenant; one that is accepted or taken back leaves the table and stays in the audit trail. Also
 * what ending a person's other sessions and searching the audit trail look rows up by, and the values before and after
 * that an entry may carry.
 */
export class Members1790000016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE invitations (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
        role text NOT NULL CHECK (role IN ('Readonly', 'Operator', 'Manager', 'Owner')),
        token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        invited_by uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        invited_by_name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX invitations_email ON invitations (tenant_id, lower(email));
      CREATE INDEX invitations_by ON invitations (invited_by);
      ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
      CREATE POLICY invitations_own_tenant ON invitations TO tenantatlas_tenant
        USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
    `);
    await runner.query(`
      CREATE INDEX user_sessions_user_idx ON user_sessions ((sess #>> '{passport,user}'));
      ALTER TABLE audit_entries ADD COLUMN details jsonb CHECK (jsonb_typeof(details) = 'object');
      CREATE INDEX audit_entries_actor_page ON audit_entries (tenant_id, actor_id, at DESC, id DESC);
      CREATE INDEX audit_entries_action_page ON audit_entries (tenant_id, action, at DESC, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX audit_entries_action_page;
      DROP INDEX audit_entries_actor_page;
      ALTER TABLE audit_entries DROP COLUMN details;
      DROP INDEX user_sessions_user_idx;
      DROP TABLE invitations;
    `);
  }
}
