import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import { tenantKey } from './keys';
import type { StartedRun } from './operations';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

export type Finding = Schema<'FindingDto'>;

/** As a list shows it: with as much evidence as says what it is about. */
export type ListedFinding = Schema<'ListedFindingDto'>;

export type EvidenceChange = Schema<'EvidenceChangeDto'>;

export type FindingKind = Finding['kind'];
export const FINDING_KINDS = [
  'policy.added',
  'policy.removed',
  'policy.changed',
  'policy.renamed',
  'policy.recreated',
  'assignment.changed',
] as const satisfies readonly FindingKind[];

export type FindingStatus = Finding['status'];
export const FINDING_STATUSES = [
  'new',
  'acknowledged',
  'accepted',
  'resolved',
  'reopened',
] as const satisfies readonly FindingStatus[];

export type FindingSeverity = Finding['severity'];
export const FINDING_SEVERITIES = ['high', 'medium', 'low'] as const satisfies readonly FindingSeverity[];

export type ComparableRun = Schema<'ComparableRunDto'>;

export type DriftStatus = Schema<'DriftStatusDto'>;

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

/** Two sync runs to compare; what is left out is chosen by the server. */
export interface ComparedRuns {
  baselineRunId?: string | undefined;
  currentRunId?: string | undefined;
}

/** What a comparison of these runs would compare and leave out. */
export function driftStatusQuery(tenantId: string, runs: ComparedRuns = {}) {
  return queryOptions({
    queryKey: [...driftKey(tenantId), 'status', runs],
    queryFn: ({ signal }) => get<DriftStatus>(`${pathOf(tenantId)}/status`, { ...runs }, signal),
    placeholderData: keepPreviousData,
    // A sync that ends makes it possible or changes what is compared, so the page must not wait for a reload.
    refetchInterval: (query: { state: { data?: DriftStatus | undefined } }) =>
      query.state.data?.ready === true ? 15_000 : 3_000,
  });
}

/** Newest first. @param limit rows of a page, 100 at most */
export function findingsQuery(tenantId: string, filters: FindingFilters, limit = PAGE_SIZE) {
  return queryOptions({
    queryKey: [...driftKey(tenantId), 'findings', filters, limit],
    queryFn: ({ signal }) => get<Page<ListedFinding>>(`${pathOf(tenantId)}/findings`, { ...filters, limit }, signal),
    placeholderData: keepPreviousData,
  });
}

export function findingQuery(tenantId: string, findingId: string) {
  return queryOptions({
    queryKey: [...driftKey(tenantId), 'finding', findingId],
    queryFn: ({ signal }) => get<Finding>(`${pathOf(tenantId)}/findings/${findingId}`, {}, signal),
  });
}

export function generateDrift(tenantId: string, runs: ComparedRuns = {}): Promise<StartedRun> {
  return post(`${pathOf(tenantId)}/generate`, runs);
}

/**
 * Acknowledges all of `ids` (at most 500) or none; those that were past it already are `unchanged`.
 * @param reason 500 characters at most; empty for none
 */
export function acknowledgeFindings(
  tenantId: string,
  ids: readonly string[],
  reason: string,
): Promise<Schema<'AcknowledgedDto'>> {
  return post(`${pathOf(tenantId)}/findings/acknowledge`, { ids, ...(reason === '' ? {} : { reason }) });
}
