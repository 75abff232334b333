import { Injectable } from '@nestjs/common';
import { asFilter } from '../../../platform/database/as-filter.js';
import { TenantDatabase, type SqlValue } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PREVIEWED_CHANGES } from '../comparison/evidence.js';
import {
  FINDING_SEVERITIES,
  type DetectedFinding,
  type Evidence,
  type EvidenceChange,
  type FindingKind,
  type FindingSeverity,
  type FindingStatus,
} from '../finding.js';

/** Rows of one insert; keeps a statement's parameter below a few megabytes. */
const ROWS_AT_ONCE = 100;

/** A row of `drift_findings` as `pg` answers it, without its evidence: bigint as text, times as dates. */
export interface FindingHead {
  id: string;
  kind: FindingKind;
  status: FindingStatus;
  severity: FindingSeverity;
  subject_type: string;
  subject_external_id: string;
  subject_name: string;
  policy_id: string;
  before_version_id: string | null;
  after_version_id: string | null;
  scope_key: string;
  baseline_run_id: string;
  current_run_id: string;
  last_seen_run_id: string;
  last_seen_at: Date;
  fingerprint: string;
  actor: string;
  acknowledged_at: Date | null;
  acknowledged_by_name: string | null;
  acknowledged_reason: string | null;
  created_at: Date;
  /** Changes in all: those that the evidence holds, and those that were too many to keep. */
  change_count: number;
}

export interface FindingRow extends FindingHead {
  evidence: Evidence;
}

export interface ListedFindingRow extends FindingHead {
  /** {@link PREVIEWED_CHANGES} at most. */
  first_changes: EvidenceChange[];
}

const COLUMNS = `id, kind, status, severity, subject_type, subject_external_id, subject_name, policy_id,
  before_version_id, after_version_id, scope_key, baseline_run_id, current_run_id, last_seen_run_id, last_seen_at,
  fingerprint, actor, acknowledged_at, acknowledged_by_name, acknowledged_reason, created_at,
  jsonb_array_length(evidence -> 'changes') + coalesce((evidence ->> 'omittedChanges')::integer, 0) AS change_count`;

/** Which two sync runs were compared, by their ids. */
export interface Comparison {
  scopeKey: string;
  baselineRunId: string;
  currentRunId: string;
}

/** Each list means "one of"; left out or empty means any. The run ids ask for what a comparison showed, new or known. */
export interface FindingFilter {
  kinds?: readonly FindingKind[] | undefined;
  statuses?: readonly FindingStatus[] | undefined;
  severities?: readonly FindingSeverity[] | undefined;
  baselineRunId?: string | undefined;
  currentRunId?: string | undefined;
}

@Injectable()
export class FindingRepository {
  constructor(private readonly database: TenantDatabase) {}

  /**
   * Stores what a comparison found, in one transaction. A finding whose fingerprint the tenant has already is not added
   * again; it is only noted as seen. New ones come to stand by severity in a list that shows the newest first.
   */
  store(
    scope: TenantScope,
    comparison: Comparison,
    findings: readonly DetectedFinding[],
  ): Promise<{ created: number; known: number }> {
    const ordered = [...findings].sort(lastInListFirst);
    return this.database.transaction(async () => {
      // Two comparisons that store the same findings in another order would wait for each other's rows for ever.
      await this.database.query(scope, `SELECT pg_advisory_xact_lock(hashtextextended('drift_findings ' || $1, 0))`);
      let created = 0;
      for (let at = 0; at < ordered.length; at += ROWS_AT_ONCE) {
        created += await this.storeChunk(scope, comparison, ordered.slice(at, at + ROWS_AT_ONCE));
      }
      return { created, known: findings.length - created };
    });
  }

  /** Newest first, below the id `before`; at most `limit` rows, whose evidence stays where it is but for its beginning. */
  page(
    scope: TenantScope,
    filter: FindingFilter,
    before: string | undefined,
    limit: number,
  ): Promise<ListedFindingRow[]> {
    const parameters: SqlValue[] = [];
    const bind = (value: SqlValue): string => `$${parameters.push(value) + 1}`;
    const where = ['tenant_id = $1'];
    if (filter.kinds?.length) where.push(`kind = ANY (${bind([...filter.kinds])})`);
    if (filter.statuses?.length) where.push(`status = ANY (${bind([...filter.statuses])})`);
    if (filter.severities?.length) where.push(`severity = ANY (${bind([...filter.severities])})`);
    const sighting: string[] = [];
    if (filter.baselineRunId !== undefined) sighting.push(`baseline_run_id = ${bind(filter.baselineRunId)}`);
    if (filter.currentRunId !== undefined) sighting.push(`current_run_id = ${bind(filter.currentRunId)}`);
    if (sighting.length > 0) {
      // An array, not IN: a join would walk every newer finding of the tenant to reach those of an older comparison.
      where.push(`id = ANY (ARRAY(
        SELECT finding_id FROM drift_sightings WHERE tenant_id = $1 AND ${sighting.join(' AND ')}))`);
    }
    if (before !== undefined) where.push(`id < ${bind(before)}::bigint`);
    return this.database.query<ListedFindingRow>(
      scope,
      `SELECT ${COLUMNS}, jsonb_path_query_array(evidence, '$.changes[0 to ${PREVIEWED_CHANGES - 1}]') AS first_changes
       FROM drift_findings WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ${bind(limit)}`,
      parameters,
    );
  }

