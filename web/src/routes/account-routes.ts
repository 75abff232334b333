import { createRoute } from '@tanstack/react-router';
import { microsoftAccountsQuery, microsoftSignInQuery, sessionsQuery } from '../api/account';
import { apiTokensQuery } from '../api/api-tokens';
import { notePageQuery } from '../api/notifications';
import { picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';
import { aMoment } from './router-context';

// The person's own, in all tenants.

export const profileRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/profile',
  loader: ({ cause, context: { ahead } }) =>
    aMoment(cause, [ahead(sessionsQuery), ahead(microsoftAccountsQuery), ahead(microsoftSignInQuery)]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/account/profile'], 'ProfilePage'),
});

const apiTokensSearch = picked('cursor');

export const apiTokensRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/api-tokens',
  validateSearch: apiTokensSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ cause, context: { ahead }, deps: { cursor } }) => aMoment(cause, [ahead(apiTokensQuery(cursor))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/account/api-tokens'], 'ApiTokensPage'),
});

const notificationsSearch = picked('show', 'cursor');

export const notificationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/notifications',
  validateSearch: notificationsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ cause, context: { ahead }, deps: { show, cursor } }) =>
    aMoment(cause, [ahead(notePageQuery(show === 'unread', cursor))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/notifications'], 'NotificationsPage'),
});
