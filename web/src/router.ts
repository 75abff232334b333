import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { NotFoundPage } from './pages/not-found-page';
import { apiTokensRoute, notificationsRoute, profileRoute } from './routes/account-routes';
import { groupRoute, groupsRoute } from './routes/directory-routes';
import {
  compareVersionsRoute,
  interchangeRoute,
  policiesRoute,
  policyRoute,
  syncRunRoute,
} from './routes/inventory-routes';
import { operationRoute, operationsRoute, overviewRoute } from './routes/monitoring-routes';
import { backupSetRoute, backupSetsRoute, findingRoute, findingsRoute } from './routes/protection-routes';
import { homeRoute, invitationRoute, rootRoute, signInRoute, tenantRoute } from './routes/root-routes';
import { routerContext } from './routes/router-context';
import {
  auditRoute,
  channelRoute,
  channelsRoute,
  connectionRoute,
  membersRoute,
  schedulesRoute,
} from './routes/settings-routes';
import { CrashPage } from './ui/crash-page';

const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  invitationRoute,
  tenantRoute.addChildren([
    overviewRoute,
    policiesRoute,
    policyRoute,
    compareVersionsRoute,
    interchangeRoute,
    syncRunRoute,
    findingsRoute,
    findingRoute,
    backupSetsRoute,
    backupSetRoute,
    groupsRoute,
    groupRoute,
    connectionRoute,
    membersRoute,
    schedulesRoute,
    channelsRoute,
    channelRoute,
    auditRoute,
    profileRoute,
    apiTokensRoute,
    notificationsRoute,
    operationsRoute,
    operationRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: routerContext(queryClient),
    defaultPreload: 'intent',
    // A pointer that passes over a link means nothing yet.
    defaultPreloadDelay: 150,
    // How old an answer may be is the queries' own matter.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: CrashPage,
    // Plain `a=b` pairs: what people read and share, and what the API's own links carry.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const pairs = Object.entries(search as Record<string, unknown>).filter(
        (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
      );
      const text = new URLSearchParams(pairs).toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

/** Leaves for the sign-in page, remembering where the person was; forgets everything that was read before. */
export function goToSignIn(router: AppRouter, queryClient: QueryClient): void {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/invitation') return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: pathname === '/' ? {} : { returnTo: href }, replace: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
