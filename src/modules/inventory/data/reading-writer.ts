import { Injectable } from '@nestjs/common';
import { typesIn } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { currentUnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Completeness } from '../sync/completeness.js';
import type { TypeCoverage } from '../sync/coverage.js';
import type { JudgedObject } from '../sync/object-reading.js';
import { planWrites, type KnownPolicy, type PlannedWrites } from '../sync/plan-writes.js';
import type { TypeEnding } from '../sync/read-collection.js';
import { ONE_PLAN_FOR_ALL_TENANTS } from './one-plan.js';
import { ReferenceRepository } from './reference.repository.js';
import type { SyncAttempt } from './sync-run.repository.js';
import { VersionWriter } from './version-writer.js';

interface KnownRow {
  id: string;
  type: string;
  external_id: string;
  present: boolean;
  content_hash: string;
  completeness: Completeness;
  references_stored: boolean;
}

/** Takes what a sync reads into the inventory, chunk by chunk, and then how the reading of each type ended. */
@Injectable()
export class ReadingWriter {
  /** Who writes for each tenant last, in this process. */
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: TenantDatabase,
    private readonly versions: VersionWriter,
    private readonly references: ReferenceRepository,
  ) {}

  /**
   * Keeps objects of one type that were read, in one transaction; writers of one tenant go one after the other. Nothing is
   * taken once a newer sync has read the type. Unchanged objects write nothing.
   * @returns how many versions are new
   */
  take(scope: TenantScope, sync: SyncAttempt, type: PolicyType, objects: readonly JudgedObject[]): Promise<number> {
    return this.together(scope, async () => {
      if (await this.isSuperseded(scope, sync, type.key)) return 0;
      const plan = planWrites(type.key, objects, await this.known(scope, type, objects));
      if (plan.moved.length > 0) await this.versions.move(scope, type.key, plan.moved);
      const { versions, policyIds } = await this.versions.write(scope, type.key, sync.syncRunId, plan.changed);
      await this.writeProofs(scope, plan.proofs);
      const changed = plan.changed.flatMap(({ policy }) => {
        const id = policyIds.get(policy.externalId);
        return id === undefined ? [] : [{ id, policy }];
      });
      await this.references.replace(scope, type, [...changed, ...plan.unreferred]);
      return versions;
    });
  }

  /**
   * Ends the reading of the types of one collection, in one transaction: what the list did not name any more is gone, where
   * the type was read whole, and the coverage is recorded. When a newer sync has read a type meanwhile, nothing of it is
   * gone and its coverage says so.
   * @param written how many versions are new, by type
   * @returns the coverage as it was recorded
   */
  close(
    scope: TenantScope,
    sync: SyncAttempt,
    endings: readonly TypeEnding[],
    written: ReadonlyMap<string, number> = new Map(),
  ): Promise<TypeCoverage[]> {
    return this.together(scope, async () => {
      const recorded: TypeCoverage[] = [];
      for (const ending of endings) {
        recorded.push(await this.closeType(scope, sync, ending, written.get(ending.coverage.type) ?? 0));
      }
      return recorded;
    });
  }

  /** Runs `work`, calls of this writer among it, in one transaction; writers of one tenant go one after the other. */
  together<Result>(scope: TenantScope, work: () => Promise<Result>): Promise<Result> {
    const locked = () =>
      this.database.transaction(async () => {
        await this.database.query(scope, `SELECT pg_advisory_xact_lock(hashtextextended('inventory:' || $1::text, 0))`);
        return work();
      });
    return currentUnitOfWork() ? locked() : this.inTurn(scope.tenantId, locked);
  }

  /** The chunks of a wide sync would else each wait for the lock with a connection of the pool in hand. */
  private async inTurn<Result>(tenantId: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(tenantId) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(tenantId, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(tenantId) === mine) this.last.delete(tenantId);
    }
  }

  private async closeType(
    scope: TenantScope,
    sync: SyncAttempt,
    { coverage, incomplete, listed }: TypeEnding,
    written: number,
  ): Promise<TypeCoverage> {
    const { type, state } = coverage;
    if (state !== 'read' && state !== 'partial') return this.record(scope, sync, coverage, 0, written);
    if (await this.isSuperseded(scope, sync, type)) {
      const superseded = { type, state: 'failed', policies: 0, reasonCode: 'inventory.superseded' } as const;
      return this.record(scope, sync, superseded, 0, 0);
    }
    if (state === 'read') await this.remove(scope, sync.syncRunId, await this.unlisted(scope, type, listed));
    return this.record(scope, sync, coverage, incomplete, written);
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

  /** These objects as they are stored, under whichever type of their collection. */
  private async known(
    scope: TenantScope,
    { collection }: PolicyType,
    objects: readonly JudgedObject[],
  ): Promise<KnownPolicy[]> {
    const rows = await this.database.query<KnownRow>(
      scope,
      // Each by its whole key: for lists of unknown length, reading all that the tenant has may seem to cost no more.
      `SELECT p.* FROM unnest($2::text[]) AS t (type) CROSS JOIN unnest($3::text[]) AS g (external_id)
       CROSS JOIN LATERAL (
         SELECT p.id, p.type, p.external_id, p.present, v.content_hash, p.completeness, p.references_stored
         FROM inventory_policies p
         JOIN inventory_policy_versions v
           ON v.tenant_id = p.tenant_id AND v.policy_id = p.id AND v.id = p.current_version_id
         WHERE p.tenant_id = $1 AND p.type = t.type AND p.external_id = g.external_id LIMIT 1) p`,
      [typesIn(collection).map(({ key }) => key), objects.map(({ externalId }) => externalId)],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    return rows.map((row) => ({
      id: row.id,
      type: row.type,
      externalId: row.external_id,
      present: row.present,
      contentHash: row.content_hash,
      completeness: row.completeness,
      referencesStored: row.references_stored,
    }));
  }

  /** Ids of the policies of a type that are thought to be there and that its list did not name. */
  private async unlisted(scope: TenantScope, type: string, listed: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      scope,
      `SELECT p.id FROM inventory_policies p
       WHERE p.tenant_id = $1 AND p.type = $2 AND p.present
         AND NOT EXISTS (SELECT 1 FROM unnest($3::text[]) AS l (external_id) WHERE l.external_id = p.external_id)`,
      [type, listed],
    );
    return rows.map(({ id }) => id);
  }

  private async writeProofs(scope: TenantScope, proofs: PlannedWrites['proofs']): Promise<void> {
    if (proofs.length === 0) return;
    await this.database.query(
      scope,
      `UPDATE inventory_policies SET completeness = $3::jsonb -> id::text
       WHERE tenant_id = $1 AND id = ANY ($2::bigint[])`,
      [
        proofs.map(({ id }) => id),
        JSON.stringify(Object.fromEntries(proofs.map(({ id, completeness }) => [id, completeness]))),
      ],
      ONE_PLAN_FOR_ALL_TENANTS,
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
    incomplete: number,
    versionsWritten: number,
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
        incomplete,
        versionsWritten,
      ],
    );
    return coverage;
  }
}
