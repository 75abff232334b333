import { createRoute } from '@tanstack/react-router';
import { groupCacheQuery, groupQuery, groupsQuery } from '../api/directory';
import { limitOf, picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';

const groupsSearch = picked('q', 'kind', 'includeRemoved', 'where', 'live', 'limit', 'cursor');

export const groupsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups',
  validateSearch: groupsSearch,
  loaderDeps: ({ search: { where: _where, live: _live, ...search } }) => search,
  loader: ({ context, params: { tenantId }, deps: { cursor, limit, ...filters } }) => {
    context.ahead(groupsQuery(tenantId, { ...filters, cursor }, limitOf(limit)));
    context.ahead(groupCacheQuery(tenantId));
  },
  component: lazyPage(PAGE_CODE['/t/$tenantId/directory/groups'], 'GroupsPage'),
});

export const groupRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups/$groupId',
  loader: ({ context, params: { tenantId, groupId } }) => context.ahead(groupQuery(tenantId, groupId)),
  component: lazyPage(PAGE_CODE['/t/$tenantId/directory/groups/$groupId'], 'GroupPage'),
});
