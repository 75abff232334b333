import { overviewQuery } from '../../api/overview';
import {
  policiesQuery,
  policyDependenciesQuery,
  policyFacetsQuery,
  policyQuery,
  policyTypesQuery,
  policyVersionQuery,
  policyVersionsQuery,
  referredPoliciesQuery,
  settingNamesQuery,
} from '../../api/policies';
import { newestSyncQuery, syncRunQuery } from '../../api/sync-runs';
import { limitOf, picked } from '../../search-params';
import { read, type InTenant, type Read, type Search } from './read';

type OfPolicy = InTenant & { policyId: string };

export const policiesSearch = picked(
  'type',
  'category',
  'platform',
  'coverage',
  'assignment',
  'scopeTag',
  'q',
  'includeRemoved',
  'sort',
  'limit',
  'cursor',
);

export function policiesReads({ tenantId }: InTenant, search: Search): Read[] {
  const { cursor, sort, limit, ...filters } = policiesSearch(search);
  return [
    read(policiesQuery(tenantId, { ...filters, sort, cursor }, limitOf(limit))),
    read(policyFacetsQuery(tenantId, filters)),
    read(newestSyncQuery(tenantId)),
    read(policyTypesQuery(tenantId)),
    read(overviewQuery(tenantId)),
  ];
}

export const policySearch = picked('tab', 'form', 'find');

export function policyReads({ tenantId, policyId }: OfPolicy, search: Search): Read[] {
  const onTab =
    policySearch(search).tab === 'versions'
      ? [read(policyVersionsQuery(tenantId, policyId))]
      : [read(settingNamesQuery(tenantId, policyId))];
  return [read(policyQuery(tenantId, policyId)), read(policyDependenciesQuery(tenantId, policyId)), ...onTab];
}

export const compareVersionsSearch = picked('from', 'to', 'show', 'find');

export function compareVersionsReads({ tenantId, policyId }: OfPolicy, search: Search): Read[] {
  const { from, to } = compareVersionsSearch(search);
  const reads = [
    read(policyQuery(tenantId, policyId)),
    read(policyVersionsQuery(tenantId, policyId)),
    read(referredPoliciesQuery(tenantId)),
  ];
  if (from === undefined || to === undefined) return reads;
  return [
    ...reads,
    read(settingNamesQuery(tenantId, policyId, [from, to])),
    ...[from, to].map((version) => read(policyVersionQuery(tenantId, policyId, version))),
  ];
}

export const interchangeReads = ({ tenantId }: InTenant): Read[] => [read(newestSyncQuery(tenantId))];

export const syncRunReads = ({ tenantId, syncRunId }: InTenant & { syncRunId: string }): Read[] => [
  read(syncRunQuery(tenantId, syncRunId)),
];
