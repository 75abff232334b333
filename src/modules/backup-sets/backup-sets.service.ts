import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Actor } from '../../platform/context/actor.js';
import { TenantDatabase } from '../../platform/database/database.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page } from '../../platform/http/page.js';
import { parseId } from '../../platform/http/parse-id.js';
import { OperationRunService, type StartedRun } from '../operations/operation-run.service.js';
import type { BackupSetItemView, BackupSetView, IncludeOptions } from './backup-set.js';
import { BackupSetItemRepository, type BackupSetItemRow } from './data/backup-set-item.repository.js';
import { BackupSetRepository, type BackupSetRow } from './data/backup-set.repository.js';
import { AddPolicies } from './runs/add-policies.run-type.js';

export interface PageRequest {
  cursor?: string | undefined;
  limit: number;
}

/** Backup sets, their items, and the run that adds policies to one. */
@Injectable()
export class BackupSetsService {
  constructor(
    private readonly database: TenantDatabase,
    private readonly sets: BackupSetRepository,
    private readonly items: BackupSetItemRepository,
    private readonly operations: OperationRunService,
    private readonly audit: AuditTrail,
  ) {}

  /** Makes an empty set. Names need not be unique: a set is known by its id. */
  create(scope: TenantScope, actor: Actor, set: { name: string; description: string | null }): Promise<BackupSetView> {
    return this.database.transaction(async () => {
      const createdBy = actor.kind === 'user' ? actor.userId : null;
      const row = await this.sets.insert(scope, { ...set, createdBy, createdByName: actor.name });
      const subject = { subjectType: 'backup_set', subjectId: row.id, subjectName: row.name };
      await this.audit.append(scope, actor, { action: 'backup_set.create', ...subject });
      return setView(row);
    });
  }

  /** Newest first. */
  async list(scope: TenantScope, page: PageRequest): Promise<Page<BackupSetView>> {
    const rows = await this.sets.page(scope, idOf(page.cursor), page.limit + 1);
    return pageOf(rows, page.limit, (row) => [row.id], setView);
  }

  /** @throws AccessDenied for an id that is not this tenant's. */
  async find(scope: TenantScope, id: string): Promise<BackupSetView> {
    return setView(await this.require(scope, id));
  }

  /**
   * The set's items in the order in which they were added.
   * @throws AccessDenied for an id that is not this tenant's
   */
  async listItems(scope: TenantScope, id: string, page: PageRequest): Promise<Page<BackupSetItemView>> {
    await this.require(scope, id);
    const rows = await this.items.page(scope, id, idOf(page.cursor), page.limit + 1);
    return pageOf(rows, page.limit, (row) => [row.id], itemView);
  }

  /**
   * Starts adding policies to a set; each becomes an item of the run. Ids given twice count once.
   * @throws AccessDenied for a set that is not this tenant's; an unknown policy fails as an item instead
   */
  async addPolicies(
    scope: TenantScope,
    actor: Actor,
    id: string,
    request: { policyIds: readonly string[]; options: IncludeOptions },
  ): Promise<StartedRun> {
    const set = await this.require(scope, id);
    return this.operations.start(scope, actor, AddPolicies, {
      backupSetId: set.id,
      backupSetName: set.name,
      policyIds: [...new Set(request.policyIds)],
      options: request.options,
    });
  }

  private async require(scope: TenantScope, id: string): Promise<BackupSetRow> {
    const row = await this.sets.find(scope, id);
    if (!row) throw new AccessDenied();
    return row;
  }
}

function idOf(cursor: string | undefined): string | undefined {
  const [id] = decodeCursor(cursor, ['id']) ?? [];
  return id === undefined ? undefined : parseId(id);
}

function setView(row: BackupSetRow): BackupSetView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    createdByName: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    itemCount: row.item_count,
    complete: row.complete,
  };
}

function itemView(row: BackupSetItemRow): BackupSetItemView {
  return {
    id: row.id,
    policyId: row.policy_id,
    versionId: row.version_id,
    type: row.type,
    externalId: row.external_id,
    name: row.name,
    includeAssignments: row.include_assignments,
    includeScopeTags: row.include_scope_tags,
    complete: row.complete,
    addedRunId: row.added_run_id,
    addedAt: row.added_at.toISOString(),
  };
}
