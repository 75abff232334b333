import { createRoute } from '@tanstack/react-router';
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
} from '../api/policies';
import { overviewQuery } from '../api/overview';
import { newestSyncQuery, syncRunQuery } from '../api/sync-runs';
import { limitOf, picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';
import { aMoment } from './router-context';

const policiesSearch = picked(
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

export const policiesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies',
  validateSearch: policiesSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ cause, context: { ahead }, params: { tenantId }, deps: { cursor, sort, limit, ...filters } }) =>
    aMoment(cause, [
      ahead(policiesQuery(tenantId, { ...filters, sort, cursor }, limitOf(limit))),
      ahead(policyFacetsQuery(tenantId, filters)),
      ahead(newestSyncQuery(tenantId)),
      ahead(policyTypesQuery(tenantId)),
      ahead(overviewQuery(tenantId)),
    ]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/policies'], 'PoliciesPage'),
});

const policySearch = picked('tab');

export const policyRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId',
  validateSearch: policySearch,
  loaderDeps: ({ search: { tab } }) => ({ tab }),
  loader: ({ cause, context: { ahead }, params: { tenantId, policyId }, deps: { tab } }) =>
    aMoment(cause, [
      ahead(policyQuery(tenantId, policyId)),
      ahead(policyDependenciesQuery(tenantId, policyId)),
      ...(tab === 'versions'
        ? [ahead(policyVersionsQuery(tenantId, policyId))]
        : [ahead(settingNamesQuery(tenantId, policyId)), ahead(referredPoliciesQuery(tenantId))]),
    ]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/policies/$policyId'], 'PolicyPage'),
});

const compareVersionsSearch = picked('from', 'to', 'show');

export const compareVersionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId/compare',
  validateSearch: compareVersionsSearch,
  loaderDeps: ({ search: { from, to } }) => ({ from, to }),
  loader: ({ cause, context: { ahead }, params: { tenantId, policyId }, deps: { from, to } }) => {
    const reads = [
      ahead(policyQuery(tenantId, policyId)),
      ahead(policyVersionsQuery(tenantId, policyId)),
      ahead(referredPoliciesQuery(tenantId)),
    ];
    if (from !== undefined && to !== undefined) {
      reads.push(ahead(settingNamesQuery(tenantId, policyId, [from, to])));
      for (const version of [from, to]) reads.push(ahead(policyVersionQuery(tenantId, policyId, version)));
    }
    return aMoment(cause, reads);
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/policies/$policyId/compare'], 'CompareVersionsPage'),
});

export const interchangeRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/exchange',
  validateSearch: picked('type', 'q'),
  loader: ({ cause, context: { ahead }, params: { tenantId } }) => aMoment(cause, [ahead(newestSyncQuery(tenantId))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/exchange'], 'InterchangePage'),
});

export const syncRunRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/sync-runs/$syncRunId',
  loader: ({ cause, context: { ahead }, params: { tenantId, syncRunId } }) =>
    aMoment(cause, [ahead(syncRunQuery(tenantId, syncRunId))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/sync-runs/$syncRunId'], 'SyncRunPage'),
});
