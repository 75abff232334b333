import { Injectable } from '@nestjs/common';
import { TenantDatabase, type SqlValue } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { SyncOutcome, TypeCoverage } from '../sync/coverage.js';
import type { Selection } from '../sync/selection.js';
import type { SyncProgressState } from '../sync/sync-progress.js';
import { ONE_PLAN_FOR_ALL_TENANTS } from './one-plan.js';

/** One worker's hold on a sync run; a later attempt of the same operation run goes before an earlier one. */
export interface SyncAttempt {
  syncRunId: string;
  attempt: number;
}

export interface SyncRunHeadRow {
  id: string;
  operation_run_id: string;
  scope_key: string;
  selection: Selection;
  /** Null until the sync has finished. */
  outcome: SyncOutcome | null;
  policies: number;
  versions_written: number;
  started_at: Date;
  finished_at: Date | null;
  /** How far it is, while it goes on. */
  progress: SyncProgressState | null;
}

export interface SyncRunRow extends SyncRunHeadRow {
  coverage: TypeCoverage[];
}

const USABLE = ['succeeded', 'partially_succeeded'] as const;

/** Which of a scope's sync runs that read something. */
export interface UsableRuns {
  limit: number;
  /** Only older ones than this one. */
  before?: string | null;
  /** All of them that read something unless told. */
  outcomes?: readonly (typeof USABLE)[number][];
}

const HEAD = `s.id, s.operation_run_id, s.scope_key, s.selection, s.outcome, s.policies, s.versions_written,
  s.started_at, s.finished_at, s.progress`;
const COLUMNS = `${HEAD},
  coalesce((SELECT jsonb_agg(jsonb_build_object('type', c.type, 'state', c.state, 'policies', c.policies,
      'reasonCode', c.reason_code) ORDER BY c.type)
    FROM inventory_coverage c WHERE c.tenant_id = s.tenant_id AND c.sync_run_id = s.id), '[]') AS coverage`;

