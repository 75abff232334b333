/**
 * At most `limit` events in any `windowMs`, exactly: it remembers the times of the last `limit` events. A plain token
 * bucket would let twice its size through at the edge of a window.
 */
export class SlidingWindow {
  private readonly times: number[] = [];

  constructor(
    readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Milliseconds until `count` more events fit (at most `limit` at once); 0 = now. */
  waitFor(count: number, now: number): number {
    this.forget(now);
    const tooMany = this.times.length + Math.min(count, this.limit) - this.limit;
    const leaving = tooMany > 0 ? this.times[tooMany - 1] : undefined;
    return leaving === undefined ? 0 : leaving + this.windowMs - now;
  }

  take(count: number, now: number): void {
    for (let taken = 0; taken < count; taken += 1) this.times.push(now);
  }

  private forget(now: number): void {
    let expired = 0;
    while (expired < this.times.length && (this.times[expired] ?? now) + this.windowMs <= now) expired += 1;
    if (expired > 0) this.times.splice(0, expired);
  }
}
