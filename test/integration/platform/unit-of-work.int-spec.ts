import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { Database } from '../../../src/platform/database/database.js';
import { currentUnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { gate } from '../operations/started-engine.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database.js';

// Real here: PostgreSQL and the pool, of one connection, so that a transaction that keeps it would stop everything.

const INSERT = 'INSERT INTO notes (id) VALUES ($1)';
const DUPLICATE = { code: '23505' };

describe('a transaction of one packet', () => {
  let server: TestDatabase;
  let dataSource: DataSource;
  let database: Database;

  beforeEach(async () => {
    server = await createEmptyDatabase();
    await server.database.query('CREATE TABLE notes (id integer PRIMARY KEY)');
    dataSource = await createDataSource(server.url, { poolSize: 1 }).initialize();
    database = new Database(dataSource);
  });

  afterEach(async () => {
    await dataSource.destroy();
    await server.close();
  });

  async function stored(): Promise<number[]> {
    return (await database.query<{ id: number }>('SELECT id FROM notes ORDER BY id')).map(({ id }) => id);
  }

  /** Puts statements off until the commit, and has the last of them end the transaction. */
  function insertTogether(ids: readonly number[]): Promise<void> {
    return database.transaction(async () => {
      for (const id of ids.slice(0, -1)) await database.write(INSERT, [id]);
      currentUnitOfWork()?.endWithNext();
      await database.query(INSERT, ids.slice(-1));
    });
  }

  it('writes all of it, with one transaction id', async () => {
    await insertTogether([1, 2, 3]);
    const rows = await database.query<{ transactions: number; rows: number }>(
      'SELECT count(DISTINCT xmin::text)::int AS transactions, count(*)::int AS rows FROM notes',
    );
    expect(rows).toEqual([{ transactions: 1, rows: 3 }]);
  });

  it('writes nothing of it when one statement is refused, and leaves the connection as it was', async () => {
    await insertTogether([2]);
    await expect(insertTogether([1, 2, 3])).rejects.toMatchObject(DUPLICATE);
    expect(await stored()).toEqual([2]);
    await insertTogether([1, 3]);
    expect(await stored()).toEqual([1, 2, 3]);
  });

  it('is not taken for committed by who swallows the refusal of its last statement', async () => {
    await insertTogether([1]);
    const swallowing = database.transaction(async () => {
      currentUnitOfWork()?.endWithNext();
      await database.query(INSERT, [1]).catch(() => undefined);
    });
    await expect(swallowing).rejects.toMatchObject(DUPLICATE);
  });

  it('keeps its connection until the packet is answered when its caller gives up before', async () => {
    const free = gate();
    const busy = database.transaction(async () => {
      await database.query('SELECT 1');
      await free.wait();
    });
    await free.reached;
    const givenUp = database.transaction(async () => {
      currentUnitOfWork()?.endWithNext();
      database.query(INSERT, [1]).catch(() => undefined);
      await new Promise((resolve) => setImmediate(resolve)); // it waits for the connection by now
      throw new Error('given up');
    });
    const told = expect(givenUp).rejects.toThrow('given up');
    await new Promise((resolve) => setImmediate(resolve));
    free.open();
    await Promise.all([busy, told]);
    expect(await stored()).toEqual([1]);
  });
});
