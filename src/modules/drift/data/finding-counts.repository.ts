import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { FindingSeverity } from '../finding.js';

/** Findings that came to be, or were acknowledged, on one day in UTC, `yyyy-mm-dd`. */
export interface FindingDayRow {
  day: string;
  created: number;
  acknowledged: number;
}

/** Counts of a tenant's findings; each is answered by an index without the findings. */
@Injectable()
export class FindingCountsRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Those that wait for a decision, by severity; a severity without any is left out. */
  open(scope: TenantScope): Promise<{ severity: FindingSeverity; findings: number }[]> {
    return this.database.query(
      scope,
      `SELECT severity, count(*)::integer AS findings FROM drift_findings
       WHERE tenant_id = $1 AND status IN ('new', 'reopened') GROUP BY severity`,
    );
  }

  /** What came and what was acknowledged per day, from `since`, a day in UTC, on; days without either are left out. */
  since(scope: TenantScope, since: string): Promise<FindingDayRow[]> {
    return this.database.query<FindingDayRow>(
      scope,
      `SELECT day::text AS day, sum(created)::integer AS created, sum(acknowledged)::integer AS acknowledged FROM (
         SELECT (created_at AT TIME ZONE 'UTC')::date AS day, count(*) AS created, 0 AS acknowledged
         FROM drift_findings WHERE tenant_id = $1 AND created_at >= $2::date::timestamp AT TIME ZONE 'UTC' GROUP BY 1
         UNION ALL
         SELECT (acknowledged_at AT TIME ZONE 'UTC')::date, 0, count(*)
         FROM drift_findings WHERE tenant_id = $1 AND acknowledged_at >= $2::date::timestamp AT TIME ZONE 'UTC' GROUP BY 1
       ) AS changes GROUP BY day`,
      [since],
    );
  }

  /** The day of the tenant's first finding in UTC, `yyyy-mm-dd`; undefined when it has none. */
  async firstDay(scope: TenantScope): Promise<string | undefined> {
    const [row] = await this.database.query<{ day: string }>(
      scope,
      `SELECT (created_at AT TIME ZONE 'UTC')::date::text AS day FROM drift_findings
       WHERE tenant_id = $1 ORDER BY created_at LIMIT 1`,
    );
    return row?.day;
  }
}
