import { Injectable } from '@nestjs/common';
import { RunRecoveryRepository } from '../data/run-recovery.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunChanges } from '../live/run-changes.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunDispatcher } from '../start/run-dispatcher.js';
import { RunEndings } from '../work/run-endings.js';
import type { SweepReport } from './sweep-report.js';

/** Takes runs from workers that gave no sign of life for a whole lease. */
@Injectable()
export class LeaseRepair {
  constructor(
    private readonly runs: RunRecoveryRepository,
    private readonly dispatcher: RunDispatcher,
    private readonly endings: RunEndings,
    private readonly registry: RunRegistry,
    private readonly changes: RunChanges,
  ) {}

  async repair(): Promise<Pick<SweepReport, 'requeued' | 'failed' | 'cancelled'>> {
    const report = { requeued: 0, failed: 0, cancelled: 0 };
    for (const row of await this.runs.expiredLeases()) {
      const done = await this.repairRun(row);
      if (done) report[done] += 1;
    }
    return report;
  }

  /** Undefined when the worker came back in the meantime. */
  private async repairRun(row: RunRow): Promise<'requeued' | 'failed' | 'cancelled' | undefined> {
    const expired = { by: 'expired', runId: row.id, epoch: row.lease_epoch } as const;
    if (row.cancel_requested_at !== null) {
      return (await this.endings.cancel(expired, undefined, 'lease_lost')) && 'cancelled';
    }
    const type = this.registry.find(row.type)?.type;
    if (type?.onLeaseLost !== 'requeue' || row.attempt >= type.maxAttempts) {
      return (await this.endings.fail(expired, 'worker.lost', 'lease_lost')) && 'failed';
    }
    const requeued = await this.dispatcher.ringFor(async (dispatched) => {
      const again = await this.runs.requeue(row, dispatched);
      return again ? [again] : [];
    });
    this.changes.changed(requeued);
    return requeued.length > 0 ? 'requeued' : undefined;
  }
}
