import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { Database, TenantDatabase } from '../../src/platform/database/database.js';
import { migrateUp } from '../../src/platform/database/migration-runner.js';
import { MIGRATIONS_DIR } from '../../src/platform/database/migrations.js';

/** Serialises the making of the template between Jest's workers. */
const TEMPLATE_LOCK = 7_301_844_022;

const PERMISSION_DENIED = '42501';

export interface TestDatabase {
  url: string;
  dataSource: DataSource;
  database: Database;
  tenantDatabase: TenantDatabase;
  close(): Promise<void>;
}

/** A migrated database of its own for one spec file, cloned from a template; `close()` drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(async (client) => {
    const template = await ensureTemplate(client);
    await client.query(`create database ${name} template ${template}`);
  });
  return open(name);
}

/** An empty database without any migration, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer((client) => client.query(`create database ${name}`));
  return open(name);
}

async function open(name: string): Promise<TestDatabase> {
  const url = urlOf(name);
  const dataSource = await createDataSource(url, { applicationName: 'tenantatlas-test' }).initialize();
  const database = new Database(dataSource);
  return {
    url,
    dataSource,
    database,
    tenantDatabase: new TenantDatabase(database),
    close: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await onServer((client) => drop(client, name));
    },
  };
}

/** An autovacuum worker that is just in the database belongs to a superuser, whom this login may not end: it ends soon. */
async function drop(client: pg.Client, name: string): Promise<void> {
  for (;;) {
    try {
      await client.query(`drop database if exists ${name} with (force)`);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== PERMISSION_DENIED) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The template is named by what it was made of, so that a server kept between runs never serves a stale one. */
async function ensureTemplate(client: pg.Client): Promise<string> {
  const name = `template_${await fingerprint()}`;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return name;
    const draft = `draft_${randomBytes(8).toString('hex')}`;
    await client.query(`create database ${draft}`);
    try {
      await migrateUp(urlOf(draft));
      await client.query(`alter database ${draft} rename to ${name}`);
    } catch (error) {
      await client.query(`drop database if exists ${draft} with (force)`);
      throw error;
    }
    return name;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(MIGRATIONS_DIR)).sort()) {
    hash.update(file).update(await readFile(path.join(MIGRATIONS_DIR, file)));
  }
  hash.update(await readFile(path.join(MIGRATIONS_DIR, '../node_modules/bullmq/package.json')));
  return hash.digest('hex').slice(0, 24);
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  client.on('error', () => undefined); // a lost connection fails the statement under way, and that one tells
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env.TENANTATLAS_TEST_SERVER;
  if (!url) throw new Error('There is no test server: this spec must be in the integration or the e2e project.');
  return url;
}
