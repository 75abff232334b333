/** A bucket of units that fills up evenly: full after `seconds`. Times are milliseconds. */
export class TokenBucket {
  private units: number;
  private at: number | undefined;

  constructor(
    readonly size: number,
    private readonly seconds: number,
  ) {
    this.units = size;
  }

  /** Milliseconds until `cost` units are there; 0 = now. */
  waitFor(cost: number, now: number): number {
    this.fill(now);
    const missing = Math.min(cost, this.size) - this.units;
    return missing <= 0 ? 0 : Math.ceil((missing * this.seconds * 1000) / this.size);
  }

  take(cost: number, now: number): void {
    this.fill(now);
    this.units -= cost;
  }

  /** From 0 (untouched) to 1 (empty). */
  used(now: number): number {
    this.fill(now);
    return Math.min(1, 1 - this.units / this.size);
  }

  private fill(now: number): void {
    const gained = ((now - (this.at ?? now)) * this.size) / (this.seconds * 1000);
    this.units = Math.min(this.size, this.units + gained);
    this.at = now;
  }
}
