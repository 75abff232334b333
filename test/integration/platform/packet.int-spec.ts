import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { Database } from '../../../src/platform/database/database.js';
import { send } from '../../../src/platform/database/send.js';
import { nameOf, type Statement } from '../../../src/platform/database/statement.js';
import { currentUnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database.js';

const INSERT = 'INSERT INTO notes (id, words) VALUES ($1, $2)';
const READ = 'SELECT words FROM notes WHERE id = $1';
const DUPLICATE = { code: '23505' };

let server: TestDatabase;

function prepared(sql: string, parameters: Statement['parameters'] = []): Statement {
  return { sql, parameters, name: nameOf(sql) };
}

async function stored(): Promise<string[]> {
  const rows = await server.database.query<{ words: string }>('SELECT words FROM notes ORDER BY id');
  return rows.map(({ words }) => words);
}

beforeAll(async () => {
  server = await createEmptyDatabase();
  await server.database.query('CREATE TABLE notes (id integer PRIMARY KEY, words text NOT NULL)');
});

beforeEach(() => server.database.query('TRUNCATE notes'));

afterAll(() => server.close());

describe('statements sent in one packet', () => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
  });
  afterAll(() => client.end());

  it('answers the result of each, in order, whether it is prepared or not', async () => {
    for (const one of [prepared, (sql: string, parameters: Statement['parameters']) => ({ sql, parameters })]) {
      await client.query('TRUNCATE notes');
      const results = await send(client, [
        one(INSERT, [1, 'a']),
        one(READ, [1]),
        one(READ, [2]),
        one(INSERT, [3, 'b']),
      ]);
      expect(results.map(({ command, rows }) => [command, rows])).toEqual([
        ['INSERT', []],
        ['SELECT', [{ words: 'a' }]],
        ['SELECT', []],
        ['INSERT', []],
      ]);
    }
  });

  it('undoes all of it when one is refused', async () => {
    const refused = send(client, [prepared(INSERT, [1, 'a']), prepared(INSERT, [1, 'b']), prepared(INSERT, [2, 'c'])]);
    await expect(refused).rejects.toMatchObject(DUPLICATE);
    expect(await stored()).toEqual([]);
  });

  it('uses the same texts again after a packet was refused before, at or behind them', async () => {
    const fails = prepared('SELECT 1 / $1::integer', [0]);
    const first = prepared('SELECT $1::integer AS one', [1]);
    const behind = prepared('SELECT $1::integer AS two', [2]);
    for (const packet of [[first, fails, behind], [fails], [fails, first]]) {
      await expect(send(client, packet)).rejects.toMatchObject({ code: '22012' });
      expect((await send(client, [first, behind])).map(({ rows }): unknown => rows[0])).toEqual([
        { one: 1 },
        { two: 2 },
      ]);
      expect((await send(client, [behind]))[0]?.rows).toEqual([{ two: 2 }]);
    }
    await expect(send(client, [prepared('SELECT nothing FROM nowhere'), first])).rejects.toMatchObject({
      code: '42P01',
    });
    expect((await send(client, [first]))[0]?.rows).toEqual([{ one: 1 }]);
  });

  it('takes the same text more than once in a packet', async () => {
    const read = (id: number): Statement => prepared('SELECT $1::integer AS id', [id]);
    const answers = async (): Promise<unknown[]> => {
      const results = await send(client, [read(1), prepared('SELECT 0 AS zero'), read(2), read(3)]);
      return results.map(({ rows }): unknown => rows[0]);
    };
    const expected = [{ id: 1 }, { zero: 0 }, { id: 2 }, { id: 3 }];
    expect(await answers()).toEqual(expected);
    expect(await answers()).toEqual(expected);
  });

  it('answers an empty text with nothing, and what stands around it', async () => {
    const results = await send(client, [prepared('SELECT 1 AS one'), { sql: '', parameters: [] }, prepared(READ, [1])]);
    expect(results.map(({ command, rowCount, rows }) => [command, rowCount, rows])).toEqual([
      ['SELECT', 1, [{ one: 1 }]],
      ['', null, []],
      ['SELECT', 0, []],
    ]);
  });

  it('counts the rows of each', async () => {
    const results = await send(client, [
      { sql: 'BEGIN', parameters: [] },
      prepared(INSERT, [1, 'a']),
      prepared('UPDATE notes SET words = $1', ['b']),
      { sql: 'DELETE FROM notes', parameters: [] },
      { sql: 'COMMIT', parameters: [] },
    ]);
    expect(results.map(({ command, rowCount }) => [command, rowCount])).toEqual([
      ['BEGIN', null],
      ['INSERT', 1],
      ['UPDATE', 1],
      ['DELETE', 1],
      ['COMMIT', null],
    ]);
  });

  it('writes and reads values as the driver does', async () => {
    const at = new Date('2026-11-22T21:22:23.456Z');
    const values: Statement['parameters'] = [
      at,
      Buffer.from([0, 255]),
      ['a "b"', null, '\\'],
      [
        [1, 2],
        [3, 4],
      ],
      true,
      null,
      1.5,
    ];
    const sql = `SELECT $1::timestamptz AS at, $2::bytea AS bytes, $3::text[] AS texts, $4::integer[] AS numbers,
      $5::boolean AS truth, $6::text AS nothing, $7::double precision AS number, '{"a": [1]}'::jsonb AS json`;
    const { rows } = await client.query<object>(sql, [...values]);
    for (const statement of [prepared(sql, values), prepared(sql, values), { sql, parameters: values }]) {
      const results = await send(client, [prepared('SELECT 0 AS zero'), statement]);
      expect(results[1]?.rows).toEqual(rows);
    }
    expect(rows).toMatchObject([{ at, nothing: null, numbers: values[3] }]);
  });

  it('rejects where a value cannot be read, and goes on with the next packet', async () => {
    const unreadable = new pg.Client({
      connectionString: server.url,
      types: {
        getTypeParser: () => (text: unknown) => {
          if (text === '13') throw new RangeError('thirteen');
          return text;
        },
      },
    });
    await unreadable.connect();
    const numbers = prepared('SELECT generate_series(12, $1::integer) AS n', [14]);
    await expect(send(unreadable, [numbers, prepared('SELECT 1 AS one')])).rejects.toThrow('thirteen');
    const [answer] = await send(unreadable, [prepared('SELECT generate_series(12, $1::integer) AS n', [12])]);
    expect(answer?.rows).toEqual([{ n: '12' }]);
    await unreadable.end();
  });

  it('rejects when the connection ends under it, and after', async () => {
    const ended = new pg.Client({ connectionString: server.url });
    ended.on('error', () => undefined);
    await ended.connect();
    const [me] = (await send(ended, [prepared('SELECT pg_backend_pid() AS pid')])) as [pg.QueryResult<{ pid: number }>];
    const waiting = [send(ended, [prepared('SELECT pg_sleep(60)')]), send(ended, [prepared('SELECT 1 AS one')])];
    const refused = waiting.map((one) => expect(one).rejects.toThrow());
    await client.query('SELECT pg_terminate_backend($1)', [me.rows[0]?.pid]);
    await Promise.all(refused);
    await expect(send(ended, [prepared('SELECT 1 AS one')])).rejects.toThrow();
  });

  it('is told the columns of a prepared text once, and reads every later answer by them', async () => {
    let told = 0;
    const count = (): void => void (told += 1);
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter };
    connection.on('rowDescription', count);
    const packet = (id: number): Statement[] => [
      prepared(INSERT, [id, `words of ${id}`]),
      prepared(`${READ} AND words <> $2`, [id, '']),
      prepared(`${READ} AND words = $2`, [id, '']),
      prepared('SELECT'),
      prepared('SELECT words, id FROM notes WHERE id = $1', [id]),
    ];
    for (const id of [1, 2, 3]) {
      const results = await send(client, packet(id));
      expect(results.map(({ rows, fields }) => [rows, fields.map(({ name }) => name)])).toEqual([
        [[], []],
        [[{ words: `words of ${id}` }], ['words']],
        [[], ['words']],
        [[{}], []],
        [[{ words: `words of ${id}`, id }], ['words', 'id']],
      ]);
    }
    connection.off('rowDescription', count);
    expect(told).toBe(4);
  });

  it('prepares a text anew after its columns have become others, instead of reading them by the old', async () => {
    await client.query('CREATE TABLE changing (value integer)');
    await client.query('INSERT INTO changing VALUES (7)');
    const read = prepared('SELECT value FROM changing');
    expect((await send(client, [read]))[0]?.rows).toEqual([{ value: 7 }]);
    await client.query(`ALTER TABLE changing ALTER COLUMN value TYPE text USING value::text || ' of 9'`);
    await expect(send(client, [prepared('SELECT 1 AS one'), read])).rejects.toMatchObject({ code: '0A000' });
    expect((await send(client, [read]))[0]?.rows).toEqual([{ value: '7 of 9' }]);
  });

  it('prepares a text anew after somebody has thrown it away', async () => {
    const read = prepared('SELECT 5 AS five');
    await send(client, [read]);
    await client.query('DEALLOCATE ALL');
    await expect(send(client, [read, prepared(READ, [1])])).rejects.toMatchObject({ code: '26000' });
    const results = await send(client, [read, prepared(READ, [1])]);
    expect(results.map(({ rows }): unknown => rows)).toEqual([[{ five: 5 }], []]);
  });

  it('lets the last of columns with one name win, as the driver does', async () => {
    const sql = 'SELECT 5 AS id, NULL::integer AS id';
    const results = await send(client, [prepared(sql), prepared('SELECT 0 AS zero')]);
    expect(results[0]?.rows).toEqual((await client.query(sql)).rows);
  });

  it('refuses to copy, and goes on', async () => {
    for (const sql of ['COPY notes FROM STDIN', 'COPY notes FROM STDIN (FORMAT binary)']) {
      const refused = send(client, [prepared(INSERT, [1, 'a']), { sql, parameters: [] }]);
      await expect(refused).rejects.toThrow('nothing to copy from');
      expect(await stored()).toEqual([]);
    }
    await client.query(`INSERT INTO notes VALUES (1, 'a')`);
    const results = await send(client, [{ sql: 'COPY notes TO STDOUT', parameters: [] }, prepared(READ, [1])]);
    expect(results.map(({ command, rows }) => [command, rows])).toEqual([
      ['COPY', []],
      ['SELECT', [{ words: 'a' }]],
    ]);
  });

  it('plans once for all parameters where that is wished', async () => {
    const plans = 'SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = $1';
    const generic = { ...prepared('SELECT $1::integer AS once', [1]), generic: true };
    await send(client, [generic]);
    await send(client, [generic]);
    expect((await client.query(plans, [generic.name])).rows).toEqual([{ generic_plans: '2', custom_plans: '0' }]);
    expect((await client.query('SHOW plan_cache_mode')).rows).toEqual([{ plan_cache_mode: 'auto' }]);
  });
});

