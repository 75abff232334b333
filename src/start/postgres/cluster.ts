import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isPostgresOf, isRunning } from '../process-identity.js';
import { StartError, wordsOf } from '../start-error.js';
import type { Binaries } from './binaries.js';
import type { ServerAccount } from './server-account.js';

export const SUPERUSER = 'postgres';
const MAJOR_VERSION = '18';
const ORPHAN_PATIENCE_MS = 30_000;

/** What a server process is given of the environment: nothing that would lead it elsewhere. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Makes the data directory of a server when there is none. It is made beside its place and moved there, so that a kill
 * half way leaves nothing that looks finished.
 */
export async function ensureCluster(
  directory: string,
  binaries: Binaries,
  account: ServerAccount | undefined,
  superuserPassword: string,
): Promise<void> {
  const version = await readFile(path.join(directory, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version?.trim() === MAJOR_VERSION) return;
  if (version !== undefined) {
    throw new StartError(
      `The database in ${directory} is of PostgreSQL ${version.trim()}, this build brings ${MAJOR_VERSION}; set DATA_DIR to another directory.`,
    );
  }
  const draft = `${directory}.new`;
  const passwordFile = `${directory}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
  try {
    if (account !== undefined) {
      await chown(draft, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await promisify(execFile)(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8', // sorts the same on every machine
      ],
      { ...account, cwd: draft, env: serverEnvironment() },
    );
    await rename(draft, directory);
  } catch (error) {
    throw new StartError(`The embedded database could not be made in ${directory}: ${wordsOf(error).trim()}`, {
      cause: error,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** The account that owns the data directory, which is the only one PostgreSQL runs as; undefined: there is none yet. */
export async function ownerOf(directory: string): Promise<ServerAccount | undefined> {
  const info = await stat(directory).catch(() => undefined);
  return info === undefined ? undefined : { uid: info.uid, gid: info.gid };
}

/**
 * Ends a server that a killed start left running on `directory`, and clears a lock file that no server stands behind.
 * Answers whether a server was ended. Call it only while holding the data directory's lock.
 */
export async function clearLeftovers(directory: string): Promise<boolean> {
  const lockFile = path.join(directory, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const pid = Number(text.split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isPostgresOf(pid, directory)) {
    // Its number may meanwhile belong to another program, and then the server would refuse to start.
    await rm(lockFile, { force: true });
    return false;
  }
  process.kill(pid, 'SIGINT'); // fast shutdown
  for (const until = Date.now() + ORPHAN_PATIENCE_MS; isRunning(pid); await sleep(100)) {
    if (Date.now() > until) {
      throw new StartError(
        `A database left by an earlier start (process ${pid}) does not stop; end it and start again.`,
      );
    }
  }
  return true;
}
