import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { createTestDatabase } from '../support/test-database.js';

// Real here: the API process, whose log goes to somebody who is gone, as after `| head -1`.

const ROOT = path.resolve(import.meta.dirname, '../..');

it('an API serves on when nobody reads its log any more', async () => {
  const db = await createTestDatabase();
  const port = String(await freePort());
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: db.url,
      SESSION_SECRET: 's'.repeat(32),
      ENCRYPTION_KEY: 'ab'.repeat(32),
      PORT: port,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  try {
    child.stdout?.destroy();
    child.stderr?.destroy();
    const first = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    expect(first[0]).toBe('ready');
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(answer.status).toBe(200);
  } finally {
    child.kill('SIGKILL');
    await db.close();
  }
});