describe('a transaction', () => {
  it('writes what nobody waits for before the next statement, and before the commit', async () => {
    const { database } = server;
    await database.transaction(async () => {
      await database.write(INSERT, [1, 'a'], { prepared: true });
      expect(await database.query(READ, [1])).toEqual([{ words: 'a' }]);
      await database.write(INSERT, [2, 'b']);
    });
    expect(await stored()).toEqual(['a', 'b']);
  });

  it('answers rows that nobody waited for when it has committed, and not before they were sent', async () => {
    const { database } = server;
    const words = await database.transaction(() => {
      const read = database.writeReturning<{ words: string }>(`${INSERT} RETURNING words`, [1, 'a']);
      expect(read).toThrow('has not been run');
      return Promise.resolve(read);
    });
    expect(words()).toEqual([{ words: 'a' }]);
    expect(await stored()).toEqual(['a']);
    expect(() => database.writeReturning(INSERT, [2, 'b'])).toThrow('Only a transaction');
  });

  it('is undone when what nobody waited for is refused, and rejects with the reason', async () => {
    const { database } = server;
    const refused = database.transaction(async () => {
      await database.query(INSERT, [1, 'a']);
      await database.write(INSERT, [1, 'b']);
    });
    await expect(refused).rejects.toMatchObject(DUPLICATE);
    const before = database.transaction(async () => {
      await database.write(INSERT, [1, null]);
      await database.query(INSERT, [2, 'b']);
    });
    await expect(before).rejects.toMatchObject({ code: '23502' });
    expect(await stored()).toEqual([]);
  });

  it('writes at once outside of a transaction', async () => {
    await server.database.write(INSERT, [1, 'a']);
    await expect(server.database.write(INSERT, [1, 'b'])).rejects.toMatchObject(DUPLICATE);
    expect(await stored()).toEqual(['a']);
  });

  it('commits with the statement that is said to be the last, and takes none behind it', async () => {
    const { database } = server;
    let seen: string[] = [];
    const tooLate = database.transaction(async () => {
      await database.write(INSERT, [1, 'a']);
      currentUnitOfWork()?.endWithNext();
      expect(await database.query(`${INSERT} RETURNING words`, [2, 'b'])).toEqual([{ words: 'b' }]);
      seen = await database.outside(stored);
      await database.query(INSERT, [3, 'c']);
    });
    await expect(tooLate).rejects.toThrow('This transaction was ended');
    expect(seen).toEqual(['a', 'b']);
    expect(await stored()).toEqual(['a', 'b']);
  });

  it('commits nothing when its last statement is refused', async () => {
    const { database } = server;
    const refused = database.transaction(async () => {
      await database.write(INSERT, [1, 'a']);
      currentUnitOfWork()?.endWithNext();
      await database.query(INSERT, [1, 'b']);
    });
    await expect(refused).rejects.toMatchObject(DUPLICATE);
    expect(await stored()).toEqual([]);
  });

  it('leaves a connection behind that works, however it ended', async () => {
    const dataSource = await createDataSource(server.url, { poolSize: 1 }).initialize();
    try {
      const database = new Database(dataSource);
      for (const id of [1, 1, 2, 2]) {
        await database
          .transaction(async () => {
            currentUnitOfWork()?.endWithNext();
            await database.query(INSERT, [id, 'a'], { prepared: true });
          })
          .catch(() => undefined);
      }
      expect(await database.query('SELECT count(*)::integer AS notes FROM notes')).toEqual([{ notes: 2 }]);
    } finally {
      await dataSource.destroy();
    }
  });
});
