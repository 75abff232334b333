/** At most `limit` events in any span of `windowMs`: what a published "n requests per s seconds" says, to the letter. */
export class SlidingWindow {
  private times: number[] = [];
  /** Events before this index have left the window. */
  private first = 0;

  constructor(
    readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Milliseconds until one more event fits; 0 = now. */
  waitFor(now: number): number {
    this.forget(now);
    const leaving = this.times[this.times.length - this.limit];
    return this.times.length - this.first < this.limit || leaving === undefined ? 0 : leaving + this.windowMs - now;
  }

  take(now: number): void {
    this.times.push(now);
  }

  private forget(now: number): void {
    while (this.first < this.times.length && (this.times[this.first] ?? now) + this.windowMs <= now) this.first += 1;
    if (this.first <= this.limit) return;
    this.times = this.times.slice(this.first);
    this.first = 0;
  }
}
