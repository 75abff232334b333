import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { poolOf } from '../../platform/http/postgres-pool.js';

/** Attempts that are allowed in a window of so many seconds. */
export interface AttemptLimit {
  attempts: number;
  windowSeconds: number;
}

/** Counts attempts in PostgreSQL, for all processes together. @param keyPrefix keeps its keys from other limiters' */
export function attemptLimiter(dataSource: DataSource, keyPrefix: string, limit: AttemptLimit): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: poolOf(dataSource),
    storeType: 'pool',
    tableName: 'sign_in_attempts',
    tableCreated: true,
    keyPrefix,
    points: limit.attempts,
    duration: limit.windowSeconds,
  });
}

/** Counts one attempt. @param refused makes the error for one too many, from the milliseconds to wait */
export async function countAttempt(
  limiter: RateLimiterPostgres,
  key: string,
  refused: (waitMs: number) => Error,
): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw refused(refusal.msBeforeNext);
    throw refusal;
  }
}
