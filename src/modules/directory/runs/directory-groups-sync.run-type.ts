import { IsBoolean, IsOptional } from 'class-validator';
import { defineRunType } from '#libs/run-kit/src/run-type.js';

export class DirectoryGroupsSyncPayload {
  /** Read all groups instead of what has changed since the last sync. */
  @IsOptional()
  @IsBoolean()
  full?: boolean;
}

export const DirectoryGroupsSync = defineRunType({
  kind: 'directory_groups.sync',
  payload: DirectoryGroupsSyncPayload,
  label: {
    noun: 'Group sync',
    doing: 'Syncing directory groups',
    done: 'Directory groups synced',
    failed: 'Group sync failed',
  },
  reasons: {
    'directory.superseded': 'Another worker has gone on with this reading of the groups. Nothing is to be done.',
  },
  access: 'directory:sync',
  queue: 'directory',
  identity: ({ full = false }) => ({ full }),
  relatedLinks: () => [{ rel: 'groups', label: 'Directory groups', href: '/directory/groups' }],
  onLeaseLost: 'requeue',
  maxAttempts: 3,
  timeoutMs: 30 * 60_000,
  limitPerTenant: 1,
  schedule: { request: DirectoryGroupsSyncPayload },
});
