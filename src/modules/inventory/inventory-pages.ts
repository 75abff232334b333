import { Injectable } from '@nestjs/common';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type PageQuery } from '../../platform/http/page.js';
import type { PolicyFilter } from './data/policy-filter.js';
import { PolicyRepository, type ListedPolicyRow, type PolicyOrder } from './data/policy.repository.js';
import { SyncRunRepository, type SyncRunRow } from './data/sync-run.repository.js';
import type {
  PolicyDetailDto,
  PolicyPageDto,
  PolicyTypesDto,
  PolicyVersionPageDto,
  SyncRunDto,
  SyncRunPageDto,
} from './http/inventory.dto.js';
import { policyOf, settingsOf, versionOf } from './policy-view.js';

type PageOptions = Pick<PageQuery, 'cursor' | 'limit'>;

/** What the inventory's pages show of one tenant, from PostgreSQL alone. */
@Injectable()
export class InventoryPages {
  constructor(
    private readonly policyRows: PolicyRepository,
    private readonly runs: SyncRunRepository,
  ) {}

  /** The keyset is the name in lower case, or the time of the last change, and the id. */
  async policies(
    scope: TenantScope,
    filter: PolicyFilter,
    order: PolicyOrder,
    page: PageOptions,
  ): Promise<PolicyPageDto> {
    const after = decodeCursor(page.cursor, [order === 'name' ? 'text' : 'time', 'id']);
    const rows = await this.policyRows.page(scope, filter, order, after, page.limit + 1);
    const keyOf = (row: ListedPolicyRow) => [order === 'name' ? row.sort_name : row.changed_key, row.id];
    return pageOf(rows, page.limit, keyOf, policyOf);
  }

  /** @throws AccessDenied for a policy that is not this tenant's, foreign and unknown alike */
  async policy(scope: TenantScope, id: string): Promise<PolicyDetailDto> {
    const row = await this.policyRows.find(scope, id);
    if (!row) throw new AccessDenied();
    const { settings, properties, assignments } = row.content;
    const coverage = await this.runs.newestCoverage(scope, row.type);
    return {
      ...policyOf(row),
      contentHash: row.content_hash,
      versionCount: row.versions,
      settings: settingsOf(settings),
      properties,
      assignments,
      completeness: row.completeness,
      coverage: coverage
        ? {
            state: coverage.state,
            reasonCode: coverage.reason_code,
            syncRunId: coverage.sync_run_id,
            at: coverage.recorded_at.toISOString(),
          }
        : null,
    };
  }

  /** Newest first. @throws AccessDenied as for {@link policy} */
  async versions(scope: TenantScope, id: string, page: PageOptions): Promise<PolicyVersionPageDto> {
    const [known] = await this.policyRows.current(scope, [id]);
    if (!known) throw new AccessDenied();
    const rows = await this.policyRows.versions(scope, id, before(page), page.limit + 1);
    return pageOf(rows, page.limit, (row) => [row.id], versionOf);
  }

  /** Newest first. */
  async syncRuns(scope: TenantScope, page: PageOptions): Promise<SyncRunPageDto> {
    const rows = await this.runs.page(scope, before(page), page.limit + 1);
    return pageOf(rows, page.limit, (row) => [row.id], syncRunOf);
  }

  /** @throws AccessDenied for a sync run that is not this tenant's, foreign, unknown and removed alike */
  async syncRun(scope: TenantScope, id: string): Promise<SyncRunDto> {
    const row = await this.runs.find(scope, id);
    if (!row) throw new AccessDenied();
    return syncRunOf(row);
  }

  /** Every type that a sync can read, in one page. */
  policyTypes(): PolicyTypesDto {
    const items = POLICY_TYPES.map(({ key, label, category, collection }) => ({
      key,
      label,
      category,
      permission: collection.permissions.read[0] ?? '',
    }));
    return { items, nextCursor: null };
  }
}

function before(page: PageOptions): string | undefined {
  return decodeCursor(page.cursor, ['id'])?.[0];
}

function syncRunOf(row: SyncRunRow): SyncRunDto {
  return {
    id: row.id,
    operationRunId: row.operation_run_id,
    scopeKey: row.scope_key,
    selection: row.selection,
    outcome: row.outcome,
    policies: row.policies,
    versionsWritten: row.versions_written,
    coverage: row.coverage,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    progress: row.progress,
  };
}
