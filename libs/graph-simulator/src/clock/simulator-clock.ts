import { setTimeout as realDelay } from 'node:timers/promises';

export type ClockMode = 'real' | 'virtual';

export interface ClockRules {
  mode: ClockMode;
  /** Virtual only: time moves by itself to the next wake-up once everybody waits. */
  autoAdvance: boolean;
  /** How many have to wait before time moves by itself. */
  parties: number;
  /**
   * Real milliseconds without a request or a new wait before "everybody waits" is believed. A client in another process may be
   * at work all the same; give it more time, or let it announce its requests.
   */
  settleMs: number;
  /** Virtual milliseconds that every Graph request takes; 0 in real mode. */
  latencyMs: number;
}

interface Waiter {
  at: number;
  /** A request that waits inside the simulator; it is under way again as soon as it wakes. */
  request: boolean;
  wake(): void;
}

const START: ClockRules = { mode: 'real', autoAdvance: true, parties: 1, settleMs: 25, latencyMs: 0 };
/** The time to settle is taken in steps, so that a process that was busy for all of it sees what has come meanwhile. */
const SETTLE_STEPS = 5;

/**
 * The simulator's time. In real mode it goes with its base. In virtual mode it stands still until it is advanced, by call
 * or by itself when nobody is at work: no request is under way, and whoever follows this clock waits on it. `now` and
 * `delay` have the shape that a client's injected clock usually has, so that one in the same process can take this one.
 */
export class SimulatorClock {
  private current = START;
  private readonly waiters = new Set<Waiter>();
  private underWay = 0;
  /** What this clock is ahead of its base in real mode, and its time in virtual mode. */
  private offset = 0;
  private standing = 0;
  private settling: NodeJS.Timeout | undefined;

  constructor(private readonly base: () => number = Date.now) {}

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return this.current.mode === 'virtual' ? this.standing : this.base() + this.offset;
  }

  rules(): ClockRules & { waiting: number } {
    return { ...this.current, waiting: this.waiters.size };
  }

  /** Changes rules; time goes on from where it is. Waits that are under way keep the mode in which they began. */
  set(rules: Partial<ClockRules>): void {
    const at = this.now();
    this.current = { ...this.current, ...rules };
    this.standing = at;
    this.offset = at - this.base();
    this.consider();
  }

  /** Moves time forward and wakes whom it passes, in the order of their times. */
  advance(ms: number): void {
    const to = this.now() + ms;
    if (this.current.mode === 'real') this.offset += ms;
    for (const waiter of [...this.waiters].filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)) {
      this.standing = waiter.at;
      this.waiters.delete(waiter);
      if (waiter.request) this.underWay += 1;
      waiter.wake();
    }
    this.standing = to;
    this.consider();
  }

  /** Resolves after `ms` of this clock; rejects with the signal's reason as soon as that aborts. */
  delay(ms: number, signal?: AbortSignal): Promise<void> {
    return this.wait(ms, false, signal);
  }

  /** The wait of a request that `enter` has announced. */
  pause(ms: number): Promise<void> {
    return this.wait(ms, true);
  }

  /** A request begins, or a client in this process sends one: time does not move by itself while it is under way. */
  enter(): void {
    this.underWay += 1;
    this.consider();
  }

  leave(): void {
    this.underWay -= 1;
    this.consider();
  }

  /** Lets go of the process: nothing moves by itself any more. */
  close(): void {
    clearTimeout(this.settling);
  }

  private async wait(ms: number, request: boolean, signal?: AbortSignal): Promise<void> {
    if (this.current.mode === 'real') {
      await realDelay(ms, undefined, { ref: false, signal }).catch((error: unknown) => {
        throw signal?.aborted === true ? signal.reason : error;
      });
      return;
    }
    await new Promise<void>((resolve, reject) => {
      if (signal?.aborted === true) return reject(reasonOf(signal));
      const waiter: Waiter = {
        at: this.standing + Math.max(0, ms),
        request,
        wake: () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      const stop = () => {
        this.waiters.delete(waiter);
        if (signal !== undefined) reject(reasonOf(signal));
        this.consider();
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.waiters.add(waiter);
      if (request) this.underWay -= 1;
      this.consider();
    });
  }

  /** Starts, or starts again, the short real time after which "everybody waits" is believed. */
  private consider(): void {
    clearTimeout(this.settling);
    const { mode, autoAdvance, parties, settleMs } = this.current;
    if (mode === 'real' || !autoAdvance || this.underWay > 0 || this.waiters.size < Math.max(1, parties)) return;
    this.settle(settleMs / SETTLE_STEPS, SETTLE_STEPS);
  }

  private settle(stepMs: number, steps: number): void {
    this.settling = setTimeout(() => {
      if (steps > 1) return this.settle(stepMs, steps - 1);
      const next = Math.min(...[...this.waiters].map(({ at }) => at));
      this.advance(Math.max(0, next - this.standing));
    }, stepMs);
  }
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('The wait was aborted.', 'AbortError');
}
