import { createRoute } from '@tanstack/react-router';
import { picked } from '../search-params';
import { lazyFramedPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import {
  compareVersionsReads,
  compareVersionsSearch,
  interchangeReads,
  policiesReads,
  policiesSearch,
  policyReads,
  policySearch,
  syncRunReads,
} from './reads/inventory-reads';
import { tenantRoute } from './root-routes';

export const policiesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies',
  validateSearch: policiesSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, policiesReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/inventory/policies'], 'PoliciesPage'),
});

export const policyRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId',
  validateSearch: policySearch,
  loaderDeps: ({ search: { tab } }) => ({ tab }),
  loader: ({ context, cause, params, deps }) => context.load(cause, policyReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/inventory/policies/$policyId'], 'PolicyPage'),
});

export const compareVersionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId/compare',
  validateSearch: compareVersionsSearch,
  loaderDeps: ({ search: { from, to } }) => ({ from, to }),
  loader: ({ context, cause, params, deps }) => context.load(cause, compareVersionsReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/inventory/policies/$policyId/compare'], 'CompareVersionsPage'),
});

export const interchangeRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/exchange',
  validateSearch: picked('type', 'q'),
  loader: ({ context, cause, params }) => context.load(cause, interchangeReads(params)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/inventory/exchange'], 'InterchangePage'),
});

export const syncRunRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/sync-runs/$syncRunId',
  loader: ({ context, cause, params }) => context.load(cause, syncRunReads(params)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/inventory/sync-runs/$syncRunId'], 'SyncRunPage'),
});
