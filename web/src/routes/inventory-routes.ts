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
  loader: ({ context, params: { tenantId }, deps: { cursor, sort, limit, ...filters } }) => {
    context.ahead(policiesQuery(tenantId, { ...filters, sort, cursor }, limitOf(limit)));
    context.ahead(policyFacetsQuery(tenantId, filters));
    context.ahead(newestSyncQuery(tenantId));
    context.ahead(policyTypesQuery(tenantId));
    context.ahead(overviewQuery(tenantId));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/policies'], 'PoliciesPage'),
});

const policySearch = picked('tab');

export const policyRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId',
  validateSearch: policySearch,
  loaderDeps: ({ search: { tab } }) => ({ tab }),
  loader: ({ context, params: { tenantId, policyId }, deps: { tab } }) => {
    context.ahead(policyQuery(tenantId, policyId));
    context.ahead(policyDependenciesQuery(tenantId, policyId));
    if (tab === 'versions') return context.ahead(policyVersionsQuery(tenantId, policyId));
    context.ahead(settingNamesQuery(tenantId, policyId));
    context.ahead(referredPoliciesQuery(tenantId));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/policies/$policyId'], 'PolicyPage'),
});

const compareVersionsSearch = picked('from', 'to', 'show');

export const compareVersionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId/compare',
  validateSearch: compareVersionsSearch,
  loaderDeps: ({ search: { from, to } }) => ({ from, to }),
  loader: ({ context, params: { tenantId, policyId }, deps: { from, to } }) => {
    context.ahead(policyQuery(tenantId, policyId));
    context.ahead(policyVersionsQuery(tenantId, policyId));
    context.ahead(referredPoliciesQuery(tenantId));
    if (from === undefined || to === undefined) return;
    context.ahead(settingNamesQuery(tenantId, policyId, [from, to]));
    for (const version of [from, to]) context.ahead(policyVersionQuery(tenantId, policyId, version));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/policies/$policyId/compare'], 'CompareVersionsPage'),
});

export const interchangeRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/exchange',
  validateSearch: picked('type', 'q'),
  loader: ({ context, params: { tenantId } }) => context.ahead(newestSyncQuery(tenantId)),
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/exchange'], 'InterchangePage'),
});

export const syncRunRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/sync-runs/$syncRunId',
  loader: ({ context, params: { tenantId, syncRunId } }) => context.ahead(syncRunQuery(tenantId, syncRunId)),
  component: lazyPage(PAGE_CODE['/t/$tenantId/inventory/sync-runs/$syncRunId'], 'SyncRunPage'),
});
