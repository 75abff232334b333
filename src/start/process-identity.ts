import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * A text that tells one process from a later one with the same id: when it began. Undefined when no such process runs.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined;
  if (!existsSync('/proc/self/stat')) return ps(pid, 'lstart');
  try {
    // Field 22, the start time; the second field is the name in brackets and may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether `pid` runs a PostgreSQL server on `directory`. */
export function isPostgresOf(pid: number, directory: string): boolean {
  if (!isRunning(pid)) return false;
  try {
    // A server's working directory is its data directory.
    if (existsSync('/proc/self/stat')) return readlinkSync(`/proc/${pid}/cwd`) === directory;
  } catch {
    return false;
  }
  return ps(pid, 'command')?.includes(directory) ?? false;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
