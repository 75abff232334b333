import type { Pool, QueryResult } from 'pg';
import { currentQueryRunner } from '../database/database.js';

interface PooledClient {
  query(text: string, values?: unknown[]): Promise<QueryResult>;
}

/**
 * A pool for BullMQ whose statements join the transaction that is open around the caller, so that a run's row and its
 * job commit or roll back together. Outside a transaction it is the pool given. `search_path` of both must hold the
 * `bullmq` schema.
 */
export function transactionAwarePool(pool: Pool): Pool {
  return new Proxy(pool, {
    get(target, property): unknown {
      if (property === 'query') {
        return async (text: string, values?: unknown[]): Promise<QueryResult> => {
          const runner = currentQueryRunner();
          if (!runner) return target.query(text, values);
          const client = (await runner.connect()) as PooledClient;
          return client.query(text, values);
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
