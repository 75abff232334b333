import { DatabaseExhausted } from './database-exhausted.js';
import { DatabaseUnavailable, isAway } from './database-unavailable.js';

/** What a server says to a connection that it does not take, by SQLSTATE. */
const REFUSALS: Readonly<Record<string, string>> = {
  '28P01': 'The database refuses the user or the password of DATABASE_URL.',
  '28000': 'The database takes no such connection; see its pg_hba.conf, and sslmode in DATABASE_URL.',
  '3D000': 'The database that DATABASE_URL names does not exist.',
  '25006': 'The database takes no writes; let DATABASE_URL lead to the primary, or wait until it is one again.',
  '53100': 'The disk of the database is full; make room there.',
  '53200': 'The database has no memory left; see what else its machine does, and its settings of memory.',
  '53300': 'The database takes no more connections; see its max_connections, and who holds them.',
};

/** How OpenSSL and Node name what is wrong with a certificate. */
const UNTRUSTED = /CERT|^UNABLE_TO_/;
const CERTIFICATE = 'The certificate of the database is not trusted; see sslmode and sslrootcert in DATABASE_URL.';

/** node-postgres gives it no code. */
const NO_TLS_WORDS = 'The server does not support SSL connections';
const NO_TLS = 'The database speaks no TLS; have it speak it, or change sslmode in DATABASE_URL.';

const AWAY = 'The database does not answer; check that it runs and that DATABASE_URL leads to it.';

/**
 * One sentence, with what to do, for whoever operates the database that cannot be used; it shows nothing of an address or a
 * statement. Undefined for an error that says something else.
 */
export function databaseWords(error: unknown): string | undefined {
  if (error instanceof DatabaseUnavailable || error instanceof DatabaseExhausted) return databaseWords(error.cause);
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const refusal = REFUSALS[code];
  if (refusal !== undefined) return refusal;
  if (UNTRUSTED.test(code)) return CERTIFICATE;
  if (error.message === NO_TLS_WORDS) return NO_TLS;
  return isAway(error) ? AWAY : undefined;
}
