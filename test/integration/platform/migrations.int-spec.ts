import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrateDown, migrateUp, migrationStates } from '../../../src/platform/database/migration-runner.js';
import { loadMigrations } from '../../../src/platform/database/migrations.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database.js';

describe('the migrations', () => {
  let empty: TestDatabase;

  beforeAll(async () => {
    empty = await createEmptyDatabase();
  });

  afterAll(() => empty.close());

  it('go up, all the way down, and up again to the same schema', async () => {
    const names = (await loadMigrations()).map(({ name }) => name);
    expect(await migrateUp(empty.url)).toEqual(names);
    const first = await schemaOf(empty);
    expect(first).not.toEqual([]);

    const takenBack: string[] = [];
    for (let name = await migrateDown(empty.url); name !== undefined; name = await migrateDown(empty.url)) {
      takenBack.push(name);
    }
    expect(takenBack).toEqual([...names].reverse());
    expect(await schemaOf(empty)).toEqual([]);

    await migrateUp(empty.url);
    expect(await schemaOf(empty)).toEqual(first);
  });

  it('change nothing the second time, also when two processes start at once', async () => {
    expect(await Promise.all([migrateUp(empty.url), migrateUp(empty.url)])).toEqual([[], []]);
    expect((await migrationStates(empty.url)).every(({ applied }) => applied)).toBe(true);
  });
});

/** Every column, constraint, index, trigger, function, policy and type of ours, one line each, in a fixed order. */
async function schemaOf({ database }: TestDatabase): Promise<string[]> {
  const rows = await database.query<{ line: string }>(`
    with ours as (
      select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relname not like 'schema_migrations%'
        and not exists (select 1 from pg_index i where i.indexrelid = c.oid and i.indrelid = 'schema_migrations'::regclass)
    )
    select format('column %s.%s %s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
                  attidentity, pg_get_expr(adbin, adrelid)) as line
      from ours join pg_attribute a on a.attrelid = ours.oid and attnum > 0 and not attisdropped
      left join pg_attrdef d on d.adrelid = ours.oid and d.adnum = attnum where relkind in ('r', 'p', 'v', 'm')
    union all select format('table %s %s %s %s', relname, relkind, relrowsecurity, relforcerowsecurity) from ours
    union all select format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(c.oid))
      from ours join pg_constraint c on c.conrelid = ours.oid
    union all select format('index %s', pg_get_indexdef(ours.oid)) from ours where relkind = 'i'
    union all select format('trigger %s', pg_get_triggerdef(t.oid))
      from ours join pg_trigger t on t.tgrelid = ours.oid and not tgisinternal
    union all select format('policy %s.%s %s %s', tablename, policyname, qual, with_check)
      from pg_policies where schemaname = 'public'
    union all select format('function %s', pg_get_functiondef(p.oid))
      from pg_proc p where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select format('type %s %s', typname, typtype)
      from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
    union all select format('comment %s %s', relname, description)
      from ours join pg_description d on d.objoid = ours.oid
    order by 1`);
  return rows.map(({ line }) => line);
}
