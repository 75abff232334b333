import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RunTimings } from '../run-timings.js';
import { again } from './again.js';
import { RingRemoval } from './ring-removal.js';
import { TenantHousekeeping } from './tenant-housekeeping.js';

/** Tidies again and again for as long as a worker process lives; apart from the sweep, whose repairs must not wait for it. */
@Injectable()
export class HousekeepingLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(HousekeepingLoop.name);
  private readonly stop = new AbortController();
  private looping: Promise<void> = Promise.resolve();

  constructor(
    private readonly housekeeping: TenantHousekeeping,
    private readonly rings: RingRemoval,
    private readonly timings: RunTimings,
  ) {}

  onApplicationBootstrap(): void {
    this.looping = again(this.timings.housekeeping, this.stop.signal, () => this.tidy());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.looping;
  }

  private async tidy(): Promise<void> {
    await this.step('Nothing could be tidied', () => this.housekeeping.tidy(this.stop.signal));
    await this.step('Abandoned rings could not be removed', () => this.rings.removeAbandoned());
  }

  /** One that fails leaves the other its turn, and comes again next time. */
  private async step(complaint: string, work: () => Promise<void>): Promise<void> {
    if (this.stop.signal.aborted) return;
    try {
      await work();
    } catch (error) {
      this.log.warn(`${complaint}: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  }
}
