import type { MigrationInterface, QueryRunner } from 'typeorm';

const WRITTEN = [
  'operation_runs',
  'operation_run_items',
  'operation_run_events',
  'operation_run_totals',
  'notifications',
  'inventory_sync_runs',
  'inventory_coverage',
  'inventory_policies',
  'inventory_policy_versions',
  'inventory_policy_periods',
  'drift_findings',
  'drift_sightings',
  'backup_sets',
  'backup_set_items',
] as const;

/** Appended to, and read. */
const APPENDED = ['audit_entries'] as const;

/** Written by tenancy alone, with the login role's rights. */
const READ = ['memberships', 'graph_connections'] as const;

const OWNED_BY_TENANT = [...WRITTEN, ...APPENDED, ...READ];

/**
 * The second lock between tenants: a role that statements of one tenant run as, and that sees that tenant's rows only.
 * The tables stay the login role's, which row-level security does not hold. What has no tenant (users, sessions, tokens)
 * is closed to the role. Without a tenant set, a policy's `current_setting` fails, and the statement with it.
 */
export class RowLevelSecurity1790000006500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Roles belong to the whole cluster, where another database may make or drop this one at the same moment; from the
    // grant on a table until this transaction ends, nobody can drop it.
    await runner.query(`
      DO $$
      BEGIN
        FOR attempt IN 1..50 LOOP
          BEGIN
            IF to_regrole('tenantatlas_tenant') IS NULL THEN
              CREATE ROLE tenantatlas_tenant NOLOGIN;
            END IF;
            IF NOT pg_has_role(current_user, 'tenantatlas_tenant', 'SET') THEN
              GRANT tenantatlas_tenant TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;
            END IF;
            GRANT SELECT ON tenants TO tenantatlas_tenant;
            RETURN;
          EXCEPTION
            WHEN duplicate_object OR unique_violation OR undefined_object THEN
              CONTINUE;
            WHEN insufficient_privilege THEN
              RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format(
                'The database user %1$I may not take the role that keeps tenants apart; have an administrator run: '
                '%2$sGRANT tenantatlas_tenant TO %1$I WITH INHERIT FALSE, SET TRUE;',
                current_user,
                CASE WHEN to_regrole('tenantatlas_tenant') IS NULL THEN 'CREATE ROLE tenantatlas_tenant NOLOGIN; ' END);
          END;
        END LOOP;
        RAISE EXCEPTION 'The role tenantatlas_tenant is made and dropped again and again; try later.';
      END $$`);
    await runner.query(`
      GRANT USAGE ON SCHEMA public TO tenantatlas_tenant;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${WRITTEN.join(', ')} TO tenantatlas_tenant;
      GRANT SELECT, INSERT ON ${APPENDED.join(', ')} TO tenantatlas_tenant;
      GRANT SELECT ON ${READ.join(', ')} TO tenantatlas_tenant;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tenantatlas_tenant;
    `);
    await runner.query(`
      ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenants_own_tenant ON tenants TO tenantatlas_tenant
        USING (id = current_setting('tenantatlas.tenant_id')::uuid);
    `);
    for (const table of OWNED_BY_TENANT) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY ${table}_own_tenant ON ${table} TO tenantatlas_tenant
          USING (tenant_id = current_setting('tenantatlas.tenant_id')::uuid);
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['tenants', ...OWNED_BY_TENANT]) {
      await runner.query(`
        DROP POLICY ${table}_own_tenant ON ${table};
        ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY;
        REVOKE ALL ON ${table} FROM tenantatlas_tenant;
      `);
    }
    await runner.query(`
      ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM tenantatlas_tenant;
      REVOKE USAGE ON SCHEMA public FROM tenantatlas_tenant;
    `);
    await runner.query(`
      DO $$
      BEGIN
        DROP ROLE tenantatlas_tenant;
      EXCEPTION
        WHEN dependent_objects_still_exist OR insufficient_privilege THEN
          NULL; -- another database of this cluster uses it, or an administrator made it
      END $$`);
  }
}
