import { createRoute } from '@tanstack/react-router';
import { groupCacheQuery, groupQuery, groupsQuery } from '../api/directory';
import { limitOf, picked } from '../search-params';
import { lazyPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { tenantRoute } from './root-routes';
import { aMoment } from './router-context';

const groupsSearch = picked('q', 'kind', 'includeRemoved', 'where', 'live', 'limit', 'cursor');

export const groupsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups',
  validateSearch: groupsSearch,
  loaderDeps: ({ search: { where: _where, live: _live, ...search } }) => search,
  loader: ({ cause, context: { ahead }, params: { tenantId }, deps: { cursor, limit, ...filters } }) =>
    aMoment(cause, [
      ahead(groupsQuery(tenantId, { ...filters, cursor }, limitOf(limit))),
      ahead(groupCacheQuery(tenantId)),
    ]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/directory/groups'], 'GroupsPage'),
});

export const groupRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups/$groupId',
  loader: ({ cause, context: { ahead }, params: { tenantId, groupId } }) =>
    aMoment(cause, [ahead(groupQuery(tenantId, groupId))]),
  component: lazyPage(PAGE_CODE['/t/$tenantId/directory/groups/$groupId'], 'GroupPage'),
});
