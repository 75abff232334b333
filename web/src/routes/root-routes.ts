import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router';
import { HomePage } from '../pages/home-page';
import { NotFoundPage } from '../pages/not-found-page';
import { RootCrashPage, RootNotFoundPage } from '../pages/root-pages';
import { picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { TenantLayout } from '../shell/tenant-layout';
import { PAGE_CODE } from './page-code';
import { homeReads, lateTenantReads, signInReads, tenantReads } from './reads/root-reads';
import type { RouterContext } from './router-context';

// Pages outside of a tenant, and the frame of those inside.

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: RootNotFoundPage,
  errorComponent: RootCrashPage,
});

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: ({ context, cause }) => context.load(cause, homeReads()),
  component: HomePage,
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: picked('returnTo', 'problem'),
  loader: ({ context, cause }) => context.load(cause, signInReads()),
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
  loader: ({ context, cause, params }) => {
    void context.load('stay', lateTenantReads());
    return context.load(cause, tenantReads(params));
  },
  component: TenantLayout,
  notFoundComponent: NotFoundPage,
  errorComponent: RootCrashPage,
});
