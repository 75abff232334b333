import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

/** A type that Graph gives no assignments is `not_assignable`. */
export type AssignmentState = PolicySummary['assignment'];

export type PolicySummary = Schema<'PolicyDto'>;

export type Completeness = Schema<'CompletenessDto'>;

export type PolicySetting = Schema<'PolicySettingDto'>;

export type PolicyAssignment = Schema<'PolicyAssignmentDto'>;

/** How the newest sync read the policy's type; `reason` is there whenever `reasonCode` is. */
export type NewestCoverage = Schema<'NewestCoverageDto'>;

export type Policy = Schema<'PolicyDetailDto'>;

export type PolicyVersion = Schema<'PolicyVersionDto'>;

export type PolicyVersionDetail = Schema<'PolicyVersionDetailDto'>;

/** A kind of policy that TenantAtlas reads. */
export type PolicyType = Schema<'PolicyTypeDto'>;

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

export type FacetValue = Schema<'FacetValueDto'>;

export type PolicyFacet = 'type' | 'category' | 'platform' | 'coverage' | 'assignment' | 'scopeTag';

/** What the list could be narrowed to; `total` is what matches all filters. */
export type PolicyFacets = Schema<'PolicyFacetsDto'>;

/** Something that a policy refers to, or a policy that refers to it. */
export type PolicyDependency = Schema<'PolicyDependencyDto'>;

export type PolicyDependencies = Schema<'PolicyDependenciesDto'>;

/** What people call a setting and the choices that a policy makes in it, by their value. */
export type SettingName = Schema<'SettingNameDto'>;

const LARGEST_PAGE = 100;
/** Names change rarely, and a stale one still says what is meant. */
const NAMES_STALE_MS = 300_000;
/** Beyond it, names stay ids. */
const MOST_REFERRED = 1_000;

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/inventory/policies`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'policies', ...rest];

/** By name, or what changed last first. @param limit rows of a page, 100 at most */
export function policiesQuery(tenantId: string, filters: PolicyListFilters, limit = PAGE_SIZE) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'list', filters, limit),
    queryFn: ({ signal }) => get<Page<PolicySummary>>(pathOf(tenantId), { ...filters, limit }, signal),
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
export function policyChoicesQuery(tenantId: string, filters: PolicyFilters) {
  return infiniteQueryOptions({
    queryKey: keyOf(tenantId, 'choices', filters),
    queryFn: ({ pageParam, signal }) =>
      get<Page<PolicySummary>>(pathOf(tenantId), { ...filters, cursor: pageParam, limit: LARGEST_PAGE }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/**
 * The ids of all policies that match, `most` at most, page after page.
 * @param onProgress called with how many are known so far
 */
export async function allPolicyIds(
  tenantId: string,
  filters: PolicyFilters,
  most: number,
  onProgress: (known: number) => void,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<PolicySummary> = await get(pathOf(tenantId), { ...filters, cursor, limit: LARGEST_PAGE });
    ids.push(...page.items.map(({ id }) => id));
    onProgress(Math.min(ids.length, most));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && ids.length < most);
  return ids.slice(0, most);
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

/** One version whole. It never changes. */
export function policyVersionQuery(tenantId: string, policyId: string, versionId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, policyId, 'version', versionId),
    queryFn: ({ signal }) =>
      get<PolicyVersionDetail>(`${pathOf(tenantId)}/${policyId}/versions/${versionId}`, {}, signal),
    staleTime: Infinity,
    refetchInterval: false,
  });
}

/** Of the settings of some versions, those that are known; of the current version's when none is named. */
export function settingNamesQuery(tenantId: string, policyId: string, versionIds: readonly string[] = []) {
  return queryOptions({
    queryKey: keyOf(tenantId, policyId, 'setting-names', ...versionIds),
    queryFn: ({ signal }) =>
      get<Page<SettingName>>(
        `${pathOf(tenantId)}/${policyId}/setting-names`,
        { version: versionIds.join(',') },
        signal,
      ),
    refetchInterval: false,
  });
}

/** The tenant's assignment filters and scope tags, whose ids policies refer to; page after page into one. */
export function referredPoliciesQuery(tenantId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'referred'),
    queryFn: async ({ signal }) => {
      const found: PolicySummary[] = [];
      let cursor: string | undefined;
      do {
        const page: Page<PolicySummary> = await get(
          pathOf(tenantId),
          { type: 'assignmentFilter,roleScopeTag', includeRemoved: 'true', cursor, limit: LARGEST_PAGE },
          signal,
        );
        found.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined && found.length < MOST_REFERRED);
      return found;
    },
    staleTime: NAMES_STALE_MS,
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

const SUGGESTED = 6;

/** A few policies by a part of their name; without one, those that changed last. */
export function suggestedPoliciesQuery(tenantId: string, q: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'suggested', q),
    queryFn: ({ signal }) =>
      get<Page<PolicySummary>>(
        pathOf(tenantId),
        { q, sort: q === '' ? 'changed' : undefined, limit: SUGGESTED },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: false,
  });
}
