import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router';
import { notesQuery } from '../api/notifications';
import { activeRunsQuery } from '../api/operations';
import { entraQuery, meQuery } from '../api/session';
import { HomePage } from '../pages/home-page';
import { NotFoundPage } from '../pages/not-found-page';
import { RootCrashPage, RootNotFoundPage } from '../pages/root-pages';
import { picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { TenantLayout } from '../shell/tenant-layout';
import { PAGE_CODE } from './page-code';
import { aMoment, type RouterContext } from './router-context';

// Pages outside of a tenant, and the frame of those inside.

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: RootNotFoundPage,
  errorComponent: RootCrashPage,
});

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: ({ cause, context: { ahead } }) => aMoment(cause, [ahead(meQuery)]),
  component: HomePage,
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: picked('returnTo', 'problem'),
  loader: ({ cause, context: { ahead } }) => aMoment(cause, [ahead(entraQuery)]),
  component: lazyPage(PAGE_CODE['/sign-in'], 'SignInPage'),
});

export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyPage(PAGE_CODE['/invitation'], 'InvitationPage'),
});

export const tenantRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/t/$tenantId',
  loader: ({ cause, context: { ahead }, params: { tenantId } }) => {
    void ahead(notesQuery);
    return aMoment(cause, [ahead(meQuery), ahead(activeRunsQuery(tenantId))]);
  },
  component: TenantLayout,
  notFoundComponent: NotFoundPage,
  errorComponent: RootCrashPage,
});
