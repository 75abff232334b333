const SECONDS = /^\d+(\.\d+)?$/;

/**
 * Milliseconds that a `Retry-After` asks for: whole seconds, decimal seconds (`0.249` in $batch replies,
 * microsoft-graph-docs#3877) or an HTTP date, which is never negative. Undefined when absent or not understood.
 */
export function retryAfterMs(value: unknown, now: number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? Math.ceil(value * 1000) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (SECONDS.test(text)) return Math.ceil(Number(text) * 1000);
  // Date.parse takes nearly anything with a number in it; an HTTP date begins with the day's name.
  const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
