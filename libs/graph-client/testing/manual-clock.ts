import { type GraphClock, abortReason } from '../src/time/graph-clock.js';

/** A clock whose waits pass at once and are kept in `waits`. */
export class ManualClock implements GraphClock {
  readonly waits: number[] = [];

  constructor(public time = Date.UTC(2026, 10, 21, 12, 0, 0)) {}

  now(): number {
    return this.time;
  }

  async delay(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw abortReason(signal);
    this.waits.push(ms);
    this.time += ms;
    await Promise.resolve();
  }
}
