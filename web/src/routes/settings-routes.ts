import { createRoute } from '@tanstack/react-router';
import { membersQuery } from '../api/members';
import { scheduleKindsQuery, schedulesQuery } from '../api/schedules';
import { picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';
import { aMoment } from './router-context';

// What not every role may read is asked for by the page, which knows the role.

export const connectionRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/graph-connection',
  component: lazyPage(PAGE_CODE['/t/$tenantId/settings/graph-connection'], 'ConnectionPage'),
});

const membersSearch = picked('q', 'role', 'cursor');

export const membersRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/members',
  validateSearch: membersSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ cause, context: { ahead }, params: { tenantId }, deps }) =>
    aMoment(cause, [ahead(membersQuery(tenantId, deps))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/settings/members'], 'MembersPage'),
});

export const schedulesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/schedules',
  validateSearch: picked('edit'),
  loader: ({ cause, context: { ahead }, params: { tenantId } }) =>
    aMoment(cause, [ahead(schedulesQuery(tenantId)), ahead(scheduleKindsQuery(tenantId))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/settings/schedules'], 'SchedulesPage'),
});

export const channelsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/channels',
  validateSearch: picked('edit'),
  component: lazyPage(PAGE_CODE['/t/$tenantId/settings/channels'], 'ChannelsPage'),
});

export const channelRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/settings/channels/$channelId',
  validateSearch: picked('edit', 'cursor'),
  component: lazyPage(PAGE_CODE['/t/$tenantId/settings/channels/$channelId'], 'ChannelPage'),
});

export const auditRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/audit',
  validateSearch: picked('q', 'actor', 'action', 'window', 'from', 'to', 'cursor'),
  component: lazyPage(PAGE_CODE['/t/$tenantId/audit'], 'AuditPage'),
});
