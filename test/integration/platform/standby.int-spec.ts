import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { DatabaseUnavailable } from '../../../src/platform/database/database-unavailable.js';
import { Database } from '../../../src/platform/database/database.js';
import { openQueuePool, type QueuePool } from '../../../src/platform/queue/queue-pool.js';
import { startPostgresServer, type PostgresServer } from '../../support/postgres-server.js';

// Real here: a PostgreSQL that comes back as a standby, as the name of a database leads to after a failover.

const INSERT = 'INSERT INTO notes (words) VALUES ($1)';

describe('a server that takes no writes', () => {
  let server: PostgresServer;
  let dataSource: DataSource;
  let database: Database;
  let queue: QueuePool;

  beforeAll(async () => {
    server = await startPostgresServer();
    dataSource = await createDataSource(server.url).initialize();
    database = new Database(dataSource);
    await database.query('CREATE TABLE notes (words text NOT NULL)');
    queue = openQueuePool(server.url);
  });
  afterAll(async () => {
    await queue?.end();
    await dataSource?.destroy();
    await server?.close();
  });

  it('is away for whoever writes, because its keeper has it read-only', async () => {
    const readOnly = database.transaction(async () => {
      await database.query('SET TRANSACTION READ ONLY');
      await database.query(INSERT, ['a']);
    });
    await expect(readOnly).rejects.toBeInstanceOf(DatabaseUnavailable);
  });

  it('is away as a standby, and its connections are not kept until it is promoted', async () => {
    await server.stop();
    await server.startAsStandby();
    await expect(database.query('SELECT 1')).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(queue.pool.query('SELECT 1')).rejects.toThrow('The database is a standby, which takes no writes.');
    expect(queue.pool.totalCount).toBe(0);

    const keeper = new pg.Client({ connectionString: server.url });
    await keeper.connect();
    await keeper.query('SELECT pg_promote()');
    await keeper.end();
    await database.query(INSERT, ['a']);
    await queue.pool.query(INSERT, ['a']);
  });
});
