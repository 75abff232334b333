import { AsyncLocalStorage } from 'node:async_hooks';

export interface CoalescerLimits {
  /** Items of one batch at most. */
  most: number;
  /** Batches that are under way at once at most. */
  atOnce: number;
  /** How many items must wait for a batch to leave beside another; 1 without. Fewer gain more by going together. */
  beside?: number;
}

/** Who was alone so often in a row is likely to be alone again. */
const ALONE = 8;

interface Waiting<I, O> {
  item: I;
  resolve: (result: O) => void;
  reject: (error: unknown) => void;
}

/**
 * Merges what comes in while earlier work is under way, and what the same turn of the event loop brings, so that many
 * callers share one round trip and one durable commit. Nobody waits for others beyond that: a batch leaves as soon as one
 * may. Callers who were answered together come back together, and would else split into the first and the rest. Only a
 * lone caller, who was alone for a while, does not wait for the turn to end.
 */
export class Coalescer<I, O> {
  private readonly queue: Waiting<I, O>[] = [];
  private underWay = 0;
  private leaving = false;
  private aloneSince = 0;
  private readonly beside: number;
  /** A batch belongs to many callers, so it runs in the context of none of them. */
  private readonly outsideOfCallers = AsyncLocalStorage.snapshot();

  /**
   * @param work takes the items of one batch and answers a settled result for each, in their order; when it rejects,
   *   every caller of the batch gets the error
   */
  constructor(
    private readonly work: (items: readonly I[]) => Promise<readonly PromiseSettledResult<O>[]>,
    private readonly limits: CoalescerLimits,
  ) {
    this.beside = limits.beside ?? 1;
  }

  /** Resolves or rejects with this item's own result. */
  add(item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.queue.push({ item, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.leaving || this.underWay >= this.limits.atOnce) return;
    if (this.queue.length < (this.underWay === 0 ? 1 : this.beside)) return;
    if (this.aloneSince >= ALONE && this.underWay === 0) {
      this.leave();
      return;
    }
    this.leaving = true;
    setImmediate(() => {
      this.leaving = false;
      this.leave();
      this.next();
    });
  }

  private leave(): void {
    const batch = this.queue.splice(0, this.share());
    this.aloneSince = batch.length === 1 && this.underWay === 0 ? this.aloneSince + 1 : 0;
    this.underWay += 1;
    void this.outsideOfCallers(() => this.run(batch));
  }

  /** What is far from filling a batch is spread over those that may leave, so that they are worked side by side. */
  private share(): number {
    const waiting = this.queue.length;
    if (waiting > this.limits.most / 2) return this.limits.most;
    const batches = Math.min(this.limits.atOnce - this.underWay, Math.floor(waiting / this.beside));
    return Math.ceil(waiting / Math.max(batches, 1));
  }

  private async run(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, at) => {
        const result = results[at];
        if (result?.status === 'fulfilled') resolve(result.value);
        else reject(result?.reason ?? new Error('A batch answered fewer results than it was given items.'));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.underWay -= 1;
      this.next();
    }
  }
}
