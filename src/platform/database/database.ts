import { Injectable } from '@nestjs/common';
import type { ClientBase, QueryResult } from 'pg';
import { DataSource } from 'typeorm';
import { send } from './send.js';
import { nameOf, takingOf, type Rights, type SqlValue, type Statement, type StatementOptions } from './statement.js';
import type { TenantScope } from './tenant-scope.js';
import { toldOf } from './told-of.js';
import { currentUnitOfWork, outsideUnitOfWork, UnitOfWork } from './unit-of-work.js';

export type { SqlValue } from './statement.js';

/**
 * SQL without a tenant: for the platform, `tenancy` and the run engine only (an import rule keeps it there).
 * Domain modules use {@link TenantDatabase}.
 */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs one statement, in the transaction that is open around the caller if there is one. Answers its rows.
   * @throws DatabaseUnavailable when PostgreSQL cannot be reached, DatabaseExhausted when its disk is full or the like; so do
   * the other calls
   */
  query<Row extends object>(
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<Row[]> {
    return this.run<Row>('login', statementOf(sql, parameters, options));
  }

  /**
   * Runs one statement whose rows nobody needs. In a transaction it goes with the next statement or with the commit, in
   * one round trip with it: when it is refused, that one rejects, and all of the transaction is undone.
   */
  async write(sql: string, parameters: readonly SqlValue[] = [], options: StatementOptions = {}): Promise<void> {
    const unit = currentUnitOfWork();
    if (unit) unit.write('login', statementOf(sql, parameters, options));
    else await this.query(sql, parameters, options);
  }

  /**
   * As {@link write} in a transaction, for who needs the rows once it has committed: answers how to read them then.
   */
  writeReturning<Row extends object>(
    sql: string,
    parameters: readonly SqlValue[],
    options: StatementOptions = {},
  ): () => Row[] {
    const unit = currentUnitOfWork();
    if (!unit) throw new Error('Only a transaction can put off a statement.');
    const result = unit.write('login', statementOf(sql, parameters, options));
    return () => result().rows as Row[];
  }

  /**
   * Runs one statement as the role that row-level security holds to one tenant: it neither sees nor writes another
   * tenant's rows, whatever its SQL says. Joins the transaction that is open around the caller, too.
   */
  queryAsTenant<Row extends object>(
    scope: TenantScope,
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<Row[]> {
    return this.run<Row>(scope, statementOf(sql, parameters, options));
  }

  /**
   * Runs `work` in one transaction; a call inside another joins the outer one. Commits when `work` resolves, rolls
   * back when it throws.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (currentUnitOfWork()) return work();
    const unit = new UnitOfWork(this.dataSource.createQueryRunner());
    const result = await this.commit(unit, work);
    for (const callback of unit.afterCommit) await callback();
    return result;
  }

  /** Calls `callback` once the open transaction has committed, at once when none is open, never after a rollback. */
  afterCommit(callback: () => Promise<void>): Promise<void> {
    const unit = currentUnitOfWork();
    if (!unit) return callback();
    unit.afterCommit.push(callback);
    return Promise.resolve();
  }

  /** Runs `work` outside the transaction that is open around the caller. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return outsideUnitOfWork(work);
  }

  private async commit<T>(unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
    try {
      const result = await unit.around(work);
      await unit.commit();
      return result;
    } catch (error) {
      await unit.rollback().catch(() => undefined); // the first error tells more than a lost connection
      throw toldOf(error);
    } finally {
      await unit.runner.release();
    }
  }

  private async run<Row extends object>(rights: Rights, statement: Statement): Promise<Row[]> {
    const unit = currentUnitOfWork();
    try {
      const { rows } = unit ? await unit.query<Row>(rights, statement) : await this.autocommit<Row>(rights, statement);
      return rows;
    } catch (error) {
      throw toldOf(error);
    }
  }

  private async autocommit<Row extends object>(rights: Rights, statement: Statement): Promise<QueryResult<Row>> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as ClientBase;
      const results = await send(client, rights === 'login' ? [statement] : [takingOf(rights), statement]);
      return results.at(-1) as QueryResult<Row>;
    } finally {
      await runner.release();
    }
  }
}

function statementOf(sql: string, parameters: readonly SqlValue[], { prepared, generic }: StatementOptions): Statement {
  return { sql, parameters, generic, ...(prepared === true ? { name: nameOf(sql) } : {}) };
}

/** SQL of one tenant: `$1` is always the tenant's id, the caller's parameters begin at `$2`. */
@Injectable()
export class TenantDatabase {
  constructor(private readonly database: Database) {}

  /**
   * Runs one statement for one tenant. The statement must use `$1`, the tenant's id; one that does not is refused,
   * because it would read or write across tenants. Row-level security is the second lock behind this one.
   */
  query<Row extends object>(
    scope: TenantScope,
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<Row[]> {
    if (!/\$1(?!\d)/.test(sql)) throw new Error('A tenant-scoped statement must use $1, the tenant.');
    return this.database.queryAsTenant<Row>(scope, sql, [scope.tenantId, ...parameters], options);
  }

  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }
}
