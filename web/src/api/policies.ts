import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { EvidenceChange } from './findings';
import { get } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';
import type { CoverageState } from './sync-runs';

/** A type that Graph gives no assignments is `not_assignable`. */
export type AssignmentState = 'assigned' | 'unassigned' | 'not_assignable';

export interface PolicySummary {
  id: string;
  /** Stable key, e.g. `settingsCatalog`. */
  type: string;
  typeLabel: string;
  category: string;
  /** `windows`, `macOS`, ...; several are separated by commas. */
  platform: string | null;
  name: string;
  externalId: string;
  versionId: string;
  /** Whether it is in the tenant, as far as the last sync saw. */
  present: boolean;
  /** Whether it was read to the end. */
  complete: boolean;
  description: string | null;
  /** How the newest sync could read it. */
  coverageState: CoverageState;
  assignment: AssignmentState;
  scopeTagIds: string[];
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
  intent?: string;
}

/** How the newest sync read the policy's type; `reason` is there whenever `reasonCode` is. */
export interface NewestCoverage {
  state: CoverageState;
  reasonCode: string | null;
  reason?: string;
  syncRunId: string;
  at: string;
}

export interface Policy extends PolicySummary {
  versionCount: number;
  completeness: Completeness;
  settings: PolicySetting[];
  properties: Record<string, unknown>;
  assignments: PolicyAssignment[];
  coverage: NewestCoverage | null;
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

/** Several values of one filter are separated by commas: any of them; of several filters, all hold. */
export interface PolicyFilters {
  type?: string;
  category?: string;
  platform?: string;
  coverage?: string;
  assignment?: string;
  scopeTag?: string;
  q?: string;
  /** `true`: also policies that are not in the tenant any more. */
  includeRemoved?: string;
}

export interface PolicyListFilters extends PolicyFilters {
  /** `name`, which is left out, or `changed`. */
  sort?: string;
  cursor?: string;
}

export interface FacetValue {
  value: string;
  label: string;
  /** Policies that have it, under the filters of the other facets. */
  count: number;
}

export type PolicyFacet = 'type' | 'category' | 'platform' | 'coverage' | 'assignment' | 'scopeTag';

/** What the list could be narrowed to; `total` is what matches all filters. */
export type PolicyFacets = Record<PolicyFacet, FacetValue[]> & { total: number };

/** Something that a policy refers to, or a policy that refers to it. */
export interface PolicyDependency {
  /** A policy type, or `group`, `user`, `application`, `role`, `policyTemplate`. */
  type: string;
  externalId: string;
  /** `assignment`, `exclusion`, `assignmentFilter`, `scopeTag`, `template`, else the path of the property. */
  via: string;
  policyId: string | null;
  name: string | null;
  /** Whether the tenant still has it; null when not known. */
  present: boolean | null;
}

export interface PolicyDependencies {
  uses: PolicyDependency[];
  usedBy: PolicyDependency[];
}

/** What people call a setting and the choices that a policy makes in it, by their value. */
export interface SettingName {
  settingDefinitionId: string;
  name: string;
  choices: Record<string, string>;
}

export interface PolicyDiff {
  from: PolicyVersion;
  to: PolicyVersion;
  /** Empty for equal content. */
  changes: EvidenceChange[];
}

const LARGEST_PAGE = 100;

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/inventory/policies`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'policies', ...rest];

/** By name, or what changed last first. */
export function policiesQuery(tenantId: string, filters: PolicyListFilters) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'list', filters),
    queryFn: ({ signal }) => get<Page<PolicySummary>>(pathOf(tenantId), { ...filters, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

export function policyFacetsQuery(tenantId: string, filters: PolicyFilters) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'facets', filters),
    queryFn: ({ signal }) => get<PolicyFacets>(`${pathOf(tenantId)}/facets`, { ...filters }, signal),
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

export function policyDependenciesQuery(tenantId: string, policyId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, policyId, 'dependencies'),
    queryFn: ({ signal }) => get<PolicyDependencies>(`${pathOf(tenantId)}/${policyId}/dependencies`, {}, signal),
  });
}

/** Of the settings of the current version, those that are known. */
export function settingNamesQuery(tenantId: string, policyId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, policyId, 'setting-names'),
    queryFn: ({ signal }) => get<Page<SettingName>>(`${pathOf(tenantId)}/${policyId}/setting-names`, {}, signal),
    refetchInterval: false,
  });
}

/** What differs from one version to another; two versions never change. */
export function policyDiffQuery(tenantId: string, policyId: string, from: string, to: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, policyId, 'diff', from, to),
    queryFn: ({ signal }) => get<PolicyDiff>(`${pathOf(tenantId)}/${policyId}/diff`, { from, to }, signal),
    staleTime: Infinity,
    refetchInterval: false,
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
