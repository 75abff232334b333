import { Injectable, Logger } from '@nestjs/common';
import { JobScheduler } from '../../platform/queue/job-scheduler.js';
import type { ScheduleRow } from './data/schedule-row.js';
import { ScheduleTickRepository } from './data/schedule-tick.repository.js';

type RowOfBell = Pick<ScheduleRow, 'id' | 'cron' | 'time_zone'>;

/** Where bells are not what the rows say. */
export interface BellDifferences {
  /** Schedules that are on and have no bell. */
  missing: RowOfBell[];
  /** Their bell rings at other times, or in another time zone. */
  moved: RowOfBell[];
  /** Their bell should have rung. */
  late: RowOfBell[];
  /** Ids of bells that no schedule has which is on. */
  stale: string[];
}

/** A bell this long behind has lost its ring, or its listener in the act; it is hung again. */
const LATE_MS = 60_000;

/** Keeps one bell at the transport for every schedule that is on. */
@Injectable()
export class ScheduleBells {
  private readonly log = new Logger(ScheduleBells.name);

  constructor(
    private readonly scheduler: JobScheduler,
    private readonly ticks: ScheduleTickRepository,
  ) {}

  /**
   * Hangs or takes down the bell of a schedule that was just saved. Never throws: a transport that is away is made good
   * by {@link reconcile}, and until then due schedules are found by their rows.
   */
  async follow(row: RowOfBell & Pick<ScheduleRow, 'enabled'>): Promise<void> {
    try {
      if (row.enabled) await this.hang(row);
      else await this.scheduler.takeDown(row.id);
    } catch (error) {
      this.log.warn(`the bell of schedule ${row.id} does not follow yet: ${nameOf(error)}`);
    }
  }

  /** Whether there are as many bells as schedules that are on; cheap, for a look between two reconciliations. */
  async complete(): Promise<boolean> {
    return (await this.scheduler.count()) === (await this.ticks.countEnabled());
  }

  async differences(now: Date): Promise<BellDifferences> {
    // Bells first: a schedule saved between the two reads is then hung twice, and never taken down.
    const bells = new Map((await this.scheduler.bells()).map((bell) => [bell.id, bell]));
    const rows = await this.ticks.enabled();
    const differences: BellDifferences = { missing: [], moved: [], late: [], stale: [] };
    for (const row of rows) {
      const bell = bells.get(row.id);
      bells.delete(row.id);
      if (!bell) differences.missing.push(row);
      else if (bell.cron !== row.cron || bell.timeZone !== row.time_zone) differences.moved.push(row);
      else if (bell.nextAt.getTime() <= now.getTime() - LATE_MS) differences.late.push(row);
    }
    differences.stale.push(...bells.keys());
    return differences;
  }

  /** Makes the bells what the rows say, whatever was lost or left over; writes only what differs. */
  async reconcile(now: Date): Promise<{ hung: number; takenDown: number }> {
    const { missing, moved, late, stale } = await this.differences(now);
    const astray = [...missing, ...moved, ...late];
    for (const row of astray) await this.hang(row);
    for (const id of stale) await this.scheduler.takeDown(id);
    return { hung: astray.length, takenDown: stale.length };
  }

  private hang({ id, cron, time_zone: timeZone }: RowOfBell): Promise<void> {
    return this.scheduler.hang({ id, cron, timeZone });
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
