import { createRoute } from '@tanstack/react-router';
import { lazyFramedPage } from '../shell/lazy-page';
import { PAGE_CODE } from './page-code';
import { groupReads, groupsReads, groupsSearch } from './reads/directory-reads';
import { tenantRoute } from './root-routes';

export const groupsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups',
  validateSearch: groupsSearch,
  loaderDeps: ({ search: { where: _where, live: _live, ...search } }) => search,
  loader: ({ context, cause, params, deps }) => context.load(cause, groupsReads(params, deps)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/directory/groups'], 'GroupsPage'),
});

export const groupRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: '/directory/groups/$groupId',
  loader: ({ context, cause, params }) => context.load(cause, groupReads(params)),
  component: lazyFramedPage(PAGE_CODE['/t/$tenantId/directory/groups/$groupId'], 'GroupPage'),
});
