import { Injectable, Logger } from '@nestjs/common';
import { SparingWarnings } from '../../../platform/logging/sparing-warnings.js';
import { RunChanges } from '../live/run-changes.js';
import { HopelessRuns } from './hopeless-runs.js';
import { LeaseRepair } from './lease-repair.js';
import { RingRepair } from './ring-repair.js';
import { RunHousekeeping } from './run-housekeeping.js';
import type { SweepReport } from './sweep-report.js';

/**
 * The only recovery authority. It is level-triggered: it looks at what is, never at what happened, so a lost event or a
 * sweep that dies half-way costs nothing but the wait for the next one. Two sweeps at the same time do no harm, because
 * every repair re-checks its condition; one that fails does not keep the others from their turn.
 */
@Injectable()
export class RunSweeper {
  private readonly warnings = new SparingWarnings(new Logger(RunSweeper.name));
  private readonly steps: readonly (() => Promise<Partial<SweepReport>>)[];

  constructor(
    leases: LeaseRepair,
    hopeless: HopelessRuns,
    rings: RingRepair,
    housekeeping: RunHousekeeping,
    private readonly changes: RunChanges,
  ) {
    this.steps = [() => leases.repair(), () => hopeless.end(), () => rings.repair(), () => housekeeping.tidy()];
  }

  async sweep(): Promise<SweepReport> {
    const report = { dispatched: 0, redispatched: 0, requeued: 0, failed: 0, cancelled: 0, archived: 0 };
    for (const step of this.steps) {
      try {
        const did = await step();
        for (const [key, runs] of Object.entries(did)) report[key as keyof SweepReport] += runs;
      } catch (error) {
        this.warnings.warn('A step of the sweep failed', error);
      }
    }
    this.changes.swept(report);
    return report;
  }
}
