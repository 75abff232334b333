import { AccessDenied } from '../errors/domain-error.js';

const LARGEST_BIGINT = 9_223_372_036_854_775_807n;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * An id of the URL or of a cursor, as the string that PostgreSQL takes for a bigint.
 * @throws AccessDenied for anything else: an id that cannot exist answers as one that is foreign.
 */
export function parseId(text: string): string {
  if (!isId(text)) throw new AccessDenied();
  return text;
}

/** Whether the text is a positive bigint, written as PostgreSQL writes it. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= LARGEST_BIGINT;
}

/** Whether the text is a uuid that PostgreSQL would take. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}
