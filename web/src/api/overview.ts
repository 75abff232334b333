import { queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import type { Schema } from './schemas';

/** How the tenant is connected, as every member may know it; `tested` is null until the credential was tested. */
export type ConnectionState = Schema<'ConnectionStateDto'>;

export type CoverageGap = Schema<'CoverageGapDto'>;

/** The newest sync that has come to its end. */
export type LastSync = Schema<'LastSyncDto'>;

export type DriftSummary = Schema<'DriftSummaryDto'>;

export type BackupSummary = Schema<'BackupSummaryDto'>;

export type ComingTick = Schema<'ComingTickDto'>;

export type RunCounts = Schema<'RunCountsDto'>;

/** One day in UTC, `yyyy-mm-dd`; null where nothing is known of it. */
export type TrendDay = Schema<'TrendDayDto'>;

export type Overview = Schema<'OverviewDto'>;

export const overviewKey = (tenantId: string): readonly string[] => [...tenantKey(tenantId), 'overview'];

/** Health, what comes next and 30 days of trend, in one request. What runs now is live: see `activeRunsQuery`. */
export function overviewQuery(tenantId: string) {
  return queryOptions({
    queryKey: overviewKey(tenantId),
    queryFn: ({ signal }) => get<Overview>(`/tenants/${tenantId}/overview`, {}, signal),
  });
}
