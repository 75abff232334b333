import { RunStopped } from '#libs/run-kit/src/run-processor.js';
import type { RunWorkRepository, Lease } from '../data/run-work.repository.js';
import type { RunLedger } from './run-ledger.js';

/** A quarter of the lease: three beats may be lost before it runs out. */
const HEARTBEAT_MS = 15_000;
/** Progress is written at most this often. */
const PROGRESS_MS = 1_000;

export type StopCause = RunStopped['reason'];

/**
 * Keeps one run's lease while its handler works: beats, writes progress, and aborts the handler when the lease is lost,
 * a cancel was asked for or the time is up. The first cause stands.
 */
export class LeaseKeeper {
  private readonly controller = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private beating: Promise<void> = Promise.resolve();
  private lastBeat = Date.now();
  private cause: StopCause | undefined;

  constructor(
    private readonly runs: RunWorkRepository,
    private readonly lease: Lease,
    private readonly ledger: RunLedger,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get stopped(): StopCause | undefined {
    return this.cause;
  }

  start(timeoutMs: number): void {
    this.timers.push(
      setInterval(() => this.tick(), PROGRESS_MS),
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

  /** No beat is under way any more when this resolves, so that the finish is the last write. */
  async end(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    await this.beating;
  }

  private tick(): void {
    const counts = this.ledger.takeProgress();
    if (counts === undefined && Date.now() - this.lastBeat < HEARTBEAT_MS) return;
    this.beating = this.beating.then(() => this.write(counts));
  }

  private beat(): Promise<void> {
    this.beating = this.beating.then(() => this.write(this.ledger.takeProgress()));
    return this.beating;
  }

  /** A beat that cannot be written is not a lost lease: the next one decides, and the guard on every write holds. */
  private async write(counts: Parameters<RunWorkRepository['heartbeat']>[1]): Promise<void> {
    try {
      const answer = await this.runs.heartbeat(this.lease, counts);
      this.lastBeat = Date.now();
      if (!answer) this.stop('lease_lost');
      else if (answer.cancelRequested) this.stop('cancelled');
    } catch {
      return;
    }
  }
}
