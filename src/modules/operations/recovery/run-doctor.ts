import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AT_ONCE } from '../data/run-recovery.repository.js';
import { RunTotalsRepository } from '../data/run-totals.repository.js';
import type { Divergence, Examination } from './divergence.js';
import { RingRemoval } from './ring-removal.js';
import { RowDiagnosis } from './row-diagnosis.js';
import { RunSweeper } from './run-sweeper.js';
import type { SweepReport } from './sweep-report.js';
import { TransportDiagnosis } from './transport-diagnosis.js';

/** What is on its way is not where it was after this; what stands still is. */
const SECOND_LOOK_MS = 400;
/** Sweeps of one repair; each takes up to {@link AT_ONCE} runs of a sort. */
const SWEEPS = 50;

/** What a repair did. */
export interface DoctorReport extends Omit<SweepReport, 'archived'> {
  /** Rings removed that nobody would have answered. */
  ringsRemoved: number;
  /** Totals made equal to the rows. */
  totalsCorrected: number;
}

/**
 * Says where rows and transport do not agree, over all tenants, and has the sweep repair it. A worker does the same by
 * itself every few seconds, and removes abandoned rings every half hour; the doctor is for the operator who wants to see
 * it, or has no worker that runs.
 */
@Injectable()
export class RunDoctor {
  constructor(
    private readonly rows: RowDiagnosis,
    private readonly transport: TransportDiagnosis,
    private readonly rings: RingRemoval,
    private readonly sweeper: RunSweeper,
    private readonly totals: RunTotalsRepository,
  ) {}

  /**
   * Rows and transport are read one after the other while runs go on, so what diverges is looked at twice, and only what
   * stood still is reported. `deep` also counts every completed run.
   * @throws TransportAway when the transport does not answer
   */
  async examine(options: { deep: boolean }): Promise<Examination> {
    let { queues, divergences } = await this.look();
    if (divergences.length > 0) {
      await wait(SECOND_LOOK_MS);
      const second = await this.look();
      queues = second.queues;
      divergences = inBoth(divergences, second.divergences);
    }
    const totals = options.deep ? await this.totals.differences() : undefined;
    return { place: this.transport.place, queues, divergences, totals };
  }

  /** Repairs by sweeping, as a worker does; `deep` also corrects the totals. */
  async repair(options: { deep: boolean }): Promise<DoctorReport> {
    const report = { dispatched: 0, redispatched: 0, requeued: 0, failed: 0, cancelled: 0 };
    const repairs = Object.keys(report) as (keyof typeof report)[];
    for (let sweeps = 0; sweeps < SWEEPS; sweeps += 1) {
      const swept = await this.sweeper.sweep();
      for (const repair of repairs) report[repair] += swept[repair];
      if (repairs.every((repair) => swept[repair] < AT_ONCE)) break;
    }
    const ringsRemoved = await this.rings.removeDead();
    return { ...report, ringsRemoved, totalsCorrected: options.deep ? await this.totals.correct() : 0 };
  }

  private async look(): Promise<Omit<Examination, 'place' | 'totals'>> {
    const { queues, divergences } = await this.transport.compare();
    return { queues, divergences: [...(await this.rows.divergences()), ...divergences] };
  }
}

function inBoth(first: readonly Divergence[], second: readonly Divergence[]): Divergence[] {
  return second.flatMap((divergence) => {
    const before = first.find(({ kind, where }) => kind === divergence.kind && where === divergence.where);
    const runIds = divergence.runIds.filter((id) => before?.runIds.includes(id));
    return runIds.length === 0 ? [] : [{ ...divergence, runIds }];
  });
}
