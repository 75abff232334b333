import { performRun, type PerformedRun } from '#libs/run-kit/testing/perform-run.js';
import { FindingRepository } from '../../../src/modules/drift/data/finding.repository.js';
import { DriftService } from '../../../src/modules/drift/drift.service.js';
import { FindingsService } from '../../../src/modules/drift/findings.service.js';
import type { LastComparisonLookup } from '../../../src/modules/drift/last-comparison.js';
import { DriftGenerateProcessor } from '../../../src/modules/drift/runs/drift-generate.processor.js';
import { DriftGenerate } from '../../../src/modules/drift/runs/drift-generate.run-type.js';
import { KnownPoliciesRepository } from '../../../src/modules/inventory/data/known-policies.repository.js';
import { OldSyncRunRepository } from '../../../src/modules/inventory/data/old-sync-run.repository.js';
import { PolicyFacetsRepository } from '../../../src/modules/inventory/data/policy-facets.repository.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import type { InventoryFacade } from '../../../src/modules/inventory/inventory.facade.js';
import { InventoryHealth } from '../../../src/modules/inventory/inventory-health.facade.js';
import { InventoryPages } from '../../../src/modules/inventory/inventory-pages.js';
import { OldSyncRuns } from '../../../src/modules/inventory/old-sync-runs.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import type { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import type { OperationsFacade } from '../../../src/modules/operations/operations.facade.js';
import type { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import type { TenantRow } from '../../support/builders.js';
import type { TestDatabase } from '../../support/test-database.js';
import { SyncedInventory } from './synced-inventory.js';

export const RETENTION_DAYS = 30;

const EVERY_POLICY = { includeRemoved: true };
const MANY = { limit: 100 };

/** A tenant with its syncs, its comparisons and the housekeeping that lets old sync runs go. */
export class TidiedTenant {
  readonly scope;
  readonly inventory: SyncedInventory;
  readonly pages: InventoryPages;
  readonly findings: FindingsService;
  readonly drift: DriftService;
  private readonly policies: PolicyRepository;
  private readonly health: InventoryHealth;
  private readonly house: OldSyncRuns;

  constructor(
    private readonly db: TestDatabase,
    readonly tenant: TenantRow,
  ) {
    const { tenantDatabase } = db;
    this.scope = tenant.scope;
    this.inventory = new SyncedInventory(tenantDatabase);
    this.policies = new PolicyRepository(tenantDatabase);
    const runs = new SyncRunRepository(tenantDatabase);
    this.pages = new InventoryPages(this.policies, runs);
    this.findings = new FindingsService(tenantDatabase, new FindingRepository(tenantDatabase), {} as AuditTrail);
    this.drift = new DriftService(
      this.inventory.facade,
      {} as OperationRunService,
      { of: () => Promise.resolve(null) } as unknown as LastComparisonLookup,
    );
    const lists = new RunListRepository(tenantDatabase, db.database);
    const operations = {
      sentenceOf: (code: string) => code,
      listed: async (...asked: Parameters<RunListRepository['listed']>) => new Set(await lists.listed(...asked)),
    } as unknown as OperationsFacade;
    this.health = new InventoryHealth(runs, new KnownPoliciesRepository(tenantDatabase), operations);
    const settings = { runs: { leaseSeconds: 60, sweepSeconds: 10, retentionDays: RETENTION_DAYS } };
    this.house = new OldSyncRuns(new OldSyncRunRepository(tenantDatabase), operations, settings);
  }

  tidy(): Promise<void> {
    return this.house.tidy(this.scope);
  }

  /** Compares two sync runs as a worker would; `facade` may be a tampered one. */
  compare(baselineRunId: string, currentRunId: string, facade = this.inventory.facade): Promise<PerformedRun> {
    const { tenantDatabase } = this.db;
    return performRun(
      DriftGenerate,
      new DriftGenerateProcessor(facade, new FindingRepository(tenantDatabase), tenantDatabase),
      { scopeKey: facade.defaultScopeKey(), baselineRunId, currentRunId },
      { tenantId: this.tenant.id },
    );
  }

  /** Starts what a person would, and works it at once; `undefined` when there is nothing to compare. */
  async compareNewest(facade: InventoryFacade = this.inventory.facade): Promise<PerformedRun | undefined> {
    const { baseline, current } = await this.drift.status(this.scope);
    return baseline && current ? this.compare(baseline.id, current.id, facade) : undefined;
  }

  /** As if all that was named so far was named when no run of that time is listed any more. */
  async age(): Promise<void> {
    await this.db.database.query(
      `UPDATE inventory_sync_runs SET named_at = named_at - make_interval(days => $2)
       WHERE tenant_id = $1 AND named_at < 'infinity'`,
      [this.tenant.id, RETENTION_DAYS + 2],
    );
  }

  /** Puts an operation run into the lists; a running one unless it is said to be `completed`. */
  async list(operationRunId: string, status: 'running' | 'completed' = 'running'): Promise<void> {
    const ended = status === 'completed';
    await this.db.database.query(
      `INSERT INTO operation_runs (id, tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
         correlation_id, started_at, lease_expires_at, completed_at)
       OVERRIDING SYSTEM VALUE
       VALUES ($1, $2, 'Ada', 'inventory.sync', $3, $4, sha256('x'), '{}', 'c', now(), now(), $5)`,
      [operationRunId, this.tenant.id, status, ended ? 'succeeded' : 'pending', ended ? new Date() : null],
    );
  }

  async syncRunIds(): Promise<string[]> {
    const rows = await this.db.database.query<{ id: string }>(
      'SELECT id FROM inventory_sync_runs WHERE tenant_id = $1 ORDER BY id',
      [this.tenant.id],
    );
    return rows.map(({ id }) => id);
  }

  /** Sync runs with the types that they have coverage of. */
  async coverage(): Promise<Record<string, string[]>> {
    const rows = await this.db.database.query<{ id: string; types: string[] }>(
      `SELECT sync_run_id AS id, array_agg(type ORDER BY type) AS types FROM inventory_coverage
       WHERE tenant_id = $1 GROUP BY sync_run_id`,
      [this.tenant.id],
    );
    return Object.fromEntries(rows.map(({ id, types }) => [id, types]));
  }

  /** Everything that pages and comparisons say without a sync run being named by whoever asks. */
  async answers(scopeKeys: readonly string[] = []) {
    const { scope, pages, findings } = this;
    const policies = (await pages.policies(scope, EVERY_POLICY, 'name', MANY)).items;
    const found = (await findings.list(scope, {}, MANY)).items;
    const facets = await new PolicyFacetsRepository(this.db.tenantDatabase).count(scope, EVERY_POLICY);
    return {
      policies,
      details: await inTurn(policies, ({ id }) => pages.policy(scope, id)),
      versions: await inTurn(policies, ({ id }) => pages.versions(scope, id, MANY)),
      facets: facets.map((facet) => JSON.stringify(facet)).sort(),
      newest: (await pages.syncRuns(scope, { limit: 1 })).items,
      lastSync: await this.health.lastSync(scope),
      drift: await inTurn([undefined, ...scopeKeys], async (scopeKey) => ({
        ...(await this.drift.status(scope, { scopeKey })),
        syncRuns: undefined,
      })),
      findings: await inTurn(found, ({ id }) => findings.find(scope, id)),
      compared: await inTurn(
        [...new Set(found.flatMap(({ baselineRunId, currentRunId }) => [baselineRunId, currentRunId]))],
        async (id) => ({ page: await pages.syncRun(scope, id), snapshots: await this.snapshots(id) }),
      ),
    };
  }

  /** What {@link answers} says, without ids and times: of two tenants with the same history it is the same. */
  async words() {
    const { policies, drift, findings, lastSync } = await this.answers();
    return {
      policies: policies.map(({ externalId, coverageState, present }) => ({ externalId, coverageState, present })),
      drift: drift.map(({ missing, ready, notCompared }) => ({ missing, ready, notCompared })),
      findings: findings.map(({ fingerprint }) => fingerprint).sort(),
      lastSync: lastSync?.coverage,
    };
  }

  private snapshots(syncRunId: string): Promise<object[]> {
    return this.policies.snapshots(this.scope, syncRunId);
  }
}

async function inTurn<Of, Answer>(of: readonly Of[], ask: (one: Of) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const one of of) answers.push(await ask(one));
  return answers;
}
