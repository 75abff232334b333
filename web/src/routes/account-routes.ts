import { createRoute } from '@tanstack/react-router';
import { lazyFramedPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import {
  apiTokensReads,
  apiTokensSearch,
  notificationsReads,
  notificationsSearch,
  profileReads,
} from './reads/account-reads';
import { tenantRoute } from './root-routes';

// The person's own, in all tenants.

export const profileRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/profile',
  loader: ({ context, cause }) => context.load(cause, profileReads()),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/account/profile'], 'ProfilePage'),
});

export const apiTokensRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/api-tokens',
  validateSearch: apiTokensSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, apiTokensReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/account/api-tokens'], 'ApiTokensPage'),
});

export const notificationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/notifications',
  validateSearch: notificationsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, notificationsReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/notifications'], 'NotificationsPage'),
});
