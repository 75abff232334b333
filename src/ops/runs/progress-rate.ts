/** Older samples say little of how fast the work is at this moment. */
const WINDOW_MS = 30_000;

interface Sample {
  atMs: number;
  processed: number;
}

/** How fast a run goes, from what was seen of it lately. */
export class ProgressRate {
  private samples: Sample[] = [];

  /** @param atMs a clock in milliseconds that never goes back */
  saw(processed: number, atMs: number): void {
    const last = this.samples.at(-1);
    // A run that was given back to the queue begins anew.
    if (last !== undefined && processed < last.processed) this.samples = [];
    this.samples.push({ atMs, processed });
    while ((this.samples[1]?.atMs ?? Infinity) <= atMs - WINDOW_MS) this.samples.shift();
  }

  /** Items a second; undefined until some have been seen. */
  get perSecond(): number | undefined {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.processed === first.processed) return undefined;
    return ((last.processed - first.processed) * 1_000) / (last.atMs - first.atMs);
  }

  /** Milliseconds until all of `total` are done, if it goes on like this; undefined when that cannot be told. */
  left(total: number): number | undefined {
    const perSecond = this.perSecond;
    const processed = this.samples.at(-1)?.processed ?? 0;
    if (perSecond === undefined || total <= processed) return undefined;
    return ((total - processed) / perSecond) * 1_000;
  }
}
