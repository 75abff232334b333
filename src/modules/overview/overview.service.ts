import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import type { OverviewDto } from './http/overview.dto.js';
import { OverviewClock } from './overview-clock.js';
import { TenantActivity } from './tenant-activity.js';
import { TenantHealth } from './tenant-health.js';
import { trendDays } from './trend-days.js';

const TREND_DAYS = 30;

/** Sums up what the modules know of a tenant. It keeps nothing itself. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly clock: OverviewClock,
    private readonly health: TenantHealth,
    private readonly activity: TenantActivity,
  ) {}

  /** The tenant at a glance, its parts read at about the same moment. */
  async of(scope: TenantScope): Promise<OverviewDto> {
    const days = trendDays(this.clock.now(), TREND_DAYS);
    const [{ connection, lastSync, policies, drift, backups }, { active, schedules, completed }] = await Promise.all([
      this.health.of(scope, days),
      this.activity.of(scope, days),
    ]);
    const { open, openBySeverity, openPerDay, lastComparison, missing } = drift;
    return {
      connection,
      lastSync,
      policies: policies.now,
      drift: { open, openBySeverity, lastComparison, missing },
      backups,
      activeRuns: active,
      schedules,
      trend: days.map((day, at) => ({
        day,
        runs: completed[at] ?? { succeeded: 0, partiallySucceeded: 0, failed: 0, cancelled: 0 },
        openFindings: openPerDay[at] ?? null,
        policies: policies.perDay[at] ?? null,
      })),
    };
  }
}
