import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RunTimings } from '../run-timings.js';
import { again } from './again.js';
import { TenantHousekeeping } from './tenant-housekeeping.js';

/** Tidies again and again for as long as a worker process lives; apart from the sweep, whose repairs must not wait for it. */
@Injectable()
export class HousekeepingLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(HousekeepingLoop.name);
  private readonly stop = new AbortController();
  private looping: Promise<void> = Promise.resolve();

  constructor(
    private readonly housekeeping: TenantHousekeeping,
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
    try {
      await this.housekeeping.tidy(this.stop.signal);
    } catch (error) {
      this.log.warn(`Nothing could be tidied: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  }
}
