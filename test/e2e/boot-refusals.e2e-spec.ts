import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/test-database.js';

// Real here: the processes as an operator starts them, with what he sees of them. What they lack is told, once and briefly.

const ROOT = path.resolve(import.meta.dirname, '../..');

const NO_ADDRESS_OF_OURS = '192.0.2.1';

let migrated: TestDatabase;
let empty: TestDatabase;

beforeAll(async () => {
  migrated = await createTestDatabase();
  empty = await createEmptyDatabase();
});

afterAll(async () => {
  await migrated?.close();
  await empty?.close();
});

/** What a program says of errors, and its exit code; it must end by itself. */
function ended(script: string, env: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/src', script)], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH ?? '',
        LOG_LEVEL: 'error',
        DATABASE_URL: migrated.url,
        SESSION_SECRET: 's'.repeat(32),
        ENCRYPTION_KEY: 'ab'.repeat(32),
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, errors }));
  });
}

describe.each(['main.js', 'worker.js'])('%s says in one sentence, and ends,', (script) => {
  it('that settings are wrong', async () => {
    expect(await ended(script, { SESSION_SECRET: '', LOG_LEVEL: 'error', PORT: '0' })).toEqual({
      code: 1,
      errors: 'PORT must be a whole number from 1 to 65535.\nSESSION_SECRET is missing.\n',
    });
  });

  it('that nobody answers where the database should be', async () => {
    expect(await ended(script, { DATABASE_URL: 'postgres://u:hunter2@localhost:1/atlas' })).toEqual({
      code: 1,
      errors: 'The database does not answer; check that it runs and that DATABASE_URL leads to it.\n',
    });
  });

  it('that the database does not exist', async () => {
    const url = new URL(migrated.url);
    url.pathname = '/nowhere';
    expect(await ended(script, { DATABASE_URL: url.href })).toEqual({
      code: 1,
      errors: 'The database that DATABASE_URL names does not exist.\n',
    });
  });

  it('that the database is not ours', async () => {
    expect(await ended(script, { DATABASE_URL: empty.url })).toEqual({
      code: 1,
      errors: 'The database has none of our tables; run npm run migrate -- up, or see DATABASE_URL.\n',
    });
  });

  it('that another has its port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const setting = script === 'main.js' ? 'PORT' : 'WORKER_PORT';
    expect(await ended(script, { [setting]: String(port) })).toEqual({
      code: 1,
      errors: `Port ${port} of 127.0.0.1 is in use; stop what listens there, or set ${setting} to another.\n`,
    });
    await new Promise((resolve) => other.close(resolve));
  });

  it('that HOST is no address of the machine', async () => {
    expect(await ended(script, { HOST: NO_ADDRESS_OF_OURS, WORKER_PORT: '9464' })).toEqual({
      code: 1,
      errors: `HOST is ${NO_ADDRESS_OF_OURS}, which is no address of this machine; set it to one that is, or to 0.0.0.0 for all.\n`,
    });
  });
});
