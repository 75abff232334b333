import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import type { RunView } from '../operations/operation-run.service.js';
import { OperationsFacade } from '../operations/operations.facade.js';
import { RunDaysFacade, type RunsOfDay } from '../operations/run-days.facade.js';
import { SchedulesFacade, type ComingTick } from '../schedules/schedules.facade.js';
import type { ActiveRunDto, RunCountsDto } from './http/overview.dto.js';

const SCHEDULES_SHOWN = 5;

/** What ran, runs and will run. */
export interface ActivityParts {
  active: ActiveRunDto[];
  schedules: ComingTick[];
  /** For each day that was asked for. */
  completed: RunCountsDto[];
}

@Injectable()
export class TenantActivity {
  constructor(
    private readonly operations: OperationsFacade,
    private readonly runDays: RunDaysFacade,
    private readonly schedules: SchedulesFacade,
  ) {}

  /** @param days consecutive days in UTC as `yyyy-mm-dd` */
  async of(scope: TenantScope, days: readonly string[]): Promise<ActivityParts> {
    const [active, completed, schedules] = await Promise.all([
      this.operations.activeRuns(scope),
      this.runDays.completedSince(scope, days[0] ?? ''),
      this.schedules.comingTicks(scope, SCHEDULES_SHOWN),
    ]);
    return { active: active.map(activeRunOf), schedules, completed: days.map((day) => countsOf(completed, day)) };
  }
}

function countsOf(completed: readonly RunsOfDay[], day: string): RunCountsDto {
  const count = (outcome: RunsOfDay['outcome']): number =>
    completed.find((one) => one.day === day && one.outcome === outcome)?.runs ?? 0;
  return {
    succeeded: count('succeeded'),
    partiallySucceeded: count('partially_succeeded'),
    failed: count('failed'),
    cancelled: count('cancelled'),
  };
}

function activeRunOf({ id, type, label, status, bucket, initiatorName, ...run }: RunView): ActiveRunDto {
  const { subject, summaryCounts, createdAt, startedAt } = run;
  const about = subject?.name ?? null;
  return { id, type, label, status, bucket, subject: about, initiatorName, summaryCounts, createdAt, startedAt };
}
