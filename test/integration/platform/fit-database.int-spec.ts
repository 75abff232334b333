import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { requireFitDatabase } from '../../../src/platform/database/fitness/fit-database.js';
import { requireFitServer } from '../../../src/platform/database/fitness/fit-server.js';
import { requireOwnConnection } from '../../../src/platform/database/fitness/fit-sessions.js';
import { migrateUp } from '../../../src/platform/database/migration-runner.js';
import { startPostgresServer, type PostgresServer } from '../../support/postgres-server.js';
import { PoolerThatDropsOptions } from '../../support/pooler-that-drops-options.js';

// Real here: PostgreSQL with the logins and databases that an administrator makes. Stand-ins: an old version, and poolers.

describe('what is asked of a database', () => {
  let server: PostgresServer;
  let admin: pg.Client;

  const urlOf = (login: string, database: string): string => {
    const url = new URL(server.url);
    url.username = login;
    url.password = login;
    url.pathname = `/${database}`;
    return url.href;
  };

  async function onDatabase(database: string, ...statements: string[]): Promise<void> {
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    const asAdmin = new pg.Client({ connectionString: url.href });
    await asAdmin.connect();
    try {
      for (const statement of statements) await asAdmin.query(statement);
    } finally {
      await asAdmin.end();
    }
  }

  beforeAll(async () => {
    server = await startPostgresServer();
    admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    for (const login of ['keeper', 'other', 'stranger']) {
      await admin.query(`CREATE ROLE ${login} LOGIN PASSWORD '${login}'`);
    }
    await admin.query('CREATE ROLE tenantatlas_tenant NOLOGIN');
    await admin.query('GRANT tenantatlas_tenant TO keeper WITH INHERIT FALSE, SET TRUE');
    await admin.query('CREATE DATABASE kept OWNER keeper');
    await migrateUp(urlOf('keeper', 'kept'));
  });
  afterAll(async () => {
    await admin?.end();
    await server?.close();
  });

  it('is met by the login that has migrated it, before and after', async () => {
    await admin.query('CREATE DATABASE empty OWNER keeper');
    await expect(requireFitDatabase(urlOf('keeper', 'empty'), 'migrate')).resolves.toBeUndefined();
    await expect(requireFitDatabase(urlOf('keeper', 'kept'), 'migrate')).resolves.toBeUndefined();
    await expect(requireFitDatabase(server.url)).resolves.toBeUndefined();
  });

  it('is not met by a login that may do everything, and is shown nothing', async () => {
    const everything = ['schema public, bullmq', 'all tables in schema public, bullmq'].map(
      (what) => `GRANT ALL ON ${what} TO other`,
    );
    await onDatabase('kept', ...everything, 'GRANT tenantatlas_tenant TO other WITH INHERIT FALSE, SET TRUE');
    await expect(requireFitDatabase(urlOf('other', 'kept'))).rejects.toThrow(
      'The database user other does not own the tables, and row-level security shows it none of their rows; use the user that ran the migrations.',
    );
  });

  it('names what a login lacks for migrations', async () => {
    await admin.query('CREATE DATABASE "of Ada"');
    await expect(migrateUp(urlOf('stranger', 'of%20Ada'))).rejects.toThrow(
      'The database user stranger may not make what migrations make; have an administrator run: GRANT CREATE ON DATABASE "of Ada" TO stranger; GRANT USAGE, CREATE ON SCHEMA public TO stranger;',
    );
  });

  it('names the right that the owner of restored tables lacks, and what the restoring has lost', async () => {
    await admin.query('CREATE DATABASE restored OWNER stranger');
    await onDatabase(
      'restored',
      'CREATE TABLE operation_runs (id bigint)',
      'ALTER TABLE operation_runs OWNER TO stranger',
      'ALTER TABLE operation_runs ENABLE ROW LEVEL SECURITY',
    );
    await expect(requireFitDatabase(urlOf('stranger', 'restored'))).rejects.toThrow(
      /^The database lacks what keeps tenants apart, .* run CREATE ROLE tenantatlas_tenant NOLOGIN; there, and restore it again\.$/,
    );
    await onDatabase('restored', 'CREATE POLICY own ON operation_runs TO tenantatlas_tenant USING (true)');
    await expect(requireFitDatabase(urlOf('stranger', 'restored'))).rejects.toThrow(
      /have an administrator run: GRANT tenantatlas_tenant TO stranger WITH INHERIT FALSE, SET TRUE;$/,
    );
  });

  it('names what is shut where the schema is open to nobody', async () => {
    await admin.query('CREATE DATABASE shut OWNER postgres');
    await onDatabase(
      'shut',
      'REVOKE ALL ON SCHEMA public FROM PUBLIC',
      'GRANT CREATE ON DATABASE shut TO keeper',
      'GRANT USAGE, CREATE ON SCHEMA public TO keeper',
    );
    await migrateUp(urlOf('keeper', 'shut'));
    await expect(requireFitDatabase(urlOf('keeper', 'shut'))).rejects.toThrow(
      /have an administrator run: GRANT USAGE ON SCHEMA public TO tenantatlas_tenant;$/,
    );
    await onDatabase('shut', 'GRANT USAGE ON SCHEMA public TO tenantatlas_tenant');
    await expect(requireFitDatabase(urlOf('keeper', 'shut'))).resolves.toBeUndefined();
  });

  it('is not met by an encoding that cannot keep every text', async () => {
    await admin.query(`CREATE DATABASE narrow OWNER keeper ENCODING 'LATIN1' TEMPLATE template0`);
    await expect(migrateUp(urlOf('keeper', 'narrow'))).rejects.toThrow(
      `The database of DATABASE_URL is encoded in LATIN1; make one with ENCODING 'UTF8' TEMPLATE template0.`,
    );
  });

  it('is not met by a locale whose letters are others', async () => {
    await admin.query(
      `CREATE DATABASE turkish OWNER keeper LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' ENCODING 'UTF8' TEMPLATE template0`,
    );
    await expect(migrateUp(urlOf('keeper', 'turkish'))).rejects.toThrow(
      `The locale of the database takes I and i for different letters; make one with LOCALE_PROVIDER builtin LOCALE 'C.UTF-8' TEMPLATE template0.`,
    );
  });

  it('is not met by an old server, whatever its version is called', async () => {
    const old = { query: () => Promise.resolve({ rows: [{ version: '15.20 (Debian 15.20-0+deb12u1)' }] }) };
    await expect(requireFitServer(old as unknown as pg.Client)).rejects.toThrow(
      'The server of DATABASE_URL is PostgreSQL 15.20; PostgreSQL 18 or newer is needed.',
    );
  });

  it('is not met through a pooler that drops settings', async () => {
    const pooler = await PoolerThatDropsOptions.before(server.url);
    try {
      await expect(requireFitDatabase(pooler.url)).rejects.toThrow(
        /^Settings do not reach PostgreSQL \(.*search_path\): a pooler such as PgBouncer stands in between, /,
      );
    } finally {
      await pooler.close();
    }
  });

  it('is not met through a pooler of transactions', async () => {
    const connections = [new pg.Client(server.url), new pg.Client(server.url)] as const;
    for (const connection of connections) await connection.connect();
    const [first, second] = connections;
    // The second session begins its transaction on what the first has let go of.
    let free = first;
    const session = { query: (sql: string) => free.query(sql) } as unknown as pg.Client;
    const other = {
      query: (sql: string) => {
        free = sql === 'ROLLBACK' ? first : second;
        return first.query(sql);
      },
    } as unknown as pg.Client;
    try {
      await expect(requireOwnConnection(session, other)).rejects.toThrow(
        /^Sessions move between connections of PostgreSQL: a pooler such as PgBouncer stands in between, /,
      );
    } finally {
      for (const connection of connections) await connection.end();
    }
  });
});
