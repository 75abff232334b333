import { groupCacheQuery, groupQuery, groupsQuery } from '../../api/directory';
import { limitOf, picked } from '../../search-params';
import { read, type InTenant, type Read, type Search } from './read';

export const groupsSearch = picked('q', 'kind', 'includeRemoved', 'where', 'live', 'limit', 'cursor');

export function groupsReads({ tenantId }: InTenant, search: Search): Read[] {
  const { q, kind, includeRemoved, cursor, limit } = groupsSearch(search);
  const page = { q, kind, includeRemoved, cursor };
  return [read(groupsQuery(tenantId, page, limitOf(limit))), read(groupCacheQuery(tenantId))];
}

export const groupReads = ({ tenantId, groupId }: InTenant & { groupId: string }): Read[] => [
  read(groupQuery(tenantId, groupId)),
];
