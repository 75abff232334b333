import { queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import type { Schema } from './schemas';

/** Whether the signed-in person may ask Microsoft Graph for groups now, or why not. */
export type LiveSearchState = Schema<'LiveSearchStateDto'>;

export type LiveGroup = Schema<'LiveGroupDto'>;

export type LiveGroups = Schema<'LiveGroupsDto'>;

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/directory/groups/live`;

export function liveSearchStateQuery(tenantId: string) {
  return queryOptions({
    queryKey: [...tenantKey(tenantId), 'live-groups', 'state'],
    queryFn: ({ signal }) => get<LiveSearchState>(`${pathOf(tenantId)}/state`, {}, signal),
    refetchInterval: false,
  });
}

/** Asks Microsoft Graph with the person's own sign-in; nothing of the answer is kept on the server. */
export function liveGroupsQuery(tenantId: string, search: string) {
  return queryOptions({
    queryKey: [...tenantKey(tenantId), 'live-groups', 'found', search],
    queryFn: ({ signal }) => get<LiveGroups>(pathOf(tenantId), { search }, signal),
    // A person asks, not a clock: each answer is a call to Microsoft Graph.
    refetchInterval: false,
    staleTime: 60_000,
    retry: false,
  });
}
