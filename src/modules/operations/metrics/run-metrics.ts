import { Injectable } from '@nestjs/common';
import { RUN_OUTCOMES, type TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { Metrics, type Count, type Observe } from '../../../platform/metrics/metrics.js';

/** Kinds are declared in code; the bound only keeps rows of other versions from making series without end. */
export const KIND_LABEL = { atMost: 100 } as const;

const WAIT_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200];
const WORK_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400];

/**
 * What the run engine does, counted where it does it. Count after the commit, so that what was rolled back is not told.
 * Durations are milliseconds here, seconds in Prometheus.
 */
@Injectable()
export class RunMetrics {
  private readonly starts: Count<'kind' | 'created'>;
  private readonly completions: Count<'kind' | 'outcome'>;
  private readonly queuedFor: Observe<'kind'>;
  private readonly workedFor: Observe<'kind'>;
  private readonly waitedFor: Observe<'kind'>;
  private readonly repairs: Count<'repair'>;
  private readonly dispatchFailures: Count<'kind'>;

  constructor(metrics: Metrics) {
    const kind = KIND_LABEL;
    this.starts = metrics.counter({
      name: 'runs_started_total',
      help: 'Starts by what came of them: a run was created, or the active equal one was given.',
      labels: { kind, created: ['true', 'false'] },
    });
    this.completions = metrics.counter({
      name: 'runs_completed_total',
      help: 'Runs that were completed, by outcome.',
      labels: { kind, outcome: RUN_OUTCOMES },
    });
    this.queuedFor = metrics.histogram({
      name: 'run_queued_seconds',
      help: 'From the creation of a completed run to its first claim.',
      labels: { kind },
      buckets: WAIT_BUCKETS,
    });
    this.workedFor = metrics.histogram({
      name: 'run_worked_seconds',
      help: 'From the first claim of a completed run to its end.',
      labels: { kind },
      buckets: WORK_BUCKETS,
    });
    this.waitedFor = metrics.histogram({
      name: 'run_claim_wait_seconds',
      help: 'How long a run had waited when a worker took it; one that was given back waits again.',
      labels: { kind },
      buckets: WAIT_BUCKETS,
    });
    this.repairs = metrics.counter({
      name: 'run_repairs_total',
      help: 'What the sweep had to mend.',
      labels: { repair: { atMost: 20 } },
    });
    this.dispatchFailures = metrics.counter({
      name: 'run_dispatch_failures_total',
      help: 'Runs for which no worker could be rung.',
      labels: { kind },
    });
  }

  /** @param created false when the equal run that was already active was given */
  started(kind: string, created: boolean): void {
    this.starts({ kind, created: String(created) });
  }

  /**
   * @param queuedMs from creation to the first claim, or to the end of a run that was never claimed
   * @param workedMs from the first claim to the end; undefined for a run that was never claimed
   */
  completed(kind: string, outcome: TerminalOutcome, queuedMs: number, workedMs: number | undefined): void {
    this.completions({ kind, outcome });
    this.queuedFor({ kind }, queuedMs / 1_000);
    if (workedMs !== undefined) this.workedFor({ kind }, workedMs / 1_000);
  }

  /** @param waitedMs since the run was created, or since it was given back */
  claimed(kind: string, waitedMs: number): void {
    this.waitedFor({ kind }, waitedMs / 1_000);
  }

  /** @param repair what the sweep did to one run, as `SweepReport` names it */
  swept(repair: string): void {
    this.repairs({ repair });
  }

  dispatchFailed(kind: string): void {
    this.dispatchFailures({ kind });
  }
}
