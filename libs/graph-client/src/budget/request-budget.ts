import type { GraphBudget } from '../catalogue/policy-type.js';
import type { GraphLimits } from '../graph-limits.js';
import { type GraphClock, whileAlive } from '../time/graph-clock.js';
import { SlidingWindow } from './sliding-window.js';

/** What a call costs; each member of a $batch is a request of its own (`concepts/json-batching.md`). */
export interface RequestCost {
  /** Whose limits it counts against. */
  budget: GraphBudget;
  requests: number;
  writes: number;
  /** What the workload counts: requests, or the directory's resource units. */
  units: number;
}

/**
 * One tenant's share of one workload's limits. First come, first served, so that no caller starves.
 */
export class RequestBudget {
  private readonly requests: SlidingWindow;
  private readonly writes: SlidingWindow;
  private lastInLine: Promise<void> = Promise.resolve();
  private heldUntil = 0;

  constructor(
    limits: Pick<GraphLimits, 'requestsPerWindow' | 'writesPerWindow' | 'windowMs'>,
    private readonly clock: GraphClock,
  ) {
    this.requests = new SlidingWindow(limits.requestsPerWindow, limits.windowMs);
    this.writes = new SlidingWindow(limits.writesPerWindow, limits.windowMs);
  }

  /** Resolves when the call may go out; rejects with the signal's reason when that aborts first. */
  async acquire(cost: Pick<RequestCost, 'requests' | 'writes'>, signal?: AbortSignal): Promise<void> {
    const before = this.lastInLine;
    let leave = (): void => undefined;
    this.lastInLine = new Promise((resolve) => (leave = resolve));
    try {
      await whileAlive(before, signal);
      for (let wait = this.waitFor(cost); wait > 0; wait = this.waitFor(cost)) await this.clock.delay(wait, signal);
      const now = this.clock.now();
      this.requests.take(cost.requests, now);
      this.writes.take(cost.writes, now);
    } finally {
      // Who gives up while waiting must not let the next one past those still ahead.
      void before.then(leave);
    }
  }

  /**
   * Lets nothing out for `ms`. A throttled tenant refuses, and some workloads punish, every call made before its
   * Retry-After has passed, whichever call was told so.
   */
  hold(ms: number): void {
    this.heldUntil = Math.max(this.heldUntil, this.clock.now() + ms);
  }

  private waitFor(cost: Pick<RequestCost, 'requests' | 'writes'>): number {
    const now = this.clock.now();
    return Math.max(
      this.heldUntil - now,
      this.requests.waitFor(cost.requests, now),
      cost.writes > 0 ? this.writes.waitFor(cost.writes, now) : 0,
    );
  }
}
