import { runMigrations as migrateQueueSchema } from 'bullmq';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { requireFitDatabase } from './fitness/fit-database.js';
import { loadMigrations } from './migrations.js';
import { sessionAt } from './session-settings.js';

/** Any constant will do, as long as every process that migrates this database takes the same lock. */
const MIGRATION_LOCK = 7_301_844_021;

export const QUEUE_SCHEMA = 'bullmq';

/**
 * Brings the schema up to date: BullMQ's own, then ours. Processes that start together wait for each other. Answers the
 * names of the migrations that ran.
 */
export function migrateUp(url: string): Promise<string[]> {
  return locked(url, async (client, dataSource) => {
    await migrateQueueSchema(client, QUEUE_SCHEMA);
    return (await dataSource.runMigrations()).map((migration) => migration.name);
  });
}

/** Takes back the newest migration; answers its name, or undefined when there was none to take back. */
export function migrateDown(url: string): Promise<string | undefined> {
  return locked(url, async (_client, dataSource) => {
    const before = await appliedNames(dataSource);
    if (before.length === 0) return undefined;
    await dataSource.undoLastMigration();
    return before.at(-1);
  });
}

export interface MigrationState {
  name: string;
  applied: boolean;
}

/** Every migration of this build, oldest first, and whether the database has it. Changes nothing. */
export async function migrationStates(url: string): Promise<MigrationState[]> {
  const migrations = await loadMigrations();
  const dataSource = await createDataSource(url, { migrations, poolSize: 1 }).initialize();
  try {
    const applied = new Set(await appliedNames(dataSource));
    return migrations.map(({ name }) => ({ name, applied: applied.has(name) }));
  } finally {
    await dataSource.destroy();
  }
}

async function locked<T>(url: string, work: (client: pg.Client, dataSource: DataSource) => Promise<T>): Promise<T> {
  await requireFitDatabase(url, 'migrate');
  const client = new pg.Client({ ...sessionAt(url), application_name: 'tenantatlas-migrate' });
  // A lost connection also fails the statement that is under way, and that is where it is reported.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrations = await loadMigrations();
    const dataSource = await createDataSource(url, {
      migrations,
      poolSize: 2,
      statementTimeoutMs: 0,
      applicationName: 'tenantatlas-migrate',
    }).initialize();
    try {
      return await work(client, dataSource);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await client.end(); // ends the session, and the lock with it
  }
}

async function appliedNames(dataSource: DataSource): Promise<string[]> {
  const [table] = await dataSource.query<{ name: string | null }[]>(`select to_regclass('schema_migrations') as name`);
  if (table?.name == null) return [];
  const rows = await dataSource.query<{ name: string }[]>('select name from schema_migrations order by id');
  return rows.map((row) => row.name);
}
