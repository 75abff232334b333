import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { SparingWarnings } from '../../../platform/logging/sparing-warnings.js';
import { RunTimings } from '../run-timings.js';
import { again } from './again.js';
import { RunSweeper } from './run-sweeper.js';

/** One sweeper at a time over all processes; the number is this application's own. */
const SWEEP_LOCK = 5_210_771_002;

/** Sweeps again and again for as long as a worker process lives. */
@Injectable()
export class SweepLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(SweepLoop.name);
  private readonly warnings = new SparingWarnings(this.log);
  private readonly stop = new AbortController();
  private looping: Promise<void> = Promise.resolve();

  constructor(
    private readonly sweeper: RunSweeper,
    private readonly database: Database,
    private readonly timings: RunTimings,
  ) {}

  onApplicationBootstrap(): void {
    this.looping = again(this.timings.sweep, this.stop.signal, () => this.sweepAlone());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.looping;
  }

  private async sweepAlone(): Promise<void> {
    try {
      await this.database.transaction(async () => {
        const [lock] = await this.database.query<{ held: boolean }>(
          'SELECT pg_try_advisory_xact_lock($1::bigint) AS held',
          [SWEEP_LOCK],
        );
        if (!lock?.held) return;
        const report = await this.database.outside(() => this.sweeper.sweep());
        const did = Object.entries(report).filter(([, runs]) => runs > 0);
        if (did.length > 0) this.log.log(`Repaired runs: ${did.map(([what, runs]) => `${what} ${runs}`).join(', ')}`);
      });
    } catch (error) {
      this.warnings.warn('The sweep could not run', error);
    }
  }
}
