import { queryOptions } from '@tanstack/react-query';
import { get } from './client';
import type { FindingSeverity } from './findings';
import { tenantKey } from './keys';
import type { CoverageState } from './sync-runs';

/** How the tenant is connected, as every member may know it; `tested` is null until the credential was tested. */
export interface ConnectionState {
  kind: 'secret' | 'certificate';
  setAt: string;
  tested: { works: boolean; message: string; nextStep: string; at: string } | null;
}

export interface CoverageGap {
  type: string;
  label: string;
  state: Exclude<CoverageState, 'read'>;
  reason: string | null;
}

export interface LastSync {
  id: string;
  operationRunId: string;
  outcome: 'succeeded' | 'partially_succeeded' | 'failed';
  startedAt: string;
  finishedAt: string;
  /** Whether it was to read everything that is supported. */
  wholeTenant: boolean;
  policies: number;
  versionsWritten: number;
  coverage: {
    words: string;
    types: number;
    byState: Record<CoverageState, number>;
    /** Ten at most. */
    gaps: CoverageGap[];
  };
}

export interface DriftSummary {
  /** Findings that wait for a decision: new or reopened. */
  open: number;
  openBySeverity: Record<FindingSeverity, number>;
  lastComparison: { runId: string; outcome: string; at: string; newFindings: number | null } | null;
  /** What is missing before drift can be generated; null when nothing is. */
  missing: string | null;
}

export interface BackupSummary {
  hasSets: boolean;
  hasPolicies: boolean;
  lastComplete: { id: string; name: string; policies: number; takenAt: string } | null;
}

export interface ComingTick {
  scheduleId: string;
  name: string;
  kind: string;
  label: string;
  at: string;
  lastRefused: boolean;
}

export interface RunCounts {
  succeeded: number;
  partiallySucceeded: number;
  failed: number;
  cancelled: number;
}

/** One day in UTC, `yyyy-mm-dd`; null where nothing is known of it. */
export interface TrendDay {
  day: string;
  runs: RunCounts;
  openFindings: number | null;
  policies: number | null;
}

export interface Overview {
  connection: ConnectionState | null;
  lastSync: LastSync | null;
  /** Policies that the tenant has, as far as is known. */
  policies: number;
  drift: DriftSummary;
  backups: BackupSummary;
  schedules: ComingTick[];
  /** 30 days, oldest first, the last of them today. */
  trend: TrendDay[];
}

export const overviewKey = (tenantId: string): readonly string[] => [...tenantKey(tenantId), 'overview'];

/** Health, what comes next and 30 days of trend, in one request. What runs now is live: see `activeRunsQuery`. */
export function overviewQuery(tenantId: string) {
  return queryOptions({
    queryKey: overviewKey(tenantId),
    queryFn: ({ signal }) => get<Overview>(`/tenants/${tenantId}/overview`, {}, signal),
  });
}
