import { Injectable } from '@nestjs/common';
import { JobTransport } from '../../../platform/queue/job-transport.js';
import { RunRecoveryRepository } from '../data/run-recovery.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunTimings } from '../run-timings.js';
import { RunDispatcher } from '../start/run-dispatcher.js';
import { lanesOf, queuesOf } from '../work/lanes.js';
import type { SweepReport } from './sweep-report.js';

/** Sees to it that every run that could be worked has been rung for. */
@Injectable()
export class RingRepair {
  constructor(
    private readonly runs: RunRecoveryRepository,
    private readonly transport: JobTransport,
    private readonly dispatcher: RunDispatcher,
    private readonly registry: RunRegistry,
    private readonly timings: RunTimings,
  ) {}

  async repair(): Promise<Pick<SweepReport, 'dispatched' | 'redispatched'>> {
    const never = await this.runs.undispatched(this.timings.undispatched);
    if (never.length > 0) await this.dispatcher.ringFor(() => Promise.resolve(never));
    let redispatched = 0;
    for (const queue of queuesOf(this.registry)) redispatched += await this.repairQueue(queue);
    return { dispatched: never.length, redispatched };
  }

  /**
   * The runs of a queue to ring for again. Any ring of a queue leads a worker to its fairest run, so what counts is how
   * many rings wait, not whose they are. Fewer rings than runs that could be worked means that rings were lost: a flushed
   * Redis, or a process that died with one in its hand. While all workers are busy, rings and runs wait together and
   * nothing is missed.
   */
  async missed(queue: string): Promise<RunRow[]> {
    const overdue = await this.runs.overdue(lanesOf(this.registry, queue), this.timings.unclaimed);
    if (overdue.length === 0) return [];
    const missing = overdue.length - (await this.transport.waiting(queue));
    return overdue.slice(0, Math.max(0, missing));
  }

  private async repairQueue(queue: string): Promise<number> {
    const missed = await this.missed(queue);
    if (missed.length === 0) return 0;
    return (await this.dispatcher.ringFor((dispatched) => this.runs.redispatch(missed, dispatched))).length;
  }
}
