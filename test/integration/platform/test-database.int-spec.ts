import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

describe('the test database', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  it('is migrated, for the queue too', async () => {
    const [row] = await first.database.query<{ ours: string | null; queue: string | null }>(
      `select to_regclass('public.schema_migrations')::text as ours, to_regclass('bullmq.job')::text as queue`,
    );
    expect(row?.ours).toBe('schema_migrations');
    expect(
      await first.database.query(`select 1 from information_schema.tables where table_schema = 'bullmq'`),
    ).not.toEqual([]);
  });

  it('is not shared', async () => {
    await first.database.query('create table only_here (id bigint)');
    const [row] = await second.database.query<{ name: string | null }>(`select to_regclass('only_here')::text as name`);
    expect(row?.name).toBeNull();
  });

  it('answers bigint as text and runs without superuser rights', async () => {
    const [row] = await first.database.query<{ big: string; super: boolean }>(
      `select 9007199254740993::bigint as big, rolsuper as super from pg_roles where rolname = current_user`,
    );
    expect(row).toEqual({ big: '9007199254740993', super: false });
  });
});
