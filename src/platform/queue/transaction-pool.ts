import type { Pool, QueryResult } from 'pg';
import type { SqlValue } from '../database/statement.js';
import { currentUnitOfWork } from '../database/unit-of-work.js';

/**
 * A pool for BullMQ whose statements join the transaction that is open around the caller, so that a run's row and its
 * job commit or roll back together. Outside a transaction it is the pool given. `search_path` of both must hold the
 * `bullmq` schema, which is open to the login role alone: a tenant's rights are put aside for them.
 */
export function transactionAwarePool(pool: Pool): Pool {
  return new Proxy(pool, {
    get(target, property): unknown {
      if (property === 'query') {
        return (sql: string, parameters: readonly SqlValue[] = []): Promise<QueryResult> => {
          const unit = currentUnitOfWork();
          return unit ? unit.query('login', { sql, parameters }) : target.query(sql, [...parameters]);
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