/** The runs of `inventory.sync` as the inventory knows them, with their coverage. */
@Injectable()
export class SyncRunRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Opens the sync run of an operation run, or takes it over for a later attempt; a finished one stays as it is. */
  async open(
    scope: TenantScope,
    run: { operationRunId: string; attempt: number; scopeKey: string; selection: Selection },
  ): Promise<SyncRunRow> {
    const parameters: SqlValue[] = [run.operationRunId, run.attempt, run.scopeKey, JSON.stringify(run.selection)];
    await this.database.query(
      scope,
      `INSERT INTO inventory_sync_runs AS s (tenant_id, operation_run_id, attempt, scope_key, selection)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, operation_run_id) DO UPDATE SET attempt = excluded.attempt
         WHERE s.outcome IS NULL AND s.attempt < excluded.attempt`,
      parameters,
    );
    const [row] = await this.database.query<SyncRunRow>(
      scope,
      `SELECT ${COLUMNS} FROM inventory_sync_runs s WHERE s.tenant_id = $1 AND s.operation_run_id = $2`,
      [run.operationRunId],
    );
    if (!row) throw new Error(`Operation run ${run.operationRunId} has no sync run.`);
    return row;
  }

  /** Closes the sync run; false when another attempt holds it or it is closed already. */
  async finish(scope: TenantScope, { syncRunId, attempt }: SyncAttempt, outcome: SyncOutcome): Promise<boolean> {
    const rows = await this.database.query(
      scope,
      `UPDATE inventory_sync_runs s SET outcome = $4, finished_at = now(), policies = c.policies,
         versions_written = c.versions_written, progress = NULL
       FROM (SELECT coalesce(sum(policies), 0) AS policies, coalesce(sum(versions_written), 0) AS versions_written
             FROM inventory_coverage WHERE tenant_id = $1 AND sync_run_id = $2) c
       WHERE s.tenant_id = $1 AND s.id = $2 AND s.attempt = $3 AND s.outcome IS NULL
       RETURNING s.id`,
      [syncRunId, attempt, outcome],
    );
    return rows.length > 0;
  }

  /** Keeps how far the sync is; nothing once another attempt holds it or it is closed. */
  async note(scope: TenantScope, { syncRunId, attempt }: SyncAttempt, progress: SyncProgressState): Promise<void> {
    await this.database.query(
      scope,
      `UPDATE inventory_sync_runs SET progress = $4
       WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND outcome IS NULL`,
      [syncRunId, attempt, JSON.stringify(progress)],
    );
  }

  /** How many policies the tenant has, as far as the inventory knows, by type. */
  async presentCounts(scope: TenantScope): Promise<Map<string, number>> {
    const rows = await this.database.query<{ type: string; policies: number }>(
      scope,
      `SELECT type, count(*)::integer AS policies FROM inventory_policies
       WHERE tenant_id = $1 AND present GROUP BY type`,
    );
    return new Map(rows.map(({ type, policies }) => [type, policies]));
  }

  async find(scope: TenantScope, id: string): Promise<SyncRunRow | undefined> {
    const [row] = await this.database.query<SyncRunRow>(
      scope,
      `SELECT ${COLUMNS} FROM inventory_sync_runs s WHERE s.tenant_id = $1 AND s.id = $2`,
      [id],
    );
    return row;
  }

  /** Newest first, below the id `before`; at most `limit` rows. */
  page(scope: TenantScope, before: string | undefined, limit: number): Promise<SyncRunRow[]> {
    return this.database.query<SyncRunRow>(
      scope,
      `SELECT ${COLUMNS} FROM inventory_sync_runs s
       WHERE s.tenant_id = $1 AND ($2::bigint IS NULL OR s.id < $2::bigint) ORDER BY s.id DESC LIMIT $3`,
      [before ?? null, limit],
    );
  }

  /** The newest of any selection that has come to its end. */
  async newestFinished(scope: TenantScope): Promise<SyncRunRow | undefined> {
    const [row] = await this.database.query<SyncRunRow>(
      scope,
      `SELECT ${COLUMNS} FROM inventory_sync_runs s
       WHERE s.tenant_id = $1 AND s.outcome IS NOT NULL ORDER BY s.id DESC LIMIT 1`,
    );
    return row;
  }

  /** Those of a scope that read something, newest first; without coverage, for there may be hundreds. */
  usable(
    scope: TenantScope,
    scopeKey: string,
    { limit, before = null, outcomes = USABLE }: UsableRuns,
  ): Promise<SyncRunHeadRow[]> {
    return this.database.query<SyncRunHeadRow>(
      scope,
      `SELECT ${HEAD} FROM inventory_sync_runs s
       WHERE s.tenant_id = $1 AND s.scope_key = $2 AND s.outcome IN ('succeeded', 'partially_succeeded')
         AND s.outcome = ANY ($3) AND ($4::bigint IS NULL OR s.id < $4::bigint)
       ORDER BY s.id DESC LIMIT $5`,
      [scopeKey, outcomes, before, limit],
    );
  }

  /** Keeps these from removal: for as long as the run that names them now is listed. False when one is not there. */
  async hold(scope: TenantScope, ids: readonly string[]): Promise<boolean> {
    const held = await this.database.query(
      scope,
      `UPDATE inventory_sync_runs SET named_at = greatest(named_at, now())
       WHERE tenant_id = $1 AND id = ANY ($2::bigint[]) RETURNING id`,
      [ids],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    return held.length === new Set(ids).size;
  }

  /** Keeps these from removal for ever. */
  async keep(scope: TenantScope, ids: readonly string[]): Promise<void> {
    await this.database.query(
      scope,
      `UPDATE inventory_sync_runs SET named_at = 'infinity' WHERE tenant_id = $1 AND id = ANY ($2::bigint[])`,
      [ids],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }

  /** What the newest finished sync that tried a type said of it. */
  async newestCoverage(scope: TenantScope, type: string): Promise<NewestCoverage | undefined> {
    const [row] = await this.database.query<NewestCoverage>(
      scope,
      `SELECT sync_run_id, state, reason_code, recorded_at FROM inventory_coverage
       WHERE tenant_id = $1 AND type = $2 ORDER BY sync_run_id DESC LIMIT 1`,
      [type],
    );
    return row;
  }
}

export interface NewestCoverage {
  sync_run_id: string;
  state: TypeCoverage['state'];
  reason_code: string | null;
  recorded_at: Date;
}
