import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { Database } from '../../../src/platform/database/database.js';
import { openQueuePool } from '../../../src/platform/queue/queue-pool.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database.js';

// Real here: a database that was told what its operator likes, as `ALTER ROLE … SET` and a server's configuration do.

const TOLD = {
  datestyle: `'SQL, DMY'`,
  timezone: `'Asia/Kolkata'`,
  default_transaction_isolation: `'serializable'`,
  standard_conforming_strings: 'off',
  row_security: 'off',
  statement_timeout: '1234',
  lock_timeout: '1234',
  transaction_timeout: '1234',
  idle_session_timeout: '1234',
};

const RELIED_ON = {
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  default_transaction_isolation: 'read committed',
  standard_conforming_strings: 'on',
  row_security: 'on',
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
};

const SHOWN = `SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS n (name)`;

interface Shown {
  name: string;
  value: string;
}

function asObject(rows: readonly Shown[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

describe('a session in a database that was told otherwise', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createEmptyDatabase();
    const [row] = await db.database.query<{ name: string }>('SELECT current_database() AS name');
    for (const [name, value] of Object.entries(TOLD)) {
      await db.database.query(`ALTER DATABASE ${row?.name} SET ${name} = ${value}`);
    }
  });
  afterAll(() => db.close());

  async function onDataSource<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
    const dataSource = await createDataSource(url).initialize();
    try {
      return await work(new Database(dataSource));
    } finally {
      await dataSource.destroy();
    }
  }

  const shown = (url: string, names: string[]): Promise<Record<string, string>> =>
    onDataSource(url, async (database) => asObject(await database.query<Shown>(SHOWN, [names])));

  it('has what the statements rely on', async () => {
    expect(await shown(db.url, Object.keys(RELIED_ON))).toEqual(RELIED_ON);
    expect(await shown(db.url, ['search_path', 'statement_timeout'])).toEqual({
      search_path: 'public,bullmq',
      statement_timeout: '30s',
    });
  });

  it('reads an instant as the one that was written, also from its text', async () => {
    const at = new Date('2026-03-04T05:06:07.890Z');
    const [row] = await onDataSource(db.url, (database) =>
      database.query<{ at: Date; text: string }>('SELECT $1::timestamptz AS at, $1::timestamptz::text AS text', [at]),
    );
    expect(row).toEqual({ at, text: '2026-03-04 05:06:07.89+00' });
  });

  it('has them on the connections of the queue, too', async () => {
    const { pool, end } = openQueuePool(db.url);
    try {
      const names = [...Object.keys(RELIED_ON), 'search_path', 'enable_seqscan', 'statement_timeout'];
      const { rows } = await pool.query<Shown>(SHOWN, [names]);
      expect(asObject(rows)).toEqual({
        ...RELIED_ON,
        search_path: 'bullmq,public',
        enable_seqscan: 'off',
        statement_timeout: '0',
      });
    } finally {
      await end();
    }
  });

  it('keeps the options of its address beside them', async () => {
    const url = new URL(db.url);
    url.searchParams.set('options', '-c work_mem=8MB -c search_path=nowhere');
    url.searchParams.set('application_name', 'of the operator');
    expect(await shown(url.href, ['work_mem', 'search_path', 'TimeZone', 'application_name'])).toEqual({
      work_mem: '8MB',
      search_path: 'public,bullmq',
      TimeZone: 'UTC',
      application_name: 'of the operator',
    });
  });
});
