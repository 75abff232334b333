import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { ComingTicksRepository } from './data/coming-ticks.repository.js';
import { ScheduleKinds } from './schedule-kinds.js';

/** When a schedule starts its next run; ISO 8601 in UTC. */
export interface ComingTick {
  scheduleId: string;
  name: string;
  kind: string;
  /** The kind's name for people. */
  label: string;
  at: string;
  /** Whether its last tick started nothing, for a reason that stands at the schedule. */
  lastRefused: boolean;
}

/** The door of `schedules` for other modules. */
@Injectable()
export class SchedulesFacade {
  constructor(
    private readonly ticks: ComingTicksRepository,
    private readonly kinds: ScheduleKinds,
  ) {}

  /** The tenant's next ticks, one of each schedule that is on, `most` at most, the nearest first. */
  async comingTicks(scope: TenantScope, most: number): Promise<ComingTick[]> {
    const rows = await this.ticks.next(scope, most);
    return rows.map((row) => ({
      scheduleId: row.id,
      name: row.name,
      kind: row.kind,
      label: this.kinds.describe(row.kind).label,
      at: row.next_tick_at.toISOString(),
      lastRefused: row.last_result === 'refused',
    }));
  }
}
