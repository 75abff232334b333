import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Actor } from '../../platform/context/actor.js';
import { TenantDatabase } from '../../platform/database/database.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page } from '../../platform/http/page.js';
import { parseId } from '../../platform/http/parse-id.js';
import { previewOf } from './comparison/evidence.js';
import { FindingRepository, type FindingFilter, type FindingHead } from './data/finding.repository.js';
import type { Evidence, EvidencePreview, FindingKind, FindingSeverity, FindingStatus } from './finding.js';

/** What a list and the finding itself show alike. */
interface FindingSummary {
  id: string;
  kind: FindingKind;
  status: FindingStatus;
  severity: FindingSeverity;
  subjectType: string;
  subjectExternalId: string;
  subjectName: string;
  policyId: string;
  beforeVersionId: string | null;
  afterVersionId: string | null;
  scopeKey: string;
  /** The comparison that found it first. */
  baselineRunId: string;
  currentRunId: string;
  /** The newest sync run that still showed it. */
  lastSeenRunId: string;
  lastSeenAt: string;
  fingerprint: string;
  /** Differences between the two versions, whether or not the evidence holds them all. */
  changeCount: number;
  /** Who made the change; `unknown` until audit events name somebody. */
  actor: string;
  acknowledgedAt: string | null;
  acknowledgedByName: string | null;
  /** Why, in that person's words; null when nothing was said. */
  acknowledgedReason: string | null;
  createdAt: string;
}

/** A finding as people and other programs see it. */
export interface FindingView extends FindingSummary {
  evidence: Evidence;
}

/** A finding in a list. */
export interface ListedFindingView extends FindingSummary {
  evidence: EvidencePreview;
}

/** Reads findings and takes people's decisions about them. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly database: TenantDatabase,
    private readonly findings: FindingRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest first, each with the beginning of its evidence; `find` answers the whole of it. */
  async list(
    scope: TenantScope,
    filter: FindingFilter,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<ListedFindingView>> {
    const [before] = decodeCursor(page.cursor, ['id']) ?? [];
    const rows = await this.findings.page(
      scope,
      filter,
      before === undefined ? undefined : parseId(before),
      page.limit + 1,
    );
    return pageOf(
      rows,
      page.limit,
      (row) => [row.id],
      (row) => ({ ...summaryOf(row), evidence: previewOf(row.first_changes, row.change_count) }),
    );
  }

  /** @throws AccessDenied for an id that is not this tenant's. */
  async find(scope: TenantScope, id: string): Promise<FindingView> {
    const row = await this.findings.find(scope, id);
    if (!row) throw new AccessDenied();
    return { ...summaryOf(row), evidence: row.evidence };
  }

  /** Acknowledges one finding and answers it; one that is past that stays as it is. */
  async acknowledge(scope: TenantScope, actor: Actor, id: string, reason: string | null = null): Promise<FindingView> {
    await this.acknowledgeAll(scope, actor, [id], reason);
    return this.find(scope, id);
  }

  /**
   * Acknowledges findings, all or none of them, for one reason; the audit trail has it too.
   * @returns how many were acknowledged now and how many were past that already
   * @throws AccessDenied when one of them is not this tenant's
   */
  acknowledgeAll(
    scope: TenantScope,
    actor: Actor,
    ids: readonly string[],
    reason: string | null = null,
  ): Promise<{ acknowledged: number; unchanged: number }> {
    const unique = [...new Set(ids)];
    return this.database.transaction(async () => {
      if ((await this.findings.lock(scope, unique)) < unique.length) throw new AccessDenied();
      const userId = actor.kind === 'user' ? actor.userId : null;
      const acknowledged = await this.findings.acknowledge(scope, unique, { userId, name: actor.name, reason });
      for (const { id, name } of acknowledged) {
        const subject = { subjectType: 'drift_finding', subjectId: id, subjectName: name };
        const change = reason === null ? undefined : { after: { reason } };
        await this.audit.append(scope, actor, { action: 'drift_finding.acknowledge', ...subject, change });
      }
      return { acknowledged: acknowledged.length, unchanged: unique.length - acknowledged.length };
    });
  }
}

function summaryOf(row: FindingHead): FindingSummary {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    severity: row.severity,
    subjectType: row.subject_type,
    subjectExternalId: row.subject_external_id,
    subjectName: row.subject_name,
    policyId: row.policy_id,
    beforeVersionId: row.before_version_id,
    afterVersionId: row.after_version_id,
    scopeKey: row.scope_key,
    baselineRunId: row.baseline_run_id,
    currentRunId: row.current_run_id,
    lastSeenRunId: row.last_seen_run_id,
    lastSeenAt: row.last_seen_at.toISOString(),
    fingerprint: row.fingerprint,
    changeCount: row.change_count,
    actor: row.actor,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    acknowledgedByName: row.acknowledged_by_name,
    acknowledgedReason: row.acknowledged_reason,
    createdAt: row.created_at.toISOString(),
  };
}
