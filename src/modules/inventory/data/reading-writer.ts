import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { Completeness } from '../sync/completeness.js';
import type { TypeCoverage } from '../sync/coverage.js';
import { planWrites, type KnownPolicy, type PlannedWrites } from '../sync/plan-writes.js';
import type { TypeReading } from '../sync/read-type.js';
import type { SyncAttempt } from './sync-run.repository.js';
import { VersionWriter } from './version-writer.js';

interface KnownRow {
  id: string;
  external_id: string;
  present: boolean;
  content_hash: string;
  completeness: Completeness;
}

/** Takes what a sync read of one type into the inventory, whole or not at all. */
@Injectable()
export class ReadingWriter {
  constructor(
    private readonly database: TenantDatabase,
    private readonly versions: VersionWriter,
  ) {}

  /**
   * Applies a reading and records its coverage, in one transaction; appliers of one tenant go one after the other. When
   * a newer sync has applied this type meanwhile, nothing of this one is taken and its coverage says so. An unchanged
   * type writes its coverage row and nothing else.
   * @returns the coverage as it was recorded
   */
  apply(scope: TenantScope, sync: SyncAttempt, reading: TypeReading): Promise<TypeCoverage> {
    return this.database.transaction(async () => {
      await this.database.query(scope, `SELECT pg_advisory_xact_lock(hashtextextended('inventory:' || $1::text, 0))`);
      const { type, state } = reading.coverage;
      if (state !== 'read' && state !== 'partial') return this.record(scope, sync, reading.coverage);
      if (await this.isSuperseded(scope, sync, type)) {
        return this.record(scope, sync, {
          type,
          state: 'failed',
          policies: 0,
          reasonCode: 'inventory.superseded',
        });
      }
      const plan = planWrites(reading, await this.known(scope, type));
      const versionsWritten = await this.versions.write(scope, type, sync.syncRunId, plan.changed);
      await this.writeProofs(scope, plan.proofs);
      await this.remove(scope, sync.syncRunId, plan.removed);
      return this.record(scope, sync, reading.coverage, { versionsWritten, incomplete: reading.incomplete.length });
    });
  }

  /** Whether a later sync, or a later attempt of this one, has applied the type. */
  private async isSuperseded(scope: TenantScope, sync: SyncAttempt, type: string): Promise<boolean> {
    const rows = await this.database.query(
      scope,
      `SELECT 1 FROM inventory_coverage
       WHERE tenant_id = $1 AND type = $2 AND state IN ('read', 'partial')
         AND (sync_run_id, attempt) > ($3::bigint, $4::integer)
       LIMIT 1`,
      [type, sync.syncRunId, sync.attempt],
    );
    return rows.length > 0;
  }

  private async known(scope: TenantScope, type: string): Promise<KnownPolicy[]> {
    const rows = await this.database.query<KnownRow>(
      scope,
      `SELECT p.id, p.external_id, p.present, v.content_hash, p.completeness
       FROM inventory_policies p
       JOIN inventory_policy_versions v
         ON v.tenant_id = p.tenant_id AND v.policy_id = p.id AND v.id = p.current_version_id
       WHERE p.tenant_id = $1 AND p.type = $2`,
      [type],
    );
    return rows.map(({ id, external_id, present, content_hash, completeness }) => ({
      id,
      externalId: external_id,
      present,
      contentHash: content_hash,
      completeness,
    }));
  }

  private async writeProofs(scope: TenantScope, proofs: PlannedWrites['proofs']): Promise<void> {
    if (proofs.length === 0) return;
    await this.database.query(
      scope,
      `UPDATE inventory_policies p SET completeness = r.completeness
       FROM jsonb_to_recordset($2::jsonb) AS r(id bigint, completeness jsonb)
       WHERE p.tenant_id = $1 AND p.id = r.id`,
      [JSON.stringify(proofs)],
    );
  }

  private async remove(scope: TenantScope, syncRunId: string, policyIds: readonly string[]): Promise<void> {
    if (policyIds.length === 0) return;
    await this.versions.closePeriods(scope, syncRunId, policyIds);
    await this.database.query(
      scope,
      `UPDATE inventory_policies SET present = false, removed_at = now(), changed_at = now()
       WHERE tenant_id = $1 AND id = ANY ($2::bigint[])`,
      [policyIds],
    );
  }

  /** A later attempt's row is never replaced by an earlier one's. */
  private async record(
    scope: TenantScope,
    { syncRunId, attempt }: SyncAttempt,
    coverage: TypeCoverage,
    written: { versionsWritten: number; incomplete: number } = { versionsWritten: 0, incomplete: 0 },
  ): Promise<TypeCoverage> {
    await this.database.query(
      scope,
      `INSERT INTO inventory_coverage AS c
         (tenant_id, sync_run_id, type, attempt, state, reason_code, policies, incomplete, versions_written)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (tenant_id, sync_run_id, type) DO UPDATE SET attempt = excluded.attempt, state = excluded.state,
         reason_code = excluded.reason_code, policies = excluded.policies, incomplete = excluded.incomplete,
         versions_written = c.versions_written + excluded.versions_written, recorded_at = now()
         WHERE c.attempt <= excluded.attempt`,
      [
        syncRunId,
        coverage.type,
        attempt,
        coverage.state,
        coverage.reasonCode,
        coverage.policies,
        written.incomplete,
        written.versionsWritten,
      ],
    );
    return coverage;
  }
}
