import { DomainError } from '../errors/domain-error.js';

/**
 * SQLSTATE of a server that is not there for now: connection lost, too many of them, shutting down, starting up; one that
 * takes no writes, because it is a standby since a failover, or its disk is nearly full and its keeper has it read-only.
 */
const AWAY_STATE = /^(?:08|25006|53300|57P0[1-3])/;
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** node-postgres gives these no code. */
const AWAY_WORDS =
  /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a conn)/;

/** PostgreSQL cannot be reached for now; nothing is known of a statement that was under way. */
export class DatabaseUnavailable extends DomainError {
  constructor(cause: unknown) {
    super('database.unavailable', 'unavailable', 'The database cannot be reached. Try again in a minute.', {
      headers: { 'Retry-After': '30' },
    });
    this.cause = cause;
  }
}

/** Whether the error says nothing but that the database is away; it may come from a library that speaks `pg` itself. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return AWAY_CODES.has(code) || AWAY_STATE.test(code);
  return AWAY_WORDS.test(error.message);
}
