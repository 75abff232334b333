import type { GraphLimits } from '../graph-limits.js';
import type { GraphClock } from '../time/graph-clock.js';
import type { GraphFailure } from '../graph-failure.js';

/** Graph's passing states. 500 is not among them: Intune answers it to requests it will never accept. */
const PASSING = new Set([429, 502, 503, 504]);

export function isPassing(status: number): boolean {
  return PASSING.has(status);
}

/** A fault that may be gone at the next attempt; `failure` is what it becomes when the attempts are used up. */
export class PassingFault extends Error {
  constructor(
    readonly failure: GraphFailure,
    /** The wait that the service asked for, when it did. */
    readonly retryAfterMs?: number,
  ) {
    super(failure.message);
    this.name = 'PassingFault';
  }
}

/** Counts the attempts and the wall clock of one call. */
export class RetryPlan {
  private readonly startedAt: number;
  private attempts = 0;
  private uncountedMs = 0;

  constructor(
    private readonly limits: GraphLimits,
    private readonly clock: GraphClock,
    private readonly random: () => number,
  ) {
    this.startedAt = clock.now();
  }

  /** The number of the attempt under way; 1 for the first. */
  get attempt(): number {
    return this.attempts + 1;
  }

  /** Takes time out of the wall clock that the call spent waiting for its turn. */
  leaveOut(ms: number): void {
    this.uncountedMs += ms;
  }

  /** What is left of the wall clock, in milliseconds; never negative. */
  leftMs(): number {
    const spent = this.clock.now() - this.startedAt - this.uncountedMs;
    return Math.max(0, this.limits.callBudgetMs - spent);
  }

  /**
   * Milliseconds to wait before the next attempt, or undefined when the attempts are used up or the wait would end after
   * the wall clock. A wait the service named is never cut, only lengthened by up to a tenth, so that callers spread.
   */
  nextWait(retryAfter: number | undefined): number | undefined {
    this.attempts += 1;
    if (this.attempts >= this.limits.maxAttempts) return undefined;
    const wait = Math.round(
      retryAfter === undefined ? this.backoff() : retryAfter + this.random() * Math.min(retryAfter / 10, 1_000),
    );
    return wait < this.leftMs() ? wait : undefined;
  }

  private backoff(): number {
    const full = Math.min(this.limits.backoffCapMs, this.limits.backoffBaseMs * 2 ** (this.attempts - 1));
    return full * (1 - this.random() / 4);
  }
}
