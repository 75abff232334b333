import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A connection's credential may be a certificate, or stay in the environment; who set it is kept, and the verdict of its
 * last test. People may sign in with Microsoft Entra ID: which account is whose, and the tokens of a session, which go
 * when the session goes.
 */
export class GraphConnections1790000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE graph_connections
        ALTER COLUMN sealed_secret DROP NOT NULL,
        ADD COLUMN kind text NOT NULL DEFAULT 'secret' CHECK (kind IN ('secret', 'certificate')),
        ADD COLUMN environment_variable text CHECK (length(environment_variable) BETWEEN 1 AND 200),
        ADD COLUMN certificate_thumbprint text CHECK (certificate_thumbprint ~ '^[0-9A-F]{40}$'),
        ADD COLUMN certificate_expires_at timestamptz,
        ADD COLUMN set_by uuid REFERENCES users (id) ON DELETE SET NULL,
        ADD COLUMN set_by_name text NOT NULL DEFAULT 'System',
        ADD COLUMN revision integer NOT NULL DEFAULT 1,
        ADD COLUMN test_started_at timestamptz,
        ADD COLUMN verdict_code text,
        ADD COLUMN verdict_missing text[],
        ADD COLUMN verdict_aadsts text,
        ADD COLUMN verdict_request_id text,
        ADD COLUMN verdict_at timestamptz,
        ADD CONSTRAINT graph_connections_one_place CHECK (num_nonnulls(sealed_secret, environment_variable) = 1),
        ADD CONSTRAINT graph_connections_certificate CHECK (
          (certificate_thumbprint IS NULL) = (certificate_expires_at IS NULL)
          AND (kind = 'certificate' OR certificate_thumbprint IS NULL)),
        ADD CONSTRAINT graph_connections_verdict CHECK (
          (verdict_code IS NULL) = (verdict_at IS NULL) AND (verdict_code IS NULL) = (verdict_missing IS NULL))
    `);
    await runner.query(`
      CREATE TABLE user_identities (
        entra_tenant_id uuid NOT NULL,
        object_id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        linked_at timestamptz NOT NULL DEFAULT now(),
        last_sign_in_at timestamptz,
        PRIMARY KEY (entra_tenant_id, object_id)
      );
      CREATE INDEX user_identities_user ON user_identities (user_id);
      CREATE TABLE session_tokens (
        sid varchar PRIMARY KEY REFERENCES user_sessions (sid) ON UPDATE CASCADE ON DELETE CASCADE,
        entra_tenant_id uuid NOT NULL,
        sealed_tokens bytea NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      REVOKE ALL ON user_identities, session_tokens FROM tenantatlas_tenant;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE session_tokens;
      DROP TABLE user_identities;
      DELETE FROM graph_connections WHERE kind <> 'secret' OR sealed_secret IS NULL;
      ALTER TABLE graph_connections
        DROP CONSTRAINT graph_connections_verdict,
        DROP CONSTRAINT graph_connections_certificate,
        DROP CONSTRAINT graph_connections_one_place,
        DROP COLUMN kind,
        DROP COLUMN environment_variable,
        DROP COLUMN certificate_thumbprint,
        DROP COLUMN certificate_expires_at,
        DROP COLUMN set_by,
        DROP COLUMN set_by_name,
        DROP COLUMN revision,
        DROP COLUMN test_started_at,
        DROP COLUMN verdict_code,
        DROP COLUMN verdict_missing,
        DROP COLUMN verdict_aadsts,
        DROP COLUMN verdict_request_id,
        DROP COLUMN verdict_at,
        ALTER COLUMN sealed_secret SET NOT NULL
    `);
  }
}
