import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { createTestDatabase } from '../support/test-database.js';

// Real here: the built API process and pages, started from a directory that is not the project's, as by a service manager.

const MAIN = path.resolve(import.meta.dirname, '../../dist/src/main.js');

it('an API serves its pages from wherever it is started', async () => {
  const db = await createTestDatabase();
  const port = String(await freePort());
  const child = spawn(process.execPath, [MAIN], {
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: db.url,
      SESSION_SECRET: 's'.repeat(32),
      ENCRYPTION_KEY: 'ab'.repeat(32),
      PORT: port,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const first = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    expect(first[0]).toBe('ready');
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<title>');
  } finally {
    child.kill('SIGKILL');
    await db.close();
  }
});
