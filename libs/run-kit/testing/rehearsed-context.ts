import type { SummaryCounts } from '../src/run-outcome.js';
import { RunStopped, type RunContext, type RunItem } from '../src/run-processor.js';

/** What happens around a performed run. What is left out is what the first worker of a quiet run meets. */
export interface Rehearsal {
  runId?: string;
  tenantId?: string;
  attempt?: number;
  /** Aborts the work from outside; with a {@link RunStopped} as its reason, the run ends as the engine would end it. */
  signal?: AbortSignal;
  /** Stops the work at its n-th `checkLease` (1 is the first): the signal aborts, and the check throws. */
  stopAtCheck?: { check: number; reason: RunStopped['reason'] };
}

/** A run's context without an engine: remembers what the handler said, and stops it where the rehearsal says so. */
export class RehearsedContext implements RunContext {
  readonly runId: string;
  readonly tenantId: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly log = { info: (): void => undefined, warn: (): void => undefined };
  readonly said: Partial<SummaryCounts>[] = [];
  leaseChecks = 0;
  private readonly recorded = new Map<string, RunItem>();
  private readonly stopper = new AbortController();

  constructor(private readonly rehearsal: Rehearsal) {
    this.runId = rehearsal.runId ?? '1';
    this.tenantId = rehearsal.tenantId ?? '00000000-0000-4000-8000-000000000001';
    this.attempt = rehearsal.attempt ?? 1;
    const { signal } = rehearsal;
    this.signal = signal ? AbortSignal.any([signal, this.stopper.signal]) : this.stopper.signal;
  }

  /** Each item once; reported twice, the later result counts. */
  get items(): RunItem[] {
    return [...this.recorded.values()];
  }

  readonly progress = (counts: Partial<SummaryCounts>): void => void this.said.push(counts);

  readonly item = (item: RunItem): void => void this.recorded.set(`${item.kind}\u0000${item.itemId}`, item);

  readonly checkLease = (): Promise<void> => {
    this.leaseChecks += 1;
    const { stopAtCheck } = this.rehearsal;
    if (this.leaseChecks === stopAtCheck?.check) this.stopper.abort(new RunStopped(stopAtCheck.reason));
    return this.signal.aborted ? Promise.reject(this.signal.reason as Error) : Promise.resolve();
  };
}
