import { Injectable } from '@nestjs/common';
import { LiveSignals } from '../../../platform/live/live-signals.js';
import type { RunRow, ShownRow } from '../data/run-row.js';
import { RunMetrics } from '../metrics/run-metrics.js';

/** Words `<tenant id> <run id>`: this run is not what it was. */
export const RUN_CHANGED_CHANNEL = 'run_changed';
/** Words `<run id>`: whoever works this run looks at once whether a cancel was asked for. */
export const RUN_CANCEL_CHANNEL = 'run_cancel';

type RunKey = Pick<RunRow, 'tenant_id' | 'id'>;

/**
 * Tells what happened to runs, after it was committed: every process that somebody watches in, and the metrics. A lost
 * signal is made up for by a look.
 */
@Injectable()
export class RunChanges {
  constructor(
    private readonly signals: LiveSignals,
    private readonly metrics: RunMetrics,
  ) {}

  started(row: ShownRow, created: boolean): void {
    this.metrics.started(row.type, created);
    if (created) this.changed([row]);
  }

  undispatched(row: ShownRow): void {
    this.metrics.dispatchFailed(row.type);
  }

  claimed(row: RunRow): void {
    this.metrics.claimed(row.type, sinceMs(row.queued_at, row.claimed_at ?? row.updated_at));
    this.changed([row]);
  }

  completed(rows: readonly RunRow[]): void {
    for (const row of rows) {
      if (row.outcome === 'pending') continue;
      const end = row.completed_at ?? row.updated_at;
      const worked = row.started_at === null ? undefined : sinceMs(row.started_at, end);
      this.metrics.completed(row.type, row.outcome, sinceMs(row.created_at, row.started_at ?? end), worked);
    }
    this.changed(rows);
  }

  /** @param did what a sweep did, in runs */
  swept(did: Readonly<Record<string, number>>): void {
    for (const [repair, runs] of Object.entries(did)) {
      for (let i = 0; i < runs; i += 1) this.metrics.swept(repair);
    }
  }

  cancelRequested(row: RunKey): void {
    this.signals.send(RUN_CANCEL_CHANNEL, row.id);
    this.changed([row]);
  }

  changed(rows: readonly RunKey[]): void {
    for (const row of rows) this.signals.send(RUN_CHANGED_CHANNEL, `${row.tenant_id} ${row.id}`);
  }
}

function sinceMs(from: Date, to: Date): number {
  return to.getTime() - from.getTime();
}
