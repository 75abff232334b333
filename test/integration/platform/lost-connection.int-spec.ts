import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { DatabaseUnavailable } from '../../../src/platform/database/database-unavailable.js';
import { Database } from '../../../src/platform/database/database.js';
import { ConnectionFaults } from '../../support/faulty-data-source.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database.js';

const INSERT = 'INSERT INTO notes (words) VALUES ($1)';

let server: TestDatabase;
let dataSource: Awaited<ReturnType<typeof openDataSource>>;
let database: Database;
let faults: ConnectionFaults;

function openDataSource() {
  return createDataSource(server.url, { applicationName: 'tenantatlas-test' }).initialize();
}

/** In one packet with its commit, as a run is written. */
function writeInTransaction(): Promise<void> {
  return database.transaction(() => database.write(INSERT, ['a'], { prepared: true }));
}

async function stored(): Promise<number> {
  const rows = await server.database.query('SELECT words FROM notes');
  return rows.length;
}

beforeAll(async () => {
  server = await createEmptyDatabase();
  await server.database.query('CREATE TABLE notes (words text NOT NULL)');
  dataSource = await openDataSource();
  database = new Database(dataSource);
  faults = new ConnectionFaults(dataSource, server.database);
});

beforeEach(() => server.database.query('TRUNCATE notes'));

afterAll(async () => {
  await dataSource.destroy();
  await server.close();
});

describe('a connection that the server ends', () => {
  it.each([
    ['before', 'a transaction', 0],
    ['after', 'a transaction', 1],
    ['before', 'a statement', 0],
    ['after', 'a statement', 1],
  ] as const)('%s it has done %s rejects it, and leaves %d rows', async (when, what, rows) => {
    faults.plan(when);
    const write = what === 'a statement' ? database.query(INSERT, ['a']) : writeInTransaction();
    await expect(write).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(await stored()).toBe(rows);
  });

  it('leaves nothing to roll back on it, whatever else is planned', async () => {
    faults.plan('before');
    faults.plan('before');
    await expect(writeInTransaction()).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(writeInTransaction()).rejects.toBeInstanceOf(DatabaseUnavailable);
    await writeInTransaction();
    expect(await stored()).toBe(1);
  });
});
