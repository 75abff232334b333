import { setTimeout as wait } from 'node:timers/promises';

/** What several processes do drifts apart by up to this share of the pause. */
const JITTER = 0.2;

/** Does `work`, which never rejects, again and again, with about `pause` seconds before each time, until `signal`. */
export async function again(pause: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    const milliseconds = pause * 1_000 * (1 - JITTER + 2 * JITTER * Math.random());
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await work();
  }
}
