import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { TenantScope } from './tenant-scope.js';

interface UnitOfWork {
  runner: QueryRunner;
  afterCommit: (() => Promise<void>)[];
}

const current = new AsyncLocalStorage<UnitOfWork>();

export type SqlValue = string | number | boolean | null | Date | Buffer | readonly SqlValue[];

/** The client of the transaction that is open around the caller, if any; the queue's enqueue joins it. */
export function currentQueryRunner(): QueryRunner | undefined {
  return current.getStore()?.runner;
}

/**
 * SQL without a tenant: for the platform, `tenancy` and the run engine only (an import rule keeps it there).
 * Domain modules use {@link TenantDatabase}.
 */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs one statement, in the transaction that is open around the caller if there is one. Answers its rows. */
  async query<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    const runner = currentQueryRunner();
    const result: unknown = runner
      ? await runner.query(sql, [...parameters])
      : await this.dataSource.query(sql, [...parameters]);
    return rowsOf<Row>(result);
  }

  /**
   * Runs `work` in one transaction; a call inside another joins the outer one. Commits when `work` resolves, rolls
   * back when it throws.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (current.getStore()) return work();
    const unit: UnitOfWork = { runner: this.dataSource.createQueryRunner(), afterCommit: [] };
    try {
      await unit.runner.startTransaction();
      let result: T;
      try {
        result = await current.run(unit, work);
        await unit.runner.commitTransaction();
      } catch (error) {
        await unit.runner.rollbackTransaction().catch(() => undefined); // the first error tells more than a lost connection
        throw error;
      }
      await unit.runner.release();
      for (const callback of unit.afterCommit) await callback();
      return result;
    } finally {
      if (!unit.runner.isReleased) await unit.runner.release();
    }
  }

  /** Calls `callback` once the open transaction has committed, at once when none is open, never after a rollback. */
  async afterCommit(callback: () => Promise<void>): Promise<void> {
    const unit = current.getStore();
    if (unit) unit.afterCommit.push(callback);
    else await callback();
  }

  /** Runs `work` outside the transaction that is open around the caller. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return current.exit(work);
  }
}

/** SQL of one tenant: `$1` is always the tenant's id, the caller's parameters begin at `$2`. */
@Injectable()
export class TenantDatabase {
  constructor(private readonly database: Database) {}

  /**
   * Runs one statement for one tenant. The statement must use `$1`, the tenant's id; one that does not is refused,
   * because it would read or write across tenants.
   */
  query<Row extends object>(scope: TenantScope, sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    if (!/\$1(?!\d)/.test(sql)) throw new Error('A tenant-scoped statement must use $1, the tenant.');
    return this.database.query<Row>(sql, [scope.tenantId, ...parameters]);
  }

  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }
}

/** TypeORM answers rows for SELECT and INSERT … RETURNING, but `[rows, count]` for UPDATE and DELETE. */
function rowsOf<Row extends object>(result: unknown): Row[] {
  if (!Array.isArray(result)) return [];
  const [first, second] = result as unknown[];
  if (result.length === 2 && Array.isArray(first) && typeof second === 'number') return first as Row[];
  return result as Row[];
}
