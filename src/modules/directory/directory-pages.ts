import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type PageQuery } from '../../platform/http/page.js';
import type { RunView } from '../operations/operation-run.service.js';
import { OperationsFacade } from '../operations/operations.facade.js';
import { ageInWords, cacheHelperText } from './cache-age.js';
import { CacheStateRepository } from './data/cache-state.repository.js';
import { GroupRepository, type GroupFilter, type GroupRow } from './data/group.repository.js';
import type { GroupCacheDto, GroupDetailDto, GroupDto, GroupPageDto, LastGroupSyncDto } from './http/directory.dto.js';
import { DirectoryGroupsSync } from './runs/directory-groups-sync.run-type.js';

/** What the directory's pages show of one tenant, from PostgreSQL alone. */
@Injectable()
export class DirectoryPages {
  constructor(
    private readonly groupRows: GroupRepository,
    private readonly state: CacheStateRepository,
    private readonly operations: OperationsFacade,
  ) {}

  /** By name; the keyset is `(sort_name, group_id)`. */
  async groups(
    scope: TenantScope,
    filter: GroupFilter,
    page: Pick<PageQuery, 'cursor' | 'limit'>,
  ): Promise<GroupPageDto> {
    const after = decodeCursor(page.cursor, ['text', 'text']);
    const rows = await this.groupRows.page(scope, filter, after, page.limit + 1);
    return pageOf(rows, page.limit, (row) => [row.sort_name, row.id], groupOf);
  }

  /** @throws AccessDenied for a group that this tenant's cache does not know */
  async group(scope: TenantScope, id: string): Promise<GroupDetailDto> {
    const row = await this.groupRows.find(scope, id);
    if (!row) throw new AccessDenied();
    return {
      ...groupOf(row),
      membershipRule: row.membership_rule,
      firstSeenAt: row.first_seen_at.toISOString(),
      changedAt: row.changed_at.toISOString(),
      seenAt: row.seen_at.toISOString(),
    };
  }

  /** How old the cache is and how the last sync ended. */
  async cache(scope: TenantScope): Promise<GroupCacheDto> {
    const [state, [lastRun]] = await Promise.all([
      this.state.read(scope),
      this.operations.completedRuns(scope, DirectoryGroupsSync.kind, 1),
    ]);
    const { age_seconds: age } = state;
    return {
      groups: state.groups,
      removedGroups: state.removed_groups,
      asOf: state.as_of?.toISOString() ?? null,
      ageSeconds: age === null ? null : Math.floor(age),
      age: age === null ? null : ageInWords(age),
      helperText: cacheHelperText(age),
      lastFullAt: state.last_full_at?.toISOString() ?? null,
      lastDeltaAt: state.last_delta_at?.toISOString() ?? null,
      reading: state.reading,
      lastSync: lastRun ? lastSyncOf(lastRun) : null,
    };
  }
}

function groupOf(row: GroupRow): GroupDto {
  return {
    id: row.id,
    displayName: row.display_name,
    description: row.description,
    mail: row.mail,
    kinds: row.kinds,
    removedAt: row.removed_at?.toISOString() ?? null,
    removedReason: row.removed_reason,
  };
}

function lastSyncOf({ id, outcome, completedAt, updatedAt, failureSummary }: RunView): LastGroupSyncDto {
  const [failure] = failureSummary;
  return {
    runId: id,
    outcome,
    at: completedAt ?? updatedAt,
    reasonCode: failure?.code ?? null,
    reason: failure?.message ?? null,
  };
}
