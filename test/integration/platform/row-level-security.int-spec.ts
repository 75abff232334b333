import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { Database, TenantDatabase } from '../../../src/platform/database/database.js';
import { migrateDown, migrateUp } from '../../../src/platform/database/migration-runner.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { transactionAwarePool } from '../../../src/platform/queue/transaction-pool.js';
import { aTenant, aUser, type TenantRow } from '../../support/builders.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/test-database.js';

/** It names the tenant, as the first lock wants it, and asks for every tenant's rows. */
const ALL_NAMES = 'SELECT name FROM backup_sets WHERE $1::uuid IS NOT NULL ORDER BY name';
const DENIED = { code: '42501' };

let server: TestDatabase;
let one: TenantRow;
let other: TenantRow;

async function aBackupSet(database: Database, tenant: TenantRow, name: string): Promise<void> {
  await database.query(`INSERT INTO backup_sets (tenant_id, name, created_by_name) VALUES ($1, $2, 'Spec')`, [
    tenant.id,
    name,
  ]);
}

function names(rows: { name: string }[]): string[] {
  return rows.map(({ name }) => name);
}

/** The same database through a pool of `connections`, which is closed after `work`. */
async function withPool<T>(
  connections: number,
  work: (database: Database, tenants: TenantDatabase) => Promise<T>,
): Promise<T> {
  const dataSource = await createDataSource(server.url, { poolSize: connections }).initialize();
  try {
    const database = new Database(dataSource);
    return await work(database, new TenantDatabase(database));
  } finally {
    await dataSource.destroy();
  }
}

beforeAll(async () => {
  server = await createTestDatabase();
  one = await aTenant(server.database);
  other = await aTenant(server.database);
  await aBackupSet(server.database, one, 'of one');
  await aBackupSet(server.database, other, 'of other');
  await aUser(server.database, { passwordHash: 'hash' });
});

afterAll(() => server.close());

describe('a statement of one tenant that goes around the first lock', () => {
  it("reads its own tenant's rows alone", async () => {
    expect(names(await server.tenantDatabase.query(one.scope, ALL_NAMES))).toEqual(['of one']);
    expect(names(await server.tenantDatabase.query(other.scope, ALL_NAMES))).toEqual(['of other']);
    expect(await server.tenantDatabase.query(one.scope, 'SELECT id FROM tenants WHERE $1::uuid IS NOT NULL')).toEqual([
      { id: one.id },
    ]);
  });

  it("writes none of another tenant's rows", async () => {
    const insert = `INSERT INTO backup_sets (tenant_id, name, created_by_name) SELECT $2::uuid, 'foreign', $1::text`;
    await expect(server.tenantDatabase.query(one.scope, insert, [other.id])).rejects.toMatchObject(DENIED);
    const move = 'UPDATE backup_sets SET tenant_id = $2 WHERE tenant_id = $1';
    await expect(server.tenantDatabase.query(one.scope, move, [other.id])).rejects.toMatchObject(DENIED);

    const rename = `UPDATE backup_sets SET name = name WHERE $1::uuid IS NOT NULL RETURNING name`;
    expect(names(await server.tenantDatabase.query(one.scope, rename))).toEqual(['of one']);
    const remove = 'DELETE FROM backup_sets WHERE $1::uuid IS NOT NULL AND tenant_id = $2 RETURNING name';
    expect(await server.tenantDatabase.query(one.scope, remove, [other.id])).toEqual([]);
    expect(names(await server.database.query('SELECT name FROM backup_sets ORDER BY name'))).toEqual([
      'of one',
      'of other',
    ]);
  });

  it.each(['users', 'user_sessions', 'api_tokens', 'sign_in_attempts', 'schema_migrations', 'bullmq.job'])(
    'is denied what has no tenant: %s',
    async (table) => {
      const sql = `SELECT count(*) FROM ${table} WHERE $1::uuid IS NOT NULL`;
      await expect(server.tenantDatabase.query(one.scope, sql)).rejects.toMatchObject(DENIED);
    },
  );

  it('is not run at all when its rights cannot be taken', async () => {
    const unsettable = grantTenantScope('\0');
    await expect(server.database.queryAsTenant(unsettable, 'SELECT 1 AS ran')).rejects.toMatchObject({ code: '22021' });
    await expect(server.database.queryAsTenant(unsettable, 'DELETE FROM backup_sets')).rejects.toThrow();
    expect(await server.database.query('SELECT 1 FROM backup_sets')).toHaveLength(2);
  });
});

describe("a connection that served a tenant's statement", () => {
  const RIGHTS = `SELECT pg_backend_pid() AS pid, current_user = session_user AS login,
    coalesce(current_setting('tenantatlas.tenant_id', true), '') AS tenant`;

  it('has the login role and no tenant again, after a failure too', async () => {
    await withPool(1, async (database, tenants) => {
      const [before] = await database.query(RIGHTS);
      const seen = await tenants.query(one.scope, `${RIGHTS}, current_user AS role FROM tenants WHERE id = $1`);
      expect(seen).toEqual([{ ...before, login: false, role: 'tenantatlas_tenant', tenant: one.id }]);
      expect(await database.query(RIGHTS)).toEqual([before]);
      await expect(tenants.query(one.scope, 'SELECT 1 / 0 WHERE $1::uuid IS NOT NULL')).rejects.toMatchObject({
        code: '22012',
      });
      expect(await database.query(RIGHTS)).toEqual([before]);
      expect(names(await database.query('SELECT name FROM backup_sets ORDER BY name'))).toEqual(['of one', 'of other']);
    });
  });

  it('keeps tenants apart under parallel use of few connections', async () => {
    await withPool(3, async (database, tenants) => {
      const kinds: (() => Promise<void>)[] = [
        async () => expect(names(await tenants.query(one.scope, ALL_NAMES))).toEqual(['of one']),
        async () => expect(names(await tenants.query(other.scope, ALL_NAMES))).toEqual(['of other']),
        async () => expect(await database.query('SELECT name FROM backup_sets')).toHaveLength(2),
        async () =>
          expect(tenants.query(one.scope, 'SELECT 1 / 0 WHERE $1::uuid IS NOT NULL')).rejects.toMatchObject({
            code: '22012',
          }),
        () =>
          database.transaction(async () => {
            expect(names(await tenants.query(other.scope, ALL_NAMES))).toEqual(['of other']);
            expect(await database.query('SELECT name FROM backup_sets')).toHaveLength(2);
          }),
      ];
      const fifty = Array.from({ length: 10 }, () => kinds).flat();
      await Promise.all(fifty.map((kind) => kind()));
    });
  });
});

