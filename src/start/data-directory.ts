import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { processIdentity } from './process-identity.js';
import { StartError, wordsOf } from './start-error.js';

interface Holder {
  pid: number;
  identity: string;
  token: string;
}

export interface DataDirectoryLock {
  /** Whether an earlier start was killed and left its lock, and perhaps its processes. */
  recovered: boolean;
  release(): Promise<void>;
}

/** Makes the data directory and takes it for this process alone. Throws {@link StartError} when another start has it. */
export async function lockDataDirectory(dataDir: string): Promise<DataDirectoryLock> {
  await makeFolder(dataDir).catch((error: unknown) => {
    throw new StartError(`The data directory ${dataDir} cannot be made: ${reasonOf(error)}; set DATA_DIR to another.`);
  });
  const file = path.join(dataDir, 'start.lock');
  const mine: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? '', token: randomUUID() };
  let recovered = false;
  while (!(await created(file, mine, dataDir))) {
    const holder = await readHolder(file);
    if (holder !== undefined && processIdentity(holder.pid) === holder.identity) {
      throw new StartError(
        `The data directory ${dataDir} is in use by another start (process ${holder.pid}); stop that one, or set DATA_DIR and PORT for a second copy.`,
      );
    }
    await rm(file, { force: true });
    recovered = true;
  }
  return {
    recovered,
    release: async () => {
      if ((await readHolder(file))?.token === mine.token) await rm(file, { force: true });
    },
  };
}

/** Node's own recursive `mkdir` never returns where the system says ENOENT below a folder that exists, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolder(above);
  try {
    // Only the owner may look inside; the database's account passes through and no more.
    await mkdir(folder, { mode: 0o711 });
  } catch (error) {
    if (!(await isFolder(folder))) throw error; // else another start made it at the same moment
  }
}

function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'a file of that name is in the way',
};

function reasonOf(error: unknown): string {
  return REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? wordsOf(error);
}

async function created(file: string, holder: Holder, dataDir: string): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new StartError(`The data directory ${dataDir} cannot be used: ${reasonOf(error)}; set DATA_DIR to another.`);
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined; // gone meanwhile, or cut off by a crash: nobody holds it
  }
}
