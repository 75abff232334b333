import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import {
  cronTimes,
  isCron,
  isTimeZone,
  nextCronTime,
  normalisedCron,
  ticksAtLeastEvery,
} from '../../platform/queue/cron-times.js';
import type { ScheduleRow } from './data/schedule-row.js';
import { ScheduleClock } from './schedule-clock.js';
import { ScheduleKinds, type SchedulePayload } from './schedule-kinds.js';
import { NEXT_RUNS, viewOf } from './schedule-view.js';
import type { ScheduleView } from './schedule.js';
import { BadCron, BadTimeZone, LEAST_MINUTES_BETWEEN_TICKS, TooOften } from './schedules.errors.js';

/** A timing that may be kept. */
export interface Timing {
  cron: string;
  timeZone: string;
  /** The first tick after now. */
  nextTickAt: Date;
}

/** What a schedule may be, and how it looks now. */
@Injectable()
export class ScheduleRules {
  constructor(
    private readonly kinds: ScheduleKinds,
    private readonly clock: ScheduleClock,
  ) {}

  /** @throws BadCron, BadTimeZone, TooOften */
  timing(asked: { cron: string; timeZone: string }): Timing {
    const cron = normalisedCron(asked.cron);
    const { timeZone } = asked;
    if (!isCron(cron)) throw new BadCron();
    if (!isTimeZone(timeZone)) throw new BadTimeZone();
    if (!ticksAtLeastEvery(cron, LEAST_MINUTES_BETWEEN_TICKS)) throw new TooOften();
    return { cron, timeZone, nextTickAt: nextCronTime(cron, timeZone, this.clock.now()) };
  }

  /** The next ticks of a timing, as many as a schedule's view tells. @throws BadCron, BadTimeZone, TooOften */
  preview(asked: { cron: string; timeZone: string }): Date[] {
    const { cron, timeZone } = this.timing(asked);
    return cronTimes(cron, timeZone, this.clock.now(), NEXT_RUNS);
  }

  /** See `ScheduleKinds.check`. */
  checkWork(scope: TenantScope, role: Role, kind: string, payload: SchedulePayload): Promise<void> {
    return this.kinds.check(scope, role, kind, payload);
  }

  view(row: ScheduleRow): ScheduleView {
    return viewOf(row, this.kinds, this.clock.now());
  }
}
