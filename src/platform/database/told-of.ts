import { exhaustionOf } from './database-exhausted.js';
import { DatabaseUnavailable, isAway } from './database-unavailable.js';

/**
 * The error as callers are to see it: `DatabaseUnavailable` when the database was away, `DatabaseExhausted` when it had
 * nothing left to do it with, else as it is.
 */
export function toldOf(error: unknown): unknown {
  return isAway(error) ? new DatabaseUnavailable(error) : (exhaustionOf(error) ?? error);
}
