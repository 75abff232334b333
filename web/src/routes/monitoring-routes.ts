import { createRoute } from '@tanstack/react-router';
import { lazyFramedPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import {
  operationReads,
  operationSearch,
  operationsReads,
  operationsSearch,
  overviewReads,
} from './reads/monitoring-reads';
import { tenantRoute } from './root-routes';

// The tenant at a glance, and what ran in it.

export const overviewRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/',
  loader: ({ context, cause, params }) => context.load(cause, overviewReads(params)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId'], 'OverviewPage'),
});

export const operationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/operations',
  validateSearch: operationsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, operationsReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/operations'], 'OperationsPage'),
});

export const operationRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/operations/$runId',
  validateSearch: operationSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, operationReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/operations/$runId'], 'OperationPage'),
});
