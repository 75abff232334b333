import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';

export interface PolicySummary {
  id: string;
  /** Stable key, e.g. `settingsCatalog`. */
  type: string;
  typeLabel: string;
  category: string;
  platform: string | null;
  name: string;
  externalId: string;
  versionId: string;
  /** Whether it is in the tenant, as far as the last sync saw. */
  present: boolean;
  /** Whether it was read to the end. */
  complete: boolean;
  firstSeenAt: string;
  changedAt: string;
  removedAt: string | null;
}

export interface Completeness {
  settingsExpected: number | null;
  settingsStored: number;
  assignmentsRead: boolean;
  secretsMasked: number;
  complete: boolean;
}

export interface PolicySetting {
  settingDefinitionId: string;
  value: unknown;
}

export interface PolicyAssignment {
  target: string;
  groupId?: string;
  collectionId?: string;
  filterId?: string;
  filterType?: string;
}

export interface Policy extends PolicySummary {
  description: string | null;
  versionCount: number;
  completeness: Completeness;
  settings: PolicySetting[];
  properties: Record<string, unknown>;
  assignments: PolicyAssignment[];
}

export interface PolicyVersion {
  id: string;
  name: string;
  completeness: Completeness;
  current: boolean;
  createdAt: string;
}

/** A kind of policy that TenantAtlas reads. */
export interface PolicyType {
  key: string;
  label: string;
  category: string;
  /** The application permission that reading needs. */
  permission: string;
}

export interface PolicyFilters {
  type?: string;
  q?: string;
  cursor?: string;
}

const LARGEST_PAGE = 100;

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/inventory/policies`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'policies', ...rest];

/** By name. */
export function policiesQuery(tenantId: string, filters: PolicyFilters) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'list', filters),
    queryFn: ({ signal }) => get<Page<PolicySummary>>(pathOf(tenantId), { ...filters, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The same list, page after page into one, for choosing from it. */
export function policyChoicesQuery(tenantId: string, filters: { type?: string; q?: string }) {
  return infiniteQueryOptions({
    queryKey: keyOf(tenantId, 'choices', filters),
    queryFn: ({ pageParam, signal }) =>
      get<Page<PolicySummary>>(pathOf(tenantId), { ...filters, cursor: pageParam, limit: LARGEST_PAGE }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function policyQuery(tenantId: string, policyId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, policyId, 'policy'),
    queryFn: ({ signal }) => get<Policy>(`${pathOf(tenantId)}/${policyId}`, {}, signal),
  });
}

/** Newest first. */
export function policyVersionsQuery(tenantId: string, policyId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, policyId, 'versions'),
    queryFn: ({ signal }) =>
      get<Page<PolicyVersion>>(`${pathOf(tenantId)}/${policyId}/versions`, { limit: LARGEST_PAGE }, signal),
  });
}

export function policyTypesQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...tenantKey(tenantId), 'policy-types'],
    queryFn: ({ signal }) => get<Page<PolicyType>>(`/tenants/${tenantId}/inventory/policy-types`, {}, signal),
    staleTime: Infinity,
    refetchInterval: false,
  });
}
