import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import { tenantKey } from './keys';
import type { StartedRun } from './operations';
import { PAGE_SIZE, type Page } from './page';

export const FINDING_KINDS = [
  'policy.added',
  'policy.removed',
  'policy.changed',
  'policy.renamed',
  'policy.recreated',
  'assignment.changed',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const FINDING_STATUSES = ['new', 'acknowledged', 'accepted', 'resolved', 'reopened'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export const FINDING_SEVERITIES = ['high', 'medium', 'low'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

export interface EvidenceChange {
  path: string;
  settingDefinitionId?: string;
  before: unknown;
  after: unknown;
  change: 'added' | 'removed' | 'changed';
}

export interface Finding {
  id: string;
  kind: FindingKind;
  status: FindingStatus;
  severity: FindingSeverity;
  subjectType: string;
  subjectExternalId: string;
  subjectName: string;
  policyId: string;
  baselineRunId: string;
  currentRunId: string;
  lastSeenAt: string;
  evidence: { changes: EvidenceChange[]; omittedChanges?: number };
  /** Who made the change, or `unknown`. */
  actor: string;
  acknowledgedAt: string | null;
  acknowledgedByName: string | null;
  createdAt: string;
}

export interface ComparableRun {
  id: string;
  outcome: 'succeeded' | 'partially_succeeded';
  finishedAt: string;
}

export interface DriftStatus {
  scopeKey: string;
  ready: boolean;
  syncRuns: number;
  /** What is missing, in words; null when drift can be generated. */
  missing: string | null;
  baseline: ComparableRun | null;
  current: ComparableRun | null;
  notCompared: { type: string; reason: string }[];
}

/** Several values in one filter are separated by commas. */
export interface FindingFilters {
  kind?: string;
  status?: string;
  severity?: string;
  baselineRunId?: string;
  currentRunId?: string;
  cursor?: string;
}

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/drift`;
export const driftKey = (tenantId: string): unknown[] => [...tenantKey(tenantId), 'drift'];

export function driftStatusQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...driftKey(tenantId), 'status'],
    queryFn: ({ signal }) => get<DriftStatus>(`${pathOf(tenantId)}/status`, {}, signal),
    // A sync that ends makes it possible or changes what is compared, so the page must not wait for a reload.
    refetchInterval: (query: { state: { data?: DriftStatus | undefined } }) =>
      query.state.data?.ready === true ? 15_000 : 3_000,
  });
}

export function findingsQuery(tenantId: string, filters: FindingFilters) {
  return queryOptions({
    queryKey: [...driftKey(tenantId), 'findings', filters],
    queryFn: ({ signal }) =>
      get<Page<Finding>>(`${pathOf(tenantId)}/findings`, { ...filters, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

export function findingQuery(tenantId: string, findingId: string) {
  return queryOptions({
    queryKey: [...driftKey(tenantId), 'finding', findingId],
    queryFn: ({ signal }) => get<Finding>(`${pathOf(tenantId)}/findings/${findingId}`, {}, signal),
  });
}

/** Compares the two newest sync runs of the default selection. */
export function generateDrift(tenantId: string): Promise<StartedRun> {
  return post(`${pathOf(tenantId)}/generate`, {});
}

/** Acknowledges all of `ids` (at most 500) or none; those that were past it already are `unchanged`. */
export function acknowledgeFindings(
  tenantId: string,
  ids: readonly string[],
): Promise<{ acknowledged: number; unchanged: number }> {
  return post(`${pathOf(tenantId)}/findings/acknowledge`, { ids });
}
