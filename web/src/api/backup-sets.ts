import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, post } from './client';
import { tenantKey } from './keys';
import type { StartedRun } from './operations';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

export type BackupSet = Schema<'BackupSetDto'>;

/** One policy version in a set. */
export type BackupSetItem = Schema<'BackupSetItemDto'>;

export interface IncludeOptions {
  includeAssignments: boolean;
  includeScopeTags: boolean;
}

const pathOf = (tenantId: string): string => `/tenants/${tenantId}/backup-sets`;
export const backupSetsKey = (tenantId: string): unknown[] => [...tenantKey(tenantId), 'backup-sets'];

export function backupSetsQuery(tenantId: string, cursor: string | undefined) {
  return queryOptions({
    queryKey: [...backupSetsKey(tenantId), 'list', cursor],
    queryFn: ({ signal }) => get<Page<BackupSet>>(pathOf(tenantId), { cursor, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

export function backupSetQuery(tenantId: string, backupSetId: string) {
  return queryOptions({
    queryKey: [...backupSetsKey(tenantId), backupSetId, 'set'],
    queryFn: ({ signal }) => get<BackupSet>(`${pathOf(tenantId)}/${backupSetId}`, {}, signal),
  });
}

export function backupSetItemsQuery(tenantId: string, backupSetId: string, cursor: string | undefined) {
  return queryOptions({
    queryKey: [...backupSetsKey(tenantId), backupSetId, 'items', cursor],
    queryFn: ({ signal }) =>
      get<Page<BackupSetItem>>(`${pathOf(tenantId)}/${backupSetId}/items`, { cursor, limit: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

export function createBackupSet(tenantId: string, set: { name: string; description: string }): Promise<BackupSet> {
  return post(pathOf(tenantId), set);
}

/** Starts adding policies, 1 to 5,000 of them. */
export function addPolicies(
  tenantId: string,
  backupSetId: string,
  request: { policyIds: readonly string[]; options: IncludeOptions },
): Promise<StartedRun> {
  return post(`${pathOf(tenantId)}/${backupSetId}/policies`, request);
}
