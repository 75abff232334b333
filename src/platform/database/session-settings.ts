/**
 * What our statements, and those who read their answers, rely on. A server, a database or a login role may have been told
 * otherwise: then instants come in texts that nobody reads, the run engine's statements fail for each other's sake, and
 * connections that only listen are ended.
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  default_transaction_isolation: 'read committed',
  standard_conforming_strings: 'on',
  row_security: 'on',
  statement_timeout: '0',
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
};

/** How a driver connects so that its sessions have the settings they need. */
export interface SessionAddress {
  connectionString: string;
  options: string;
}

/**
 * @param url `DATABASE_URL`; the `options` in it are kept where they are not against ours
 * @param settings what these sessions need beside what all rely on
 */
export function sessionAt(url: string, settings: Readonly<Record<string, string>> = {}): SessionAddress {
  const ours = Object.entries({ ...SESSION_SETTINGS, ...settings })
    .map(([name, value]) => `-c ${name}=${escaped(value)}`)
    .join(' ');
  if (!url.includes('?')) return { connectionString: url, options: ours };
  // The driver would take the address's options instead of ours; of the same setting PostgreSQL takes the last.
  const address = new URL(url);
  const given = address.searchParams.get('options');
  if (given === null) return { connectionString: url, options: ours };
  address.searchParams.delete('options');
  return { connectionString: address.href, options: `${given} ${ours}` };
}

/** PostgreSQL splits options at spaces. */
function escaped(value: string): string {
  return value.replace(/[\\\s]/g, '\\$&');
}
