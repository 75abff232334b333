import { createRoute } from '@tanstack/react-router';
import { microsoftAccountsQuery, microsoftSignInQuery, sessionsQuery } from '../api/account';
import { apiTokensQuery } from '../api/api-tokens';
import { notePageQuery } from '../api/notifications';
import { picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';

// The person's own, in all tenants.

export const profileRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/profile',
  loader: ({ context }) => {
    context.ahead(sessionsQuery);
    context.ahead(microsoftAccountsQuery);
    context.ahead(microsoftSignInQuery);
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/account/profile'], 'ProfilePage'),
});

const apiTokensSearch = picked('cursor');

export const apiTokensRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/api-tokens',
  validateSearch: apiTokensSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context, deps: { cursor } }) => context.ahead(apiTokensQuery(cursor)),
  component: lazyPage(PAGE_CODE['/t/$tenantId/account/api-tokens'], 'ApiTokensPage'),
});

const notificationsSearch = picked('show', 'cursor');

export const notificationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/notifications',
  validateSearch: notificationsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { show, cursor } }) => context.ahead(notePageQuery(show === 'unread', cursor)),
  component: lazyPage(PAGE_CODE['/t/$tenantId/notifications'], 'NotificationsPage'),
});
