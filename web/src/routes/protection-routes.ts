import { createRoute } from '@tanstack/react-router';
import { picked } from '../search-params';
import { lazyFramedPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import {
  backupSetReads,
  backupSetSearch,
  backupSetsReads,
  backupSetsSearch,
  findingReads,
  findingsReads,
  findingsSearch,
} from './reads/protection-reads';
import { tenantRoute } from './root-routes';

// Drift, and the backup sets that a tenant is brought back from.

export const findingsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/drift/findings',
  validateSearch: findingsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, findingsReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/drift/findings'], 'FindingsPage'),
});

export const findingRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/drift/findings/$findingId',
  validateSearch: picked('show', 'find'),
  loader: ({ context, cause, params }) => context.load(cause, findingReads(params)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/drift/findings/$findingId'], 'FindingPage'),
});

export const backupSetsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets',
  validateSearch: backupSetsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, backupSetsReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/backup-sets'], 'BackupSetsPage'),
});

export const backupSetRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets/$backupSetId',
  validateSearch: backupSetSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, backupSetReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/backup-sets/$backupSetId'], 'BackupSetPage'),
});
