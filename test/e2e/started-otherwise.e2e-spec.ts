import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { startProduct, type ProductProcess, type ProductStart } from '../support/product-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// Real here: the built API process and pages, started as no developer starts them.

describe('the API', () => {
  let db: TestDatabase;
  let api: ProductProcess | undefined;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterEach(() => api?.end('SIGKILL'));
  afterAll(() => db?.close());

  async function origin(how: ProductStart): Promise<string> {
    const port = String(await freePort());
    const secrets = { SESSION_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32) };
    api = startProduct('main.js', { DATABASE_URL: db.url, PORT: port, LOG_LEVEL: 'log', ...secrets }, how);
    await api.ready;
    return `http://127.0.0.1:${port}`;
  }

  it('serves its pages from wherever it is started', async () => {
    const answer = await fetch(`${await origin({ cwd: tmpdir() })}/`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<title>');
  });

  it('serves on when nobody reads its log any more', async () => {
    const answer = await fetch(`${await origin({ unread: true })}/health/live`);
    expect(answer.status).toBe(200);
  });
});
