import { Injectable } from '@nestjs/common';
import { RunRecoveryRepository } from '../data/run-recovery.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunTimings } from '../run-timings.js';
import { RunEndings } from '../work/run-endings.js';
import type { SweepReport } from './sweep-report.js';

/** Ends queued runs that will never be worked. */
@Injectable()
export class HopelessRuns {
  constructor(
    private readonly runs: RunRecoveryRepository,
    private readonly endings: RunEndings,
    private readonly timings: RunTimings,
  ) {}

  async end(): Promise<Pick<SweepReport, 'failed' | 'cancelled'>> {
    const report = { failed: 0, cancelled: 0 };
    for (const row of await this.runs.hopeless(this.timings.queuedAtMost)) {
      const ended = await this.endRun(row);
      if (ended?.outcome === 'failed') report.failed += 1;
      if (ended?.outcome === 'cancelled') report.cancelled += 1;
    }
    return report;
  }

  private endRun(row: RunRow): Promise<RunRow | undefined> {
    const queued = { by: 'queued', runId: row.id, seq: row.dispatch_seq } as const;
    if (row.cancel_requested_at !== null) return this.endings.cancel(queued);
    if (row.held_until !== null) return this.endings.cancel(queued, 'run.hold_expired', 'hold_expired');
    return this.endings.fail(queued, 'dispatch.expired', 'queue_expired');
  }
}
