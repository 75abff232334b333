import { Injectable } from '@nestjs/common';
import { RunArchiveRepository } from '../data/run-archive.repository.js';
import { RunRecoveryRepository } from '../data/run-recovery.repository.js';
import { RunTimings } from '../run-timings.js';
import type { SweepReport } from './sweep-report.js';

/** Runs that one sweep archives; the next comes seconds later. */
const ARCHIVED_AT_ONCE = 500;

/** Keeps the tables that every page reads small. */
@Injectable()
export class RunHousekeeping {
  constructor(
    private readonly runs: RunRecoveryRepository,
    private readonly archive: RunArchiveRepository,
    private readonly timings: RunTimings,
  ) {}

  async tidy(): Promise<Pick<SweepReport, 'archived'>> {
    await this.runs.foldTotals();
    return { archived: await this.archive.moveOld(this.timings.retentionDays, ARCHIVED_AT_ONCE) };
  }
}
