import { performance } from 'node:perf_hooks';
import { RunStopped } from '#libs/run-kit/src/run-processor.js';
import type { RunWorkRepository, Lease } from '../data/run-work.repository.js';
import type { RunLedger } from './run-ledger.js';

/** Progress is written at most this often. */
const PROGRESS_MS = 1_000;

export type StopCause = RunStopped['reason'];

/** Seconds. */
export interface LeaseTimings {
  lease: number;
  heartbeat: number;
}

/**
 * Keeps one run's lease while its handler works: beats, writes progress, and aborts the handler when the lease is lost,
 * a cancel was asked for or the time is up. The first cause stands.
 */
export class LeaseKeeper {
  private readonly controller = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private beating: Promise<void> = Promise.resolve();
  private lastBeat = performance.now();
  private cause: StopCause | undefined;

  constructor(
    private readonly runs: RunWorkRepository,
    private readonly lease: Lease,
    private readonly ledger: RunLedger,
    private readonly timings: LeaseTimings,
    private readonly onProgress: () => void = () => undefined,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get stopped(): StopCause | undefined {
    return this.cause;
  }

  start(timeoutMs: number): void {
    const tick = Math.min(PROGRESS_MS, (this.timings.heartbeat * 1_000) / 2);
    this.timers.push(
      setInterval(() => this.tick(), tick),
      setTimeout(() => this.stop('timeout'), timeoutMs),
    );
  }

  /** Aborts the handler; later causes change nothing. */
  stop(cause: StopCause): void {
    if (this.cause !== undefined) return;
    this.cause = cause;
    this.controller.abort(new RunStopped(cause));
  }

  /** Asks the row, not the clock, whether this worker may still write. Throws {@link RunStopped} when it may not. */
  async check(): Promise<void> {
    await this.beat();
    if (this.cause !== undefined) throw new RunStopped(this.cause);
  }

  /** Looks at the row at once. Progress is left to the ticks: whoever follows the run is told of each that is written. */
  beat(): Promise<void> {
    this.beating = this.beating.then(() => this.write(undefined));
    return this.beating;
  }

  /** No beat is under way any more when this resolves, so that the finish is the last write. */
  async end(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    await this.beating;
  }

  private tick(): void {
    const silent = (performance.now() - this.lastBeat) / 1_000;
    // Not one beat came through for a whole lease: others may hold the run by now, so this worker stops by itself.
    if (silent > this.timings.lease) this.stop('lease_lost');
    const counts = this.ledger.takeProgress();
    if (counts === undefined && silent < this.timings.heartbeat) return;
    this.beating = this.beating.then(() => this.write(counts));
  }

  /** A beat that cannot be written is not a lost lease yet: the next one decides, and the guard on every write holds. */
  private async write(counts: Parameters<RunWorkRepository['heartbeat']>[1]): Promise<void> {
    if (this.cause === 'lease_lost') return;
    const sent = performance.now();
    try {
      const answer = await this.runs.heartbeat(this.lease, counts, this.timings.lease);
      this.lastBeat = sent;
      if (!answer) this.stop('lease_lost');
      else if (answer.cancelRequested) this.stop('cancelled');
      if (answer && counts) this.onProgress();
    } catch {
      return;
    }
  }
}
