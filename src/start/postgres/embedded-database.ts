import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readKept, writeKept } from '../kept-file.js';
import { ManagedProcess } from '../managed-process.js';
import { anyFreePort, isFree, LOOPBACK } from '../ports.js';
import type { Say } from '../say.js';
import { StartError } from '../start-error.js';
import { isReachable, postgresBinaries, REACHABLE_ROOT } from './binaries.js';
import { clearLeftovers, ensureCluster, ownerOf, serverEnvironment, SUPERUSER } from './cluster.js';
import { serverAccount } from './server-account.js';

/** The role and the database of the application; the role is no superuser, so row-level security holds for it. */
const APPLICATION = 'tenantatlas';

/** The role that the application's statements of one tenant run as; it may take that role, and make none. */
const TENANT_ROLE = 'tenantatlas_tenant';

/** What `postgres.json` of a data directory holds. */
export interface Kept {
  port: number;
  directory: string;
  superuserPassword: string;
  applicationPassword: string;
}

export interface EmbeddedDatabase {
  url: string;
  port: number;
}

/**
 * Starts the PostgreSQL of a data directory, making it the first time. The caller holds the directory's lock, and is
 * given the server through `own` before it is launched, so that it is stopped whatever happens next.
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  logFile: string,
  own: (server: ManagedProcess) => void,
  say: Say,
): Promise<EmbeddedDatabase> {
  const file = path.join(dataDir, 'postgres.json');
  const freshAccount = serverAccount();
  const kept = (await readKept(file, isKept)) ?? {
    port: await anyFreePort(),
    directory: await placeFor(dataDir, freshAccount),
    superuserPassword: randomBytes(24).toString('base64url'),
    applicationPassword: randomBytes(24).toString('base64url'),
  };
  const { directory } = kept;
  if (await clearLeftovers(directory)) say('Stopped a database that an earlier, killed start had left running.');
  if (!directory.startsWith(await realpath(dataDir))) {
    say(`The database is kept in ${directory}, because its account may not enter ${dataDir}.`);
  }
  const owner = await ownerOf(directory);
  const uid = process.getuid?.();
  if (owner !== undefined && uid !== undefined && uid !== 0 && owner.uid !== uid) {
    throw new StartError(
      `The database in ${directory} belongs to another account; start as that one, or set DATA_DIR.`,
    );
  }
  const account = owner !== undefined && uid === 0 && owner.uid !== 0 ? owner : freshAccount;
  const binaries = await postgresBinaries(account);
  await writeKept(file, kept); // before the cluster: without its password a cluster is lost
  await ensureCluster(directory, binaries, account, kept.superuserPassword);
  // After the cluster, which takes seconds to make: a port that was free before may be taken.
  const port = (await isFree(kept.port)) ? kept.port : await anyFreePort();
  const current: Kept = { ...kept, port };
  await writeKept(file, current);
  const server = new ManagedProcess(
    {
      name: 'the database',
      launch: () => launch(binaries.postgres, current, account, logFile),
      ready: (_child, signal) => untilConnected(current, signal),
      stopSignal: 'SIGINT',
      killSignal: 'SIGQUIT',
      stopPatienceMs: 30_000,
      echoesErrors: false,
      logFile,
    },
    say,
  );
  own(server);
  await server.start();
  await ensureApplication(current);
  return { url: urlOf(current), port };
}

/** The application's own way in. */
export function urlOf({ applicationPassword, port }: Kept): string {
  return `postgres://${APPLICATION}:${applicationPassword}@${LOOPBACK}:${port}/${APPLICATION}`;
}

/** Below the data directory, unless the server's account may not go there (a data directory in root's home). */
async function placeFor(dataDir: string, account: ReturnType<typeof serverAccount>): Promise<string> {
  const real = await realpath(dataDir);
  if (await isReachable(real, account)) return path.join(real, 'postgres');
  await mkdir(REACHABLE_ROOT, { recursive: true, mode: 0o755 });
  const id = createHash('sha256').update(real).update(randomBytes(16)).digest('hex').slice(0, 16);
  return path.join(REACHABLE_ROOT, `postgres-${id}`);
}

function launch(
  postgres: string,
  { directory, port }: Kept,
  account: ReturnType<typeof serverAccount>,
  logFile: string,
): ChildProcess {
  const settings = {
    port: String(port),
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    max_connections: '100',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(postgres, ['-D', directory, ...flags], {
      ...account,
      cwd: directory,
      env: serverEnvironment(),
      detached: true, // Ctrl-C goes to this process alone, which stops the database last
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

async function untilConnected(kept: Kept, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await asSuperuser(kept, (client) => client.query('select 1'));
      return;
    } catch (error) {
      // 28P01: up, and the password is wrong. Everything else is a server that is still coming up.
      if ((error as { code?: string }).code === '28P01') {
        throw new StartError('The embedded database does not know its kept password; begin with another DATA_DIR.');
      }
      await sleep(50, undefined, { signal });
    }
  }
}

async function ensureApplication(kept: Kept): Promise<void> {
  await asSuperuser(kept, async (client) => {
    const password = client.escapeLiteral(kept.applicationPassword);
    const { rowCount: role } = await client.query('select 1 from pg_roles where rolname = $1', [APPLICATION]);
    if (!role) await client.query(`create role ${APPLICATION} login password ${password}`);
    const { rowCount: tenantRole } = await client.query('select 1 from pg_roles where rolname = $1', [TENANT_ROLE]);
    if (!tenantRole) await client.query(`create role ${TENANT_ROLE} nologin`);
    await client.query(`grant ${TENANT_ROLE} to ${APPLICATION} with inherit false, set true`);
    const { rowCount: database } = await client.query('select 1 from pg_database where datname = $1', [APPLICATION]);
    if (!database) await client.query(`create database ${APPLICATION} owner ${APPLICATION}`);
  });
}

async function asSuperuser<T>(kept: Kept, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    host: LOOPBACK,
    port: kept.port,
    user: SUPERUSER,
    password: kept.superuserPassword,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined); // the statement under way fails too, and that one tells
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function isKept(value: unknown): value is Kept {
  const kept = (value ?? {}) as Partial<Kept>;
  const texts = [kept.directory, kept.superuserPassword, kept.applicationPassword];
  return typeof kept.port === 'number' && texts.every((text) => typeof text === 'string');
}
