import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { RunJob } from '../../../platform/queue/job-transport.js';
import { RunStartsRepository } from '../data/run-starts.repository.js';
import { RunTimings } from '../run-timings.js';

/** Of one statement, so that a worker never waits long for the rows that it locks. */
const AT_ONCE = 500;

/**
 * Notes, a moment later and many at once, that the transport took a ring. Nobody who starts a run waits for it: without
 * the mark the sweep rings once more, and the second ring finds nothing to do.
 */
@Injectable()
export class DispatchMarks implements BeforeApplicationShutdown {
  private readonly log = new Logger(DispatchMarks.name);
  private gathered: RunJob[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing = Promise.resolve();

  constructor(
    private readonly starts: RunStartsRepository,
    private readonly timings: RunTimings,
  ) {}

  add(rings: readonly RunJob[]): void {
    this.gathered.push(...rings);
    this.timer ??= setTimeout(() => void this.write(), this.timings.noted * 1_000);
  }

  /** Resolves when all that has been gathered so far is written. */
  write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.writeGathered());
    return this.writing;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.write();
  }

  private async writeGathered(): Promise<void> {
    const rings = this.gathered.splice(0);
    for (let at = 0; at < rings.length; at += AT_ONCE) {
      try {
        await this.starts.markDispatched(rings.slice(at, at + AT_ONCE));
      } catch (error) {
        const unnoted = `${rings.length - at} rings are not noted`;
        this.log.warn(`${unnoted}: ${error instanceof Error ? error.name : 'unknown error'}`);
        return;
      }
    }
  }
}
