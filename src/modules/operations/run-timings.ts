import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';

/** When the engine beats, looks and gives up. Seconds unless named otherwise. */
@Injectable()
export class RunTimings {
  /** How long a claim is good without a heartbeat. */
  readonly lease: number;
  /** Four beats fit into a lease, so a lost one loses nothing. */
  readonly heartbeat: number;
  /** Between two sweeps. */
  readonly sweep: number;
  /** Between two rounds of housekeeping over all tenants; what it removes was kept for days. */
  readonly housekeeping: number = 30 * 60;
  /** A queued run that the transport was never told of is rung for after this. */
  readonly undispatched: number;
  /** That the transport took a ring is noted after this, of runs that nobody took meanwhile; well before {@link undispatched}. */
  readonly noted: number;
  /** A dispatched run that nobody took is compared with the transport after this. */
  readonly unclaimed: number;
  /** A queued run that nobody took for this long has failed. */
  readonly queuedAtMost = 24 * 3600;
  /** A completed run moves to the archive after this many days. */
  readonly retentionDays: number;

  constructor(@Inject(SETTINGS) { runs }: Pick<Settings, 'runs'>) {
    this.lease = runs.leaseSeconds;
    this.heartbeat = runs.leaseSeconds / 4;
    this.sweep = runs.sweepSeconds;
    this.undispatched = runs.sweepSeconds;
    this.noted = this.undispatched * 0.3;
    this.unclaimed = runs.leaseSeconds;
    this.retentionDays = runs.retentionDays;
  }
}