  async find(scope: TenantScope, id: string): Promise<FindingRow | undefined> {
    const [row] = await this.database.query<FindingRow>(
      scope,
      `SELECT ${COLUMNS}, evidence FROM drift_findings WHERE tenant_id = $1 AND id = $2`,
      [id],
    );
    return row;
  }

  /** How many of `ids`, each given once, are this tenant's; locks their rows for the transaction around it. */
  async lock(scope: TenantScope, ids: readonly string[]): Promise<number> {
    const rows = await this.database.query(
      scope,
      `SELECT id FROM drift_findings WHERE tenant_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id FOR UPDATE`,
      [[...ids]],
    );
    return rows.length;
  }

  /** Acknowledges those of `ids` that wait for it, new or reopened, and answers which. */
  acknowledge(
    scope: TenantScope,
    ids: readonly string[],
    by: { userId: string | null; name: string; reason: string | null },
  ): Promise<{ id: string; name: string }[]> {
    return this.database.query<{ id: string; name: string }>(
      scope,
      `UPDATE drift_findings
       SET status = 'acknowledged', acknowledged_at = now(), acknowledged_by = $3, acknowledged_by_name = $4,
         acknowledged_reason = $5
       WHERE tenant_id = $1 AND id = ANY ($2::bigint[])
         AND ${asFilter(`status IN ('new', 'reopened')`)}
       RETURNING id, subject_name AS name`,
      [[...ids], by.userId, by.name, by.reason],
    );
  }

  private async storeChunk(
    scope: TenantScope,
    comparison: Comparison,
    findings: readonly DetectedFinding[],
  ): Promise<number> {
    const [row] = await this.database.query<{ created: number }>(
      scope,
      `WITH detected AS (
         SELECT * FROM ROWS FROM (jsonb_to_recordset($5::jsonb) AS (kind text, severity text, "subjectType" text,
           "subjectExternalId" text, "subjectName" text, "policyId" bigint, "beforeVersionId" bigint,
           "afterVersionId" bigint, fingerprint text, evidence jsonb)) WITH ORDINALITY
       ), stored AS (
         INSERT INTO drift_findings (tenant_id, scope_key, baseline_run_id, current_run_id, last_seen_run_id, kind,
           severity, subject_type, subject_external_id, subject_name, policy_id, before_version_id, after_version_id,
           fingerprint, evidence)
         SELECT $1, $2, $3, $4, $4, kind, severity, "subjectType", "subjectExternalId", "subjectName", "policyId",
           "beforeVersionId", "afterVersionId", fingerprint, evidence
         FROM detected ORDER BY ordinality
         ON CONFLICT ON CONSTRAINT drift_findings_once DO UPDATE
           SET last_seen_run_id = greatest(drift_findings.last_seen_run_id, excluded.last_seen_run_id),
               last_seen_at = now()
         RETURNING id, xmax = 0 AS created
       ), seen AS (
         INSERT INTO drift_sightings (tenant_id, baseline_run_id, current_run_id, finding_id)
         SELECT $1, $3, $4, id FROM stored
         ON CONFLICT DO NOTHING
       )
       SELECT count(*) FILTER (WHERE created)::integer AS created FROM stored`,
      [comparison.scopeKey, comparison.baselineRunId, comparison.currentRunId, JSON.stringify(findings)],
    );
    return row?.created ?? 0;
  }
}

/** Ids grow in the order of the rows and lists show the largest id first, so what matters most comes last here. */
function lastInListFirst(a: DetectedFinding, b: DetectedFinding): number {
  return (
    FINDING_SEVERITIES.indexOf(a.severity) - FINDING_SEVERITIES.indexOf(b.severity) ||
    order(b.kind, a.kind) ||
    order(b.subjectName, a.subjectName)
  );
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
