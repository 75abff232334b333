import { createRoute } from '@tanstack/react-router';
import { runEventsQuery, runQuery, runSummaryQuery } from '../api/operations';
import { overviewQuery } from '../api/overview';
import { policyTypesQuery } from '../api/policies';
import { runItemsQuery } from '../api/run-items';
import { runListQuery } from '../api/run-list';
import { filtersOf, shownSearch } from '../pages/operations/run-search';
import { rememberedWindow } from '../pages/operations/time-window';
import { picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';
import { aMoment } from './router-context';

// The tenant at a glance, and what ran in it.

export const overviewRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/',
  loader: ({ cause, context: { ahead }, params: { tenantId } }) => aMoment(cause, [ahead(overviewQuery(tenantId))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId'], 'OverviewPage'),
});

const operationsSearch = picked('bucket', 'type', 'initiator', 'window', 'from', 'to', 'q', 'limit', 'cursor');

export const operationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/operations',
  validateSearch: operationsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ cause, context: { ahead }, params: { tenantId }, deps }) =>
    aMoment(cause, [
      ahead(runListQuery(tenantId, filtersOf(shownSearch(deps, rememberedWindow())), false)),
      ahead(runSummaryQuery(tenantId)),
    ]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/operations'], 'OperationsPage'),
});

const operationSearch = picked('result', 'reason', 'cursor');

export const operationRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/operations/$runId',
  validateSearch: operationSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ cause, context: { ahead }, params: { tenantId, runId }, deps: { result, reason, cursor } }) =>
    aMoment(cause, [
      ahead(runQuery(tenantId, runId)),
      ahead(runEventsQuery(tenantId, runId)),
      ahead(runItemsQuery(tenantId, runId, { result, reasonCode: reason, cursor })),
      ahead(policyTypesQuery(tenantId)),
    ]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/operations/$runId'], 'OperationPage'),
});
