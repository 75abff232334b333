import { DataSource, type MigrationInterface } from 'typeorm';
import { COLUMN_TYPES } from './column-types.js';
import { refuseStandby } from './refuse-standby.js';
import { sessionAt } from './session-settings.js';

export interface DataSourceOptions {
  /** Shown in `pg_stat_activity`, so that an operator knows whose connection it is. */
  applicationName?: string;
  /** The most connections that this process opens; 10 unless told. */
  poolSize?: number;
  /** A statement that takes longer fails; 30 s unless told, 0 for none. */
  statementTimeoutMs?: number;
  /** Migration classes; a process that does not migrate needs none. */
  migrations?: readonly (new () => MigrationInterface)[];
}

/**
 * A page's reads come eight at once, then for minutes none. To open their connections anew, and to prepare what they run,
 * took as long again as the reads themselves (measured).
 */
const IDLE_MS = 600_000;
/** Less than a statement may take: who waits for what a process that froze in its transaction has locked, outlives it. */
const IDLE_IN_TRANSACTION_MS = 20_000;

/**
 * The one way to PostgreSQL, not yet connected. There are no entities: SQL goes through `Database`. Identities and
 * `bigint` come as strings, `timestamptz` as `Date`. The search path reaches BullMQ's schema, so that enqueuing can join
 * an open transaction.
 */
export function createDataSource(url: string, options: DataSourceOptions = {}): DataSource {
  const { connectionString, options: sessionOptions } = sessionAt(url, { search_path: 'public,bullmq' });
  return new DataSource({
    type: 'postgres',
    url: connectionString,
    entities: [],
    migrations: [...(options.migrations ?? [])],
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    installExtensions: false,
    parseInt8: false,
    applicationName: options.applicationName ?? 'tenantatlas',
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: 5_000,
    extra: {
      options: sessionOptions,
      verify: refuseStandby,
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      idleTimeoutMillis: IDLE_MS,
      keepAlive: true,
      types: COLUMN_TYPES,
    },
  });
}
