import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import { tenantKey } from './keys';
import type { RunOutcome, StartedRun } from './operations';
import { PAGE_SIZE, type Page } from './page';

/** What a group is; one may be none, one or several of these. */
export const GROUP_KINDS = ['security', 'microsoft365', 'dynamic', 'mail_enabled', 'on_premises'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** `soft_deleted`: Entra ID can bring it back. `not_listed`: a reading of all groups did not name it. */
export type RemovedReason = 'soft_deleted' | 'deleted' | 'not_listed';

/** A group of the cache. A null name is one that Entra ID does not tell. */
export interface DirectoryGroup {
  id: string;
  displayName: string | null;
  description: string | null;
  mail: string | null;
  kinds: GroupKind[];
  removedAt: string | null;
  removedReason: RemovedReason | null;
}

export interface DirectoryGroupDetail extends DirectoryGroup {
  membershipRule: string | null;
  firstSeenAt: string;
  changedAt: string;
  seenAt: string;
}

export interface GroupCache {
  groups: number;
  removedGroups: number;
  /** When the newest reading that came to its end began; null while the cache is empty. */
  asOf: string | null;
  /** How old the cache is, as a sentence. */
  helperText: string;
  lastFullAt: string | null;
  lastDeltaAt: string | null;
  /** Whether a reading was begun and has not come to its end. */
  reading: boolean;
  lastSync: { runId: string; outcome: RunOutcome; at: string; reasonCode: string | null; reason: string | null } | null;
}

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

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/directory/groups`;
const keyOf = (tenantId: string, ...rest: unknown[]): unknown[] => [...tenantKey(tenantId), 'groups', ...rest];

/** By name. */
export function groupsQuery(tenantId: string, filters: GroupFilters) {
  return queryOptions({
    queryKey: keyOf(tenantId, 'list', filters),
    queryFn: ({ signal }) => get<Page<DirectoryGroup>>(pathOf(tenantId), { ...filters, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

export function groupQuery(tenantId: string, groupId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, groupId),
    queryFn: ({ signal }) => get<DirectoryGroupDetail>(`${pathOf(tenantId)}/${groupId}`, {}, signal),
  });
}

/** The group with this id; null when the cache does not know it, which is no fault here. */
export function knownGroupQuery(tenantId: string, groupId: string) {
  return queryOptions({
    queryKey: keyOf(tenantId, groupId, 'known'),
    queryFn: async ({ signal }) => {
      const page = await get<Page<DirectoryGroup>>(
        pathOf(tenantId),
        { q: groupId, includeRemoved: 'true', limit: 1 },
        signal,
      );
      return page.items.find(({ id }) => id === groupId) ?? null;
    },
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
