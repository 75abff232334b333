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
  loader: ({ context, params: { tenantId }, deps }) => {
    const { cursor, limit, baseline, current, kind, status, severity, baselineRunId, currentRunId } = deps;
    const filters = { kind, status, severity, baselineRunId, currentRunId };
    context.ahead(driftStatusQuery(tenantId, { baselineRunId: baseline, currentRunId: current }));
    context.ahead(findingsQuery(tenantId, { ...filters, cursor }, limitOf(limit)));
    context.ahead(syncRunsQuery(tenantId));
    context.ahead(overviewQuery(tenantId));
    context.ahead(policyTypesQuery(tenantId));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/drift/findings'], 'FindingsPage'),
});

export const findingRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/drift/findings/$findingId',
  validateSearch: picked('show'),
  loader: ({ context, params: { tenantId, findingId } }) => {
    context.ahead(findingQuery(tenantId, findingId));
    context.ahead(policyTypesQuery(tenantId));
    context.ahead(referredPoliciesQuery(tenantId));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/drift/findings/$findingId'], 'FindingPage'),
});

const backupSetsSearch = picked('cursor');

export const backupSetsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets',
  validateSearch: backupSetsSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context, params: { tenantId }, deps: { cursor } }) => {
    context.ahead(backupSetsQuery(tenantId, cursor));
    context.ahead(overviewQuery(tenantId));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/backup-sets'], 'BackupSetsPage'),
});

const backupSetSearch = picked('cursor');

export const backupSetRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets/$backupSetId',
  validateSearch: backupSetSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context, params: { tenantId, backupSetId }, deps: { cursor } }) => {
    context.ahead(backupSetQuery(tenantId, backupSetId));
    context.ahead(backupSetItemsQuery(tenantId, backupSetId, cursor));
    context.ahead(overviewQuery(tenantId));
    context.ahead(policyTypesQuery(tenantId));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/backup-sets/$backupSetId'], 'BackupSetPage'),
});
