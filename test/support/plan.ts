import type { DataSource } from 'typeorm';
import { Database, type SqlValue } from '../../src/platform/database/database.js';
import { PLAN_ONCE } from '../../src/platform/database/statement.js';
import type { TenantScope } from '../../src/platform/database/tenant-scope.js';

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

/** Carries each statement out and keeps how. */
export class ExplainedDatabase extends Database {
  readonly nodes: Plan[] = [];

  /** @param answer what each statement answers */
  constructor(
    dataSource: DataSource,
    private readonly answer: readonly object[] = [],
  ) {
    super(dataSource);
  }

  override async query<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.keep(await super.query<Explained>(explaining(sql), parameters));
  }

  override async queryAsTenant<Row extends object>(
    scope: TenantScope,
    sql: string,
    parameters: readonly SqlValue[] = [],
  ): Promise<Row[]> {
    return this.keep(await super.queryAsTenant<Explained>(scope, explaining(sql), parameters));
  }

  private keep<Row extends object>([row]: readonly Explained[]): Row[] {
    const plan = row?.['QUERY PLAN'][0]?.Plan;
    if (plan) this.nodes.push(...nodesOf(plan));
    return [...this.answer] as Row[];
  }
}

interface Explained {
  'QUERY PLAN': { Plan: Plan }[];
}

function explaining(sql: string): string {
  return `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`;
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

/**
 * Carries a statement out by the one plan that it has for all parameters, and answers how.
 * @param scope with whose rights; row-level security makes plans of its own
 */
export async function genericPlanOf(
  database: Database,
  sql: string,
  parameters: readonly SqlValue[],
  scope?: TenantScope,
): Promise<Plan> {
  const send = <Row extends object>(text: string): Promise<Row[]> =>
    scope ? database.queryAsTenant<Row>(scope, text) : database.query<Row>(text);
  const [row] = await database.transaction(async () => {
    await database.query(PLAN_ONCE.sql);
    await send(`PREPARE explained AS ${sql}`);
    const answer = await send<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained (${parameters.map(literal).join(', ')})`,
    );
    await database.query('DEALLOCATE explained');
    return answer;
  });
  if (!row) throw new Error('EXPLAIN answered no row.');
  return row['QUERY PLAN'][0].Plan;
}

/** As SQL writes it. */
export function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  const list = Array.isArray(value) ? `{${value.map(element).join(',')}}` : undefined;
  const text = list ?? (value instanceof Date ? value.toISOString() : String(value));
  return `'${text.replaceAll("'", "''")}'`;
}

function element(value: SqlValue): string {
  return value === null ? 'NULL' : JSON.stringify(String(value));
}
