import type { SimulatorClock } from '../clock/simulator-clock.js';
import type { DemoAdmin } from './demo-admin.js';

const MOST_MS = 10_000;
const LEAST_MS = 5;

/** Has the admin look for due edits, a few times in each interval. Answers how to stop it; it keeps no process alive. */
export function lookNowAndThen(admin: DemoAdmin, intervalMs: number, clock: SimulatorClock): () => void {
  const pause = Math.min(MOST_MS, Math.max(LEAST_MS, intervalMs / 10));
  const timer = setInterval(() => admin.look(clock.now()), pause).unref();
  return () => clearInterval(timer);
}