describe('one transaction', () => {
  it("gives each statement its own rights: tenants', the login role's and the queue's", async () => {
    const pool = new pg.Pool({ connectionString: server.url });
    const queue = transactionAwarePool(pool);
    const { database, tenantDatabase } = server;
    try {
      await database.transaction(async () => {
        expect(names(await tenantDatabase.query(one.scope, ALL_NAMES))).toEqual(['of one']);
        expect((await queue.query('SELECT 1 FROM bullmq.job')).rows).toEqual([]);
        expect(names(await tenantDatabase.query(other.scope, ALL_NAMES))).toEqual(['of other']);
        expect(await database.query('SELECT name FROM backup_sets')).toHaveLength(2);
        const [own, foreign, all] = await Promise.all([
          tenantDatabase.query<{ name: string }>(one.scope, ALL_NAMES),
          tenantDatabase.query<{ name: string }>(other.scope, ALL_NAMES),
          database.query('SELECT name FROM backup_sets'),
        ]);
        expect([names(own), names(foreign), all.length]).toEqual([['of one'], ['of other'], 2]);
      });
      expect(await database.query('SELECT name FROM backup_sets')).toHaveLength(2);
    } finally {
      await pool.end();
    }
  });

  it.each([
    ['a failed statement', async () => server.tenantDatabase.query(one.scope, 'SELECT 1 / 0 WHERE $1::uuid IS NULL')],
    ['another reason', async () => Promise.reject(new Error('given up'))],
  ])('goes on with the right rights after a savepoint was rolled back for %s', async (_reason, fail) => {
    const { database, tenantDatabase } = server;
    await database.transaction(async () => {
      await tenantDatabase.query(other.scope, ALL_NAMES);
      await database.query('SAVEPOINT attempt');
      await tenantDatabase.query(one.scope, ALL_NAMES);
      await expect(fail()).rejects.toThrow();
      await database.query('ROLLBACK TO SAVEPOINT attempt');
      expect(names(await tenantDatabase.query(one.scope, ALL_NAMES))).toEqual(['of one']);
      expect(await database.query('SELECT name FROM backup_sets')).toHaveLength(2);
    });
  });
});

describe('the schema', () => {
  it('holds every table with a tenant_id to its tenant', async () => {
    const rows = await server.database.query<{ name: string; condition: string | null }>(`
      SELECT c.relname AS name, CASE WHEN c.relrowsecurity THEN p.qual END AS condition
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
      LEFT JOIN pg_policies p ON p.schemaname = 'public' AND p.tablename = c.relname
        AND p.roles = '{tenantatlas_tenant}' AND p.cmd = 'ALL' AND p.permissive = 'PERMISSIVE'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`);
    expect(names(rows)).toContain('operation_runs');
    const condition = `(tenant_id = (current_setting('tenantatlas.tenant_id'::text))::uuid)`;
    expect(rows).toEqual(rows.map(({ name }) => ({ name, condition })));
  });

  it('opens nothing else to the tenant role: a later table without a tenant is closed by its migration', async () => {
    const rows = await server.database.query<{ name: string }>(`
      SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND NOT c.relrowsecurity
        AND (has_table_privilege('tenantatlas_tenant', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES')
          OR has_any_column_privilege('tenantatlas_tenant', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))`);
    expect(names(rows)).toEqual([]);
  });

  it('gives the tenant role nothing to get around the policies with', async () => {
    const [role] = await server.database.query(`
      SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns,
        EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS inherits
      FROM pg_roles r WHERE rolname = 'tenantatlas_tenant'`);
    expect(new Set(Object.values(role ?? {}))).toEqual(new Set([false]));
    expect(role).toHaveProperty('rolbypassrls');
  });
});

describe('the migration', () => {
  it('taken back in one database leaves the lock of another as it was', async () => {
    const empty = await createEmptyDatabase();
    try {
      await migrateUp(empty.url);
      for (let name = await migrateDown(empty.url); !name?.startsWith('RowLevelSecurity');) {
        name = await migrateDown(empty.url);
      }
      const [left] = await empty.database.query(`
        SELECT (SELECT count(*)::integer FROM pg_policies) AS policies,
          (SELECT count(*)::integer FROM pg_class WHERE relrowsecurity) AS locked,
          (SELECT count(*)::integer FROM pg_default_acl) AS defaults,
          has_table_privilege('tenantatlas_tenant', 'tenants', 'SELECT') AS granted`);
      expect(left).toEqual({ policies: 0, locked: 0, defaults: 0, granted: false });
    } finally {
      await empty.close();
    }
    expect(names(await server.tenantDatabase.query(one.scope, ALL_NAMES))).toEqual(['of one']);
  });
});
