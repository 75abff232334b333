import type { DataSource } from 'typeorm';
import { Database, TenantDatabase, type SqlValue } from '../../src/platform/database/database.js';
import { PLAN_ONCE, type StatementOptions } from '../../src/platform/database/statement.js';
import type { TenantScope } from '../../src/platform/database/tenant-scope.js';
import type { TestDatabase } from './test-database.js';

/** A step of what `EXPLAIN (ANALYZE, FORMAT JSON)` answers, as far as tests ask. */
export interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  /** On average of its loops: more than one where an index does not begin with what is looked for. */
  'Index Searches'?: number;
  /** On average of its loops; so are the rows removed. */
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: Plan[];
}

/**
 * How PostgreSQL carries out what `work` sends, with the rights it is sent with and planned as its options have it: one
 * plan after the other, each with the steps below it. Of a text that is prepared without one plan for all parameters
 * these are both plans between which PostgreSQL chooses: that for the parameters at hand, and that for all.
 * @param answer what each statement answers
 */
export async function stepsOf(
  { dataSource }: Pick<TestDatabase, 'dataSource'>,
  work: (database: ExplainedDatabase) => Promise<unknown>,
  answer: readonly object[] = [],
): Promise<Plan[]> {
  const database = new ExplainedDatabase(dataSource, answer);
  await work(database);
  if (database.steps.length === 0) throw new Error('Nothing was asked.');
  return database.steps;
}

/** The steps that look at more rows than this. */
export function stepsBeyond(most: number, steps: readonly Plan[]): Plan[] {
  return steps.filter((step) => rowsLookedAt(step) > most).map(({ Plans: _below, ...step }) => step);
}

/** Keeps how its statements are carried out, and lets them answer what the test says. */
export class ExplainedDatabase extends Database {
  readonly asTenant = new TenantDatabase(this);
  readonly steps: Plan[] = [];

  constructor(
    dataSource: DataSource,
    private readonly answer: readonly object[],
  ) {
    super(dataSource);
  }

  override query<Row extends object>(
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<Row[]> {
    return this.explain((text, values) => super.query(text, values), sql, parameters, options);
  }

  override queryAsTenant<Row extends object>(
    scope: TenantScope,
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<Row[]> {
    return this.explain((text, values) => super.queryAsTenant(scope, text, values), sql, parameters, options);
  }

  override async write(
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<void> {
    await this.query(sql, parameters, options);
  }

  private async explain<Row extends object>(
    send: Send,
    sql: string,
    parameters: readonly SqlValue[],
    { prepared, generic }: StatementOptions,
  ): Promise<Row[]> {
    await this.transaction(async () => {
      const keep = async (): Promise<void> => {
        this.steps.push(...(await carriedOut(send, sql, parameters)));
      };
      if (generic) await super.query(PLAN_ONCE.sql);
      if (generic === true || prepared !== true) return keep();
      const [before] = await super.query<{ mode: string }>(`SELECT current_setting('plan_cache_mode') AS mode`);
      await super.query('SAVEPOINT explained');
      await keep();
      await super.query('ROLLBACK TO SAVEPOINT explained');
      await super.query(PLAN_MODE, ['force_generic_plan']);
      await keep();
      await super.query(PLAN_MODE, [before?.mode ?? 'auto']);
    });
    return [...this.answer] as Row[];
  }
}

const PLAN_MODE = `SELECT set_config('plan_cache_mode', $1, true)`;

type Send = (text: string, values?: readonly SqlValue[]) => Promise<object[]>;

/** A text that is prepared has a plan for its parameters the first time, unless the transaction has it planned once. */
async function carriedOut(send: Send, sql: string, parameters: readonly SqlValue[]): Promise<Plan[]> {
  await send(`PREPARE explained AS ${sql}`);
  const rows = await send(`EXPLAIN (ANALYZE, FORMAT JSON) ${executing('explained', parameters)}`);
  await send('DEALLOCATE explained');
  return nodesOf(explainedIn(rows));
}

/** What `EXPLAIN (FORMAT JSON)` answered. */
export function explainedIn(rows: readonly object[]): Plan {
  const [row] = rows as { 'QUERY PLAN': [{ Plan: Plan }] }[];
  if (!row) throw new Error('EXPLAIN answered no row.');
  return row['QUERY PLAN'][0].Plan;
}

/** The plan and all steps below it. */
export function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** How many rows a step passed on or dropped, in all of its loops. */
export function rowsLookedAt(node: Plan): number {
  const once = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Join Filter'] ?? 0);
  return once * node['Actual Loops'];
}

/** Runs a prepared text; such a command takes no parameters but those that are written in it. */
export function executing(name: string, parameters: readonly SqlValue[]): string {
  return parameters.length === 0 ? `EXECUTE "${name}"` : `EXECUTE "${name}" (${parameters.map(literal).join(', ')})`;
}

function literal(value: SqlValue): string {
  return value === null ? 'NULL' : `'${textOf(value).replaceAll("'", "''")}'`;
}

function textOf(value: NonNullable<SqlValue>): string {
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? `{${value.map(element).join(',')}}` : String(value);
}

function element(value: SqlValue): string {
  return value === null ? 'NULL' : JSON.stringify(textOf(value));
}
