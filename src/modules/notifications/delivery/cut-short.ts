import type { Verdict, VerdictCode } from './verdict.js';

/**
 * Runs one attempt for at most `deadlineMs` and no longer than `signal` lets it. An attempt that is cut short answers at
 * once, `timeout` or `delivery.interrupted`, even when what it waits for cannot be aborted; its own signal tells it.
 */
export async function cutShort(
  deadlineMs: number,
  signal: AbortSignal,
  timeout: VerdictCode,
  attempt: (signal: AbortSignal) => Promise<Verdict>,
): Promise<Verdict> {
  const stop = new AbortController();
  const cut = new Promise<Verdict>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve({ delivered: false, code: stop.signal.reason as VerdictCode }));
  });
  const onAbort = (): void => stop.abort('delivery.interrupted' satisfies VerdictCode);
  const timer = setTimeout(() => stop.abort(timeout), deadlineMs);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([cut, attempt(stop.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    stop.abort(timeout);
  }
}
