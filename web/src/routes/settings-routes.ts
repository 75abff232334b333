import { createRoute } from '@tanstack/react-router';
import { picked } from '../search-params';
import { lazyFramedPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { membersReads, membersSearch, schedulesReads } from './reads/settings-reads';
import { tenantRoute } from './root-routes';

// What not every role may read is asked for by the page, which knows the role.

export const connectionRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/graph-connection',
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/settings/graph-connection'], 'ConnectionPage'),
});

export const membersRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/members',
  validateSearch: membersSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, membersReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/settings/members'], 'MembersPage'),
});

export const schedulesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/schedules',
  validateSearch: picked('edit'),
  loader: ({ context, cause, params }) => context.load(cause, schedulesReads(params)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/settings/schedules'], 'SchedulesPage'),
});

export const channelsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/channels',
  validateSearch: picked('edit'),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/settings/channels'], 'ChannelsPage'),
});

export const channelRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/channels/$channelId',
  validateSearch: picked('edit', 'cursor'),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/settings/channels/$channelId'], 'ChannelPage'),
});

export const auditRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/audit',
  validateSearch: picked('q', 'actor', 'action', 'window', 'from', 'to', 'cursor'),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/audit'], 'AuditPage'),
});
