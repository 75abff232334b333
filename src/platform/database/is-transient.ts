import { DatabaseExhausted } from './database-exhausted.js';
import { DatabaseUnavailable } from './database-unavailable.js';

/** SQLSTATE classes that say nothing against the statement: rolled back for others' sake, out of resources. */
const PASSING = /^(?:40|53)/;

/** Whether the same statement may well succeed later: the database was away or busy, not the statement wrong. */
export function isTransient(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable || error instanceof DatabaseExhausted) return true;
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && PASSING.test(code);
}
