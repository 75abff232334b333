import { execFileSync } from 'node:child_process';
import { StartError } from '../start-error.js';

/** The account a server process runs as; undefined: the one that runs this. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root hands it to the account `postgres`, which is made when the machine has
 * none; where that is not possible `nobody` serves.
 */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = accountNamed('postgres');
  if (existing !== undefined) return existing;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    // a machine without useradd, or with read-only accounts
  }
  const account = accountNamed('postgres') ?? accountNamed('nobody');
  if (account === undefined) {
    throw new StartError('PostgreSQL does not run as root and no other account was found; start as another user.');
  }
  return account;
}

function accountNamed(name: string): ServerAccount | undefined {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
