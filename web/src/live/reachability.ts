/** What the connection bar shows. */
export interface Reach {
  reachable: boolean;
  /** When the server last answered anything, in milliseconds; null before the first answer. */
  lastAnswerAt: number | null;
}

/** Milliseconds between two tries while the server is away; the last one repeats. */
const DELAYS = [2_000, 2_000, 3_000, 5_000, 10_000];

/**
 * Whether the server can be reached, from the answers that come and those that do not. One lost answer is no proof: the
 * server is asked once more before anybody is told, and from then on until it is back.
 */
export class Reachability {
  private readonly listeners = new Set<() => void>();
  private snapshot: Reach = { reachable: true, lastAnswerAt: null };
  private lastAnswerAt: number | null = null;
  private asking: Promise<void> | undefined;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param ask resolves with whether the server answered */
  constructor(private readonly ask: () => Promise<boolean>) {}

  /** Something was answered, be it a refusal. */
  answered(): void {
    this.lastAnswerAt = Date.now();
    if (this.snapshot.reachable) return;
    clearTimeout(this.timer);
    this.tries = 0;
    this.set(true);
  }

  /** Something was not answered. */
  suspect(): void {
    if (this.snapshot.reachable) void this.askAgain();
  }

  /** Tries at once instead of later. */
  retry(): void {
    clearTimeout(this.timer);
    void this.askAgain();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Reach => this.snapshot;

  /** Asks the server, and resolves when it answers: with whether it was away until then. */
  async back(): Promise<boolean> {
    if (this.snapshot.reachable) await this.askAgain();
    if (this.snapshot.reachable) return false;
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (!this.snapshot.reachable) return;
        stop();
        resolve(true);
      });
    });
  }

  private askAgain(): Promise<void> {
    return (this.asking ??= this.askOnce().finally(() => (this.asking = undefined)));
  }

  private async askOnce(): Promise<void> {
    const answered = await this.ask().catch(() => false);
    if (answered) {
      this.answered();
      return;
    }
    if (this.snapshot.reachable) this.set(false);
    const delay = DELAYS[Math.min(this.tries, DELAYS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => void this.askAgain(), delay);
  }

  private set(reachable: boolean): void {
    this.snapshot = { reachable, lastAnswerAt: this.lastAnswerAt };
    for (const listener of this.listeners) listener();
  }
}

/** Whether an answer is the server's own: a gateway that stands before it answers these when the server is away. */
export function isServersOwn(response: Response): boolean {
  const gateway = response.status === 502 || response.status === 503 || response.status === 504;
  return !gateway || (response.headers.get('content-type') ?? '').includes('json');
}

/** Of this tab. Who is signed in is a cheap question, and its refusal is an answer as well. */
export const reachability = new Reachability(async () =>
  isServersOwn(await fetch('/api/v1/me', { credentials: 'same-origin', cache: 'no-store' })),
);
