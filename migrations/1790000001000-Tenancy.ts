import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants, their members and Graph connection, and what signing in needs: sessions, API tokens, counted attempts. */
export class Tenancy1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tenants (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        entra_tenant_id uuid NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        password_hash text,
        created_at timestamptz NOT NULL DEFAULT now(),
        disabled_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX users_email_key ON users (lower(email))`);
    await runner.query(`
      CREATE TABLE memberships (
        tenant_id uuid NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('Readonly', 'Operator', 'Manager', 'Owner')),
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, user_id)
      )`);
    await runner.query(`CREATE INDEX memberships_user_idx ON memberships (user_id, tenant_id)`);
    await runner.query(`
      CREATE TABLE graph_connections (
        tenant_id uuid PRIMARY KEY REFERENCES tenants(id) ON DELETE CASCADE,
        client_id text NOT NULL CHECK (length(client_id) BETWEEN 1 AND 200),
        sealed_secret bytea NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE api_tokens (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        last_used_at timestamptz
      )`);
    await runner.query(`CREATE INDEX api_tokens_user_idx ON api_tokens (user_id, id DESC)`);
    // The columns of the next two tables are those that connect-pg-simple and rate-limiter-flexible write, in order.
    await runner.query(`
      CREATE TABLE user_sessions (
        sid varchar PRIMARY KEY,
        sess json NOT NULL,
        expire timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX user_sessions_expire_idx ON user_sessions (expire)`);
    await runner.query(`
      CREATE TABLE sign_in_attempts (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'sign_in_attempts',
      'user_sessions',
      'api_tokens',
      'graph_connections',
      'memberships',
      'users',
      'tenants',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
