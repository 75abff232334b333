import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDataDirectory } from './data-directory.js';
import { readKept, writeKept } from './kept-file.js';
import { processIdentity } from './process-identity.js';
import { keptSecrets } from './secrets.js';

let directory: string;

beforeEach(async () => {
  directory = path.join(await mkdtemp(path.join(tmpdir(), 'data-directory-')), 'data');
});

afterEach(() => rm(path.dirname(directory), { recursive: true, force: true }));

describe('lockDataDirectory', () => {
  it('is for one start at a time, and free again afterwards', async () => {
    const lock = await lockDataDirectory(directory);
    expect(lock.recovered).toBe(false);
    await expect(lockDataDirectory(directory)).rejects.toThrow(
      new RegExp(`is in use by another start \\(process ${process.pid}\\)`),
    );
    await lock.release();
    await (await lockDataDirectory(directory)).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, identity: '1', token: 'a' }],
    ['a process whose number has another one now', { pid: process.pid, identity: 'earlier', token: 'a' }],
    ['a kill half way through the writing', undefined],
  ])('takes over what was left by %s', async (_, holder) => {
    await (await lockDataDirectory(directory)).release();
    await writeFile(path.join(directory, 'start.lock'), holder === undefined ? '{"pid":' : JSON.stringify(holder));
    const lock = await lockDataDirectory(directory);
    expect(lock.recovered).toBe(true);
    await lock.release();
  });

  it('says in a sentence why a directory cannot be made', async () => {
    await (await lockDataDirectory(directory)).release();
    const file = path.join(directory, 'a file');
    await writeFile(file, '');
    await expect(lockDataDirectory(file)).rejects.toThrow(
      /cannot be made: a file of that name is in the way; set DATA/,
    );
    await expect(lockDataDirectory(path.join(file, 'below'))).rejects.toThrow(/: a file of that name is in the way;/);
  });

  it('gives up where nothing can be made, though the folder above is there', async () => {
    await expect(lockDataDirectory('/proc/nowhere/data')).rejects.toThrow(/^The data directory .* cannot be made: /);
  });

  it('knows a process by when it began', () => {
    expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
    expect(processIdentity(2 ** 22 + 1)).toBeUndefined();
  });
});

describe('what is kept', () => {
  const file = (): string => path.join(directory, 'kept.json');
  const isList = (value: unknown): value is number[] => Array.isArray(value);

  beforeEach(async () => {
    await (await lockDataDirectory(directory)).release();
  });

  it('is for its owner alone', async () => {
    await writeKept(file(), [1]);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readKept(file(), isList)).toEqual([1]);
  });

  it('may be missing, but not damaged', async () => {
    expect(await readKept(file(), isList)).toBeUndefined();
    await writeFile(file(), '[1');
    await expect(readKept(file(), isList)).rejects.toThrow(/is damaged/);
  });

  it('gives the same secrets every time, and others to another directory', async () => {
    const secrets = await keptSecrets(directory);
    expect(await keptSecrets(directory)).toEqual(secrets);
    expect(Buffer.from(secrets.encryptionKey, 'base64')).toHaveLength(32);
    await rm(path.join(directory, 'secrets.json'));
    expect(await keptSecrets(directory)).not.toEqual(secrets);
  });
});
