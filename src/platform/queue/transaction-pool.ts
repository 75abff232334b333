import type { Pool, QueryResult } from 'pg';
import { nameOf, type SqlValue } from '../database/statement.js';
import { currentUnitOfWork } from '../database/unit-of-work.js';

/**
 * A pool for BullMQ, which asks with few texts, again and again: those with parameters are prepared.
 */
export function preparingPool(pool: Pool): Pool {
  return withQuery(pool, (sql, parameters) =>
    parameters.length === 0 ? pool.query(sql) : pool.query({ name: nameOf(sql), text: sql, values: [...parameters] }),
  );
}

/**
 * A pool for BullMQ whose statements join the transaction that is open around the caller, so that a run's row and its
 * job commit or roll back together. Outside a transaction it is the pool given. `search_path` of both must hold the
 * `bullmq` schema, which is open to the login role alone: a tenant's rights are put aside for them.
 */
export function transactionAwarePool(pool: Pool): Pool {
  const outside = preparingPool(pool);
  return withQuery(pool, (sql, parameters) => {
    const unit = currentUnitOfWork();
    if (!unit) return outside.query(sql, [...parameters]);
    return unit.query('login', { sql, parameters, ...(parameters.length === 0 ? {} : { name: nameOf(sql) }) });
  });
}

/** The pool given, except for how it is asked. */
function withQuery(pool: Pool, query: (sql: string, parameters: readonly SqlValue[]) => Promise<QueryResult>): Pool {
  return new Proxy(pool, {
    get(target, property): unknown {
      if (property === 'query') return (sql: string, parameters: readonly SqlValue[] = []) => query(sql, parameters);
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
