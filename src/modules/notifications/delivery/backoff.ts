/** Attempts of one delivery before it is dead; with the waits of {@link backoffMs} they span about a day. */
export const MOST_ATTEMPTS = 9;

const FIRST_WAIT_MS = 25_000;
const FACTOR = 3;
/** A receiver may ask for a longer wait, but not for ever. */
const LONGEST_ASKED_MS = 6 * 3_600_000;
const JITTER = 0.1;

/**
 * How long to wait after a failed attempt: 25 s, then three times as long each time, 23 hours in all, and not at the
 * same moment for all that failed together.
 * @param attempts how many were made, 1 or more
 * @param askedMs the receiver's `Retry-After`; it lengthens the wait, never shortens it
 * @param random from 0 up to 1
 */
export function backoffMs(attempts: number, askedMs: number | undefined, random: number): number {
  const wait = FIRST_WAIT_MS * FACTOR ** (attempts - 1) * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(wait, Math.min(askedMs ?? 0, LONGEST_ASKED_MS)));
}

/**
 * `Retry-After` in milliseconds, from seconds or an HTTP date; undefined when it is neither.
 * @param now milliseconds since the epoch
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
