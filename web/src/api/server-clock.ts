/** The header tells whole seconds, and the answer was under way: a smaller difference is none. */
const TOLERANCE_MS = 2_000;

let ahead = 0;

/**
 * Compares this machine's clock with the server's, by the `Date` header of an answer that just came. Times that the
 * server wrote are shown against the server's clock, so a clock that is minutes off makes no wait negative.
 */
export function noteServerTime(dateHeader: string | null): void {
  const told = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(told)) return;
  const measured = told + 500 - Date.now();
  if (Math.abs(measured - ahead) < TOLERANCE_MS) return;
  ahead = Math.abs(measured) < TOLERANCE_MS ? 0 : measured;
}

/** Milliseconds since 1970 on the server's clock. */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** A moment of this machine's clock, such as when an answer came, on the server's. */
export function onServerClock(local: number): number {
  return local + ahead;
}
