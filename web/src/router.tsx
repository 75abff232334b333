import type { QueryClient } from '@tanstack/react-query';
import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { HomePage } from './pages/home-page';
import { NotFoundPage } from './pages/not-found-page';
import { RootCrashPage, RootNotFoundPage } from './pages/root-pages';
import { SignInPage } from './pages/sign-in/sign-in-page';
import { picked } from './search-params';
import { lazyPage } from './shell/lazy-page';
import { TenantLayout } from './shell/tenant-layout';
import { CrashPage } from './ui/crash-page';

const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: RootNotFoundPage,
  errorComponent: RootCrashPage,
});

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: HomePage });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: picked('returnTo', 'problem'),
});

const tenantRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/t/$tenantId',
  component: TenantLayout,
  notFoundComponent: NotFoundPage,
  errorComponent: RootCrashPage,
});

const tenantHomeRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/',
  component: lazyPage(() => import('./pages/overview/overview-page'), 'OverviewPage'),
});

const policiesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies',
  component: lazyPage(() => import('./pages/inventory/policies-page'), 'PoliciesPage'),
  validateSearch: picked(
    'type',
    'category',
    'platform',
    'coverage',
    'assignment',
    'scopeTag',
    'q',
    'includeRemoved',
    'sort',
    'limit',
    'cursor',
  ),
});

const policyRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId',
  component: lazyPage(() => import('./pages/inventory/policy-page'), 'PolicyPage'),
  validateSearch: picked('tab'),
});

const compareVersionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/policies/$policyId/compare',
  component: lazyPage(() => import('./pages/inventory/compare-versions-page'), 'CompareVersionsPage'),
  validateSearch: picked('from', 'to', 'show'),
});

const interchangeRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/exchange',
  component: lazyPage(() => import('./pages/interchange/interchange-page'), 'InterchangePage'),
  validateSearch: picked('type', 'q'),
});

const syncRunRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/inventory/sync-runs/$syncRunId',
  component: lazyPage(() => import('./pages/inventory/sync-run-page'), 'SyncRunPage'),
});

const findingsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/drift/findings',
  component: lazyPage(() => import('./pages/drift/findings-page'), 'FindingsPage'),
  validateSearch: picked(
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
  ),
});

const findingRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/drift/findings/$findingId',
  component: lazyPage(() => import('./pages/drift/finding-page'), 'FindingPage'),
  validateSearch: picked('show'),
});

const backupSetsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets',
  component: lazyPage(() => import('./pages/backup-sets/backup-sets-page'), 'BackupSetsPage'),
  validateSearch: picked('cursor'),
});

const backupSetRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/backup-sets/$backupSetId',
  component: lazyPage(() => import('./pages/backup-sets/backup-set-page'), 'BackupSetPage'),
  validateSearch: picked('cursor'),
});

const groupsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups',
  component: lazyPage(() => import('./pages/directory/groups-page'), 'GroupsPage'),
  validateSearch: picked('q', 'kind', 'includeRemoved', 'where', 'live', 'limit', 'cursor'),
});

const groupRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups/$groupId',
  component: lazyPage(() => import('./pages/directory/group-page'), 'GroupPage'),
});

const connectionRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/graph-connection',
  component: lazyPage(() => import('./pages/graph-connection/connection-page'), 'ConnectionPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyPage(() => import('./pages/invitation/invitation-page'), 'InvitationPage'),
});

const membersRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/members',
  component: lazyPage(() => import('./pages/members/members-page'), 'MembersPage'),
  validateSearch: picked('q', 'role', 'cursor'),
});

const schedulesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/schedules',
  component: lazyPage(() => import('./pages/schedules/schedules-page'), 'SchedulesPage'),
  validateSearch: picked('edit'),
});

const channelsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/channels',
  component: lazyPage(() => import('./pages/channels/channels-page'), 'ChannelsPage'),
  validateSearch: picked('edit'),
});

const channelRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/channels/$channelId',
  component: lazyPage(() => import('./pages/channels/channel-page'), 'ChannelPage'),
  validateSearch: picked('edit', 'cursor'),
});

const auditRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/audit',
  component: lazyPage(() => import('./pages/audit/audit-page'), 'AuditPage'),
  validateSearch: picked('q', 'actor', 'action', 'window', 'from', 'to', 'cursor'),
});

const profileRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/profile',
  component: lazyPage(() => import('./pages/account/profile-page'), 'ProfilePage'),
});

const apiTokensRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/account/api-tokens',
  component: lazyPage(() => import('./pages/api-tokens/api-tokens-page'), 'ApiTokensPage'),
  validateSearch: picked('cursor'),
});

const notificationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/notifications',
  component: lazyPage(() => import('./pages/notifications/notifications-page'), 'NotificationsPage'),
  validateSearch: picked('show', 'cursor'),
});

const operationsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/operations',
  component: lazyPage(() => import('./pages/operations/operations-page'), 'OperationsPage'),
  validateSearch: picked('bucket', 'type', 'initiator', 'window', 'from', 'to', 'q', 'limit', 'cursor'),
});

const operationRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/operations/$runId',
  component: lazyPage(() => import('./pages/operations/operation-page'), 'OperationPage'),
  validateSearch: picked('result', 'reason', 'cursor'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  invitationRoute,
  tenantRoute.addChildren([
    tenantHomeRoute,
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

export function createAppRouter() {
  return createRouter({
    routeTree,
    defaultPreload: 'intent',
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
