import { createRoute } from '@tanstack/react-router';
import { backupSetItemsQuery, backupSetQuery, backupSetsQuery } from '../api/backup-sets';
import { driftStatusQuery, findingQuery, findingsQuery } from '../api/findings';
import { overviewQuery } from '../api/overview';
import { policyTypesQuery, referredPoliciesQuery } from '../api/policies';
import { syncRunsQuery } from '../api/sync-runs';
import { limitOf, picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';
import { aMoment } from './router-context';

// Drift, and the backup sets that a tenant is brought back from.

const findingsSearch = picked(
  'kind',
  'status',
  'severity',
  'baselineRunId',
  'currentRunId',
  'baseline',
  'current',
  'group',
  'limit',
  'cursor',
);

export const findingsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/drift/findings',
  validateSearch: findingsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ cause, context: { ahead }, params: { tenantId }, deps }) => {
    const { cursor, limit, baseline, current, kind, status, severity, baselineRunId, currentRunId } = deps;
    const filters = { kind, status, severity, baselineRunId, currentRunId };
    return aMoment(cause, [
      ahead(driftStatusQuery(tenantId, { baselineRunId: baseline, currentRunId: current })),
      ahead(findingsQuery(tenantId, { ...filters, cursor }, limitOf(limit))),
      ahead(syncRunsQuery(tenantId)),
      ahead(overviewQuery(tenantId)),
      ahead(policyTypesQuery(tenantId)),
    ]);
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/drift/findings'], 'FindingsPage'),
});

export const findingRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/drift/findings/$findingId',
  validateSearch: picked('show'),
  loader: ({ cause, context: { ahead }, params: { tenantId, findingId } }) =>
    aMoment(cause, [
      ahead(findingQuery(tenantId, findingId)),
      ahead(policyTypesQuery(tenantId)),
      ahead(referredPoliciesQuery(tenantId)),
    ]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/drift/findings/$findingId'], 'FindingPage'),
});

const backupSetsSearch = picked('cursor');

export const backupSetsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets',
  validateSearch: backupSetsSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ cause, context: { ahead }, params: { tenantId }, deps: { cursor } }) =>
    aMoment(cause, [ahead(backupSetsQuery(tenantId, cursor)), ahead(overviewQuery(tenantId))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/backup-sets'], 'BackupSetsPage'),
});

const backupSetSearch = picked('cursor');

export const backupSetRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets/$backupSetId',
  validateSearch: backupSetSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ cause, context: { ahead }, params: { tenantId, backupSetId }, deps: { cursor } }) =>
    aMoment(cause, [
      ahead(backupSetQuery(tenantId, backupSetId)),
      ahead(backupSetItemsQuery(tenantId, backupSetId, cursor)),
      ahead(overviewQuery(tenantId)),
      ahead(policyTypesQuery(tenantId)),
    ]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/backup-sets/$backupSetId'], 'BackupSetPage'),
});
