import { Injectable, Logger } from '@nestjs/common';
import { JobScheduler, type HangingBell } from '../../platform/queue/job-scheduler.js';
import type { ScheduleRow } from './data/schedule-row.js';
import { ScheduleTickRepository } from './data/schedule-tick.repository.js';

type RowOfBell = Pick<ScheduleRow, 'id' | 'cron' | 'time_zone'>;

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

  /** Makes the bells what the rows say, whatever was lost or left over; writes only what differs. */
  async reconcile(now: Date): Promise<{ hung: number; takenDown: number }> {
    // Bells first: a schedule saved between the two reads is then hung twice, and never taken down.
    const bells = new Map((await this.scheduler.bells()).map((bell) => [bell.id, bell]));
    const rows = await this.ticks.enabled();
    const astray = rows.filter((row) => !rings(bells.get(row.id), row, now));
    for (const row of astray) await this.hang(row);
    const known = new Set(rows.map(({ id }) => id));
    const stale = [...bells.keys()].filter((id) => !known.has(id));
    for (const id of stale) await this.scheduler.takeDown(id);
    return { hung: astray.length, takenDown: stale.length };
  }

  private hang({ id, cron, time_zone: timeZone }: RowOfBell): Promise<void> {
    return this.scheduler.hang({ id, cron, timeZone });
  }
}

function rings(bell: HangingBell | undefined, row: RowOfBell, now: Date): boolean {
  return (
    bell !== undefined &&
    bell.cron === row.cron &&
    bell.timeZone === row.time_zone &&
    bell.nextAt.getTime() > now.getTime() - LATE_MS
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
