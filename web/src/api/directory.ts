import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import { Gathering } from './gathering';
import { tenantKey } from './keys';
import type { StartedRun } from './operations';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

/** What a group is; one may be none, one or several of these. */
export type GroupKind = DirectoryGroup['kinds'][number];
export const GROUP_KINDS = [
  'security',
  'microsoft365',
  'dynamic',
  'mail_enabled',
  'on_premises',
] as const satisfies readonly GroupKind[];

/** `soft_deleted`: Entra ID can bring it back. `not_listed`: a reading of all groups did not name it. */
export type RemovedReason = NonNullable<DirectoryGroup['removedReason']>;

/** A group of the cache. A null name is one that Entra ID does not tell. */
export type DirectoryGroup = Schema<'GroupDto'>;

export type DirectoryGroupDetail = Schema<'GroupDetailDto'>;

export type GroupCache = Schema<'GroupCacheDto'>;

export interface GroupFilters {
  /** A part of the name or of the mail address, or a whole group id. */
  q?: string;
  /** Several kinds are separated by commas. */
  kind?: string;
  /** `true`: also groups that are not in the directory any more. */
  includeRemoved?: string;
  cursor?: string;
}

const NAME_STALE_MS = 300_000;
/** As many as one request may name. */
const MOST_IDS = 100;

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/directory/groups`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'groups', ...rest];

/** By name. @param limit rows of a page, 100 at most */
export function groupsQuery(tenantId: string, filters: GroupFilters, limit = PAGE_SIZE) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'list', filters, limit),
    queryFn: ({ signal }) => get<Page<DirectoryGroup>>(pathOf(tenantId), { ...filters, limit }, signal),
    placeholderData: keepPreviousData,
  });
}

export function groupQuery(tenantId: string, groupId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, groupId),
    queryFn: ({ signal }) => get<DirectoryGroupDetail>(`${pathOf(tenantId)}/${groupId}`, {}, signal),
  });
}

const byTenant = new Map<string, Gathering<DirectoryGroup>>();

/** Names that a page asks for go in one request, however many of its parts show a group. */
function namedGroups(tenantId: string): Gathering<DirectoryGroup> {
  const known = byTenant.get(tenantId);
  if (known) return known;
  const gathering = new Gathering<DirectoryGroup>(MOST_IDS, async (ids) => {
    const filters = { ids: ids.join(','), includeRemoved: 'true', limit: MOST_IDS };
    const { items } = await get<Page<DirectoryGroup>>(pathOf(tenantId), filters);
    return new Map(items.map((group) => [group.id, group]));
  });
  byTenant.set(tenantId, gathering);
  return gathering;
}

/**
 * The group with this id, in lower case; null when the cache does not know it, which is no fault here. Groups that are
 * asked for at once are asked for in one request.
 */
export function knownGroupQuery(tenantId: string, groupId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, groupId, 'known'),
    queryFn: async () => (await namedGroups(tenantId).one(groupId)) ?? null,
    staleTime: NAME_STALE_MS,
    refetchInterval: false,
  });
}

export function groupCacheQuery(tenantId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'state'),
    queryFn: ({ signal }) => get<GroupCache>(`${pathOf(tenantId)}/state`, {}, signal),
  });
}

/** @param full reads all groups instead of what has changed since the last sync */
export function startGroupSync(tenantId: string, full: boolean): Promise<StartedRun> {
  return post(`${pathOf(tenantId)}/sync`, full ? { full } : {});
}
