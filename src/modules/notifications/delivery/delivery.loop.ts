import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SparingWarnings } from '../../../platform/logging/sparing-warnings.js';
import { DeliveryWorker } from './delivery.worker.js';

/** Attempts of this process at once; they wait for the network, not for the processor. */
const CONCURRENCY = 16;
/** Between two looks; processes that started together drift apart. */
const LOOK_MS = 2_000;
const JITTER_MS = 500;

/** Looks for due deliveries while the worker process runs. It never blocks a run: they share nothing but the database. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly warnings = new SparingWarnings(new Logger(DeliveryLoop.name));
  private readonly underWay = new Set<Promise<void>>();
  private readonly shutdown = new AbortController();
  private looking: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private lookAt = 0;

  constructor(private readonly worker: DeliveryWorker) {
    // Each attempt listens; Node takes more than ten for a leak.
    setMaxListeners(CONCURRENCY, this.shutdown.signal);
  }

  onApplicationBootstrap(): void {
    this.lookIn(0);
  }

  /** Cuts the attempts short and gives them back, while the database still stands. */
  async beforeApplicationShutdown(): Promise<void> {
    this.shutdown.abort();
    clearTimeout(this.timer);
    await this.looking;
    await Promise.all(this.underWay);
  }

  /** An earlier look that is planned already will do. */
  private lookIn(waitMs: number): void {
    const at = Date.now() + waitMs;
    if (this.shutdown.signal.aborted || (this.timer !== undefined && this.lookAt <= at)) return;
    clearTimeout(this.timer);
    this.lookAt = at;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.looking = this.looking.then(() => this.look());
    }, waitMs);
  }

  private async look(): Promise<void> {
    let took = 0;
    try {
      took = await this.take(CONCURRENCY - this.underWay.size);
    } catch (error) {
      this.warnings.warn('due deliveries could not be read', error);
    }
    // Where there was one there may be more.
    this.lookIn(took > 0 ? 0 : LOOK_MS + Math.random() * JITTER_MS);
  }

  private async take(most: number): Promise<number> {
    if (most <= 0) return 0;
    const begun = await this.worker.begin(most, this.shutdown.signal);
    for (const attempt of begun) {
      this.underWay.add(attempt);
      void attempt.then(() => {
        this.underWay.delete(attempt);
        this.lookIn(0); // its channel may have more
      });
    }
    return begun.length;
  }
}
