import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SetHealthRepository } from '../../../src/modules/backup-sets/data/set-health.repository.js';
import { FindingCountsRepository } from '../../../src/modules/drift/data/finding-counts.repository.js';
import { KnownPoliciesRepository } from '../../../src/modules/inventory/data/known-policies.repository.js';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { RunDaysRepository } from '../../../src/modules/operations/data/run-days.repository.js';
import { RunListRepository } from '../../../src/modules/operations/data/run-list.repository.js';
import { ComingTicksRepository } from '../../../src/modules/schedules/data/coming-ticks.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { stepsOf, type ExplainedDatabase } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const TENANTS = 20;
const RUNS = 100_000;
const FINDINGS = 40_000;
const POLICIES = 5_000;
const SETS = 2_000;
const ITEMS_OF_A_SET = 20;
const SINCE = new Date(Date.now() - 29 * 86_400_000).toISOString().slice(0, 10);

describe('the reads of an overview among the rows of 20 tenants', () => {
  let db: TestDatabase;
  let large: TenantRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    const tenants: TenantRow[] = [];
    for (let index = 0; index < TENANTS; index += 1) tenants.push(await aTenant(db.database));
    large = tenants[0] as TenantRow;
    const ids = tenants.map(({ id }) => id);
    // The first tenant has half of the rows.
    const rows = (count: number): string =>
      `unnest($1::uuid[]) WITH ORDINALITY AS t(id, place) CROSS JOIN LATERAL
       generate_series(1, CASE WHEN t.place = 1 THEN ${count / 2} ELSE ${count / 2 / (TENANTS - 1)} END) AS n`;
    const filled = [
      `INSERT INTO operation_runs (tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
         correlation_id, created_at, completed_at)
       SELECT t.id, 'Ada', 'inventory.sync', 'completed', 'succeeded', sha256(n::text::bytea), '{}', 'c',
         now() - n * interval '1 minute', now() - n * interval '1 minute' FROM ${rows(RUNS)}`,
      `INSERT INTO operation_run_days (tenant_id, day, outcome, runs)
       SELECT t.id, current_date - n::integer, outcome, n FROM ${rows(400 * TENANTS)}
       CROSS JOIN unnest(ARRAY['succeeded', 'failed']) AS outcome`,
      `INSERT INTO operation_run_total_deltas (tenant_id, type, outcome, runs)
       SELECT t.id, 'inventory.sync', 'succeeded', 1 FROM ${rows(4_000)}`,
      `INSERT INTO drift_findings (tenant_id, kind, severity, status, subject_type, subject_external_id, subject_name,
         policy_id, scope_key, baseline_run_id, current_run_id, last_seen_run_id, fingerprint, evidence, created_at,
         acknowledged_at)
       SELECT t.id, 'policy.changed', (ARRAY['low', 'medium', 'high'])[1 + n % 3],
         CASE WHEN n % 50 = 0 THEN 'new' ELSE 'acknowledged' END, 'settingsCatalog', 'x', 'X', 1, 'all', 1, 2, 2,
         encode(sha256(n::text::bytea), 'hex'), '{"changes": []}', now() - n * interval '30 minutes',
         CASE WHEN n % 50 = 0 THEN NULL ELSE now() - n * interval '20 minutes' END FROM ${rows(FINDINGS)}`,
      `INSERT INTO inventory_policies (tenant_id, type, external_id, name, completeness, first_seen_at)
       SELECT t.id, 'settingsCatalog', 'p-' || n, 'P ' || n, '{"complete": true}', now() - n * interval '1 hour'
       FROM ${rows(POLICIES * 2)}`,
      `INSERT INTO inventory_sync_runs (tenant_id, operation_run_id, attempt, scope_key, selection, outcome, finished_at)
       SELECT t.id, n, 1, 'all', '{}', 'succeeded', now() FROM ${rows(20_000)}`,
      `INSERT INTO backup_sets (tenant_id, name, created_by_name) SELECT t.id, 'S ' || n, 'Ada' FROM ${rows(SETS)}`,
    ];
    for (const sql of filled) await db.database.query(sql, [ids]);
    await db.database.query(
      `INSERT INTO inventory_coverage (tenant_id, sync_run_id, type, attempt, state, policies)
       SELECT tenant_id, id, 'type-' || n, 1, 'read', 1
       FROM (SELECT * FROM inventory_sync_runs ORDER BY id DESC LIMIT 500) AS s, generate_series(1, 60) AS n`,
    );
    // Every set of the first tenant but its oldest lacks something.
    await db.database.query(
      `WITH version AS (
         INSERT INTO inventory_policy_versions (tenant_id, policy_id, content_hash, body_hash, assignments_hash, name,
           content, raw, completeness)
         SELECT tenant_id, id, repeat('a', 64), repeat('a', 64), repeat('a', 64), name, '{}', '{}', '{}'
         FROM (SELECT * FROM inventory_policies WHERE tenant_id = $1 ORDER BY id LIMIT ${ITEMS_OF_A_SET}) AS p
         RETURNING id, policy_id
       )
       INSERT INTO backup_set_items (tenant_id, set_id, policy_id, version_id, type, external_id, name,
         include_assignments, include_scope_tags, complete, added_run_id)
       SELECT $1, s.id, v.policy_id, v.id, 'settingsCatalog', 'x', 'X', true, true,
         s.id % 100 = 0 OR v.policy_id % 2 = 0, 1
       FROM backup_sets s CROSS JOIN version v WHERE s.tenant_id = $1`,
      [large.id],
    );
    await db.database.query('VACUUM ANALYZE');
  }, 120_000);
  afterAll(() => db.close());

  /** Rows that the statements of `ask` fetched from a table or its index. */
  async function read(
    ask: (database: ExplainedDatabase) => Promise<unknown>,
  ): Promise<{ indexes: string[]; scans: string[]; rows: number }> {
    const steps = await stepsOf(db, ask);
    const leaves = steps.filter((step) => (step.Plans ?? []).length === 0);
    return {
      indexes: steps.flatMap((step) => step['Index Name'] ?? []),
      scans: leaves.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? ''),
      rows: leaves.reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0),
    };
  }

  it('counts runs per day without reading a run', async () => {
    const { scans, rows, indexes } = await read(({ asTenant }) =>
      new RunDaysRepository(asTenant).since(large.scope, SINCE),
    );
    // What completed since the last sweep may be scanned: it is little, and most of it may be this tenant's.
    expect(scans.filter((table) => table !== 'operation_run_total_deltas')).toEqual([]);
    expect(indexes.some((index) => index.startsWith('operation_runs_'))).toBe(false);
    expect(rows).toBeLessThanOrEqual(30 * 2 + 4_000);
  });

  it('finds the active runs by their own index', async () => {
    const { scans, rows } = await read((database) =>
      new RunListRepository(database.asTenant, database).active(large.scope, undefined, 50),
    );
    expect(scans).toEqual([]);
    expect(rows).toBe(0);
  });

  it('counts open findings and those of 30 days from their indexes', async () => {
    const counted = (ask: (counts: FindingCountsRepository) => Promise<unknown>): ReturnType<typeof read> =>
      read(({ asTenant }) => ask(new FindingCountsRepository(asTenant)));
    const open = await counted((counts) => counts.open(large.scope));
    expect(open).toMatchObject({ scans: [], indexes: ['drift_findings_open'] });
    expect(open.rows).toBeLessThanOrEqual(FINDINGS / 2 / 50);
    const since = await counted((counts) => counts.since(large.scope, SINCE));
    expect(since.scans).toEqual([]);
    expect(since.rows).toBeLessThanOrEqual(2 * 31 * 72);
    expect((await counted((counts) => counts.firstDay(large.scope))).rows).toBe(1);
  });

  it('knows the policies of a tenant from one index', async () => {
    const known = await read(({ asTenant }) => new KnownPoliciesRepository(asTenant).since(large.scope, SINCE));
    expect(known).toMatchObject({ scans: [], indexes: ['inventory_policies_known'], rows: POLICIES });
  });

  it('finds the newest sync, the next ticks and the newest complete set by a few rows', async () => {
    const sync = await read(({ asTenant }) => new SyncRunRepository(asTenant).newestFinished(large.scope));
    expect(sync.scans).toEqual([]);
    expect(sync.rows).toBeLessThanOrEqual(1 + 60);
    expect((await read(({ asTenant }) => new ComingTicksRepository(asTenant).next(large.scope, 5))).rows).toBe(0);
    const set = await read(({ asTenant }) => new SetHealthRepository(asTenant).newestComplete(large.scope));
    expect(set.scans).toEqual([]);
    // Each newer set by one row, and the items of the one that is answered.
    expect(set.rows).toBeLessThanOrEqual(SETS / 2 + ITEMS_OF_A_SET + 1);
  });
});
