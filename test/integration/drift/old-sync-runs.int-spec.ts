import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MigrationInterface } from 'typeorm';
import { NamedSyncRuns1790000027000 } from '../../../migrations/1790000027000-NamedSyncRuns.js';
import { SightingsOfRuns1790000028000 } from '../../../migrations/1790000028000-SightingsOfRuns.js';
import { OldSyncRunRepository } from '../../../src/modules/inventory/data/old-sync-run.repository.js';
import type { JsonObject } from '../../../src/modules/inventory/policy/json.js';
import { InventoryFacade, type PolicySnapshot } from '../../../src/modules/inventory/inventory.facade.js';
import { normaliseSelection, scopeKeyOf } from '../../../src/modules/inventory/sync/selection.js';
import { aTenant } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { readingOf, unreadable, withUnread, type TypeReading } from './synced-inventory.js';
import { RETENTION_DAYS, TidiedTenant } from './tidied-tenant.js';

const CATALOG = 'settingsCatalog';
const COMPLIANCE = 'deviceCompliancePolicy';
const DRIVERS = 'windowsDriverUpdateProfile';

function catalogPolicy(id: string, value = 'on'): JsonObject {
  const settingInstance = { settingDefinitionId: 'device_test', simpleSettingValue: { value } };
  return { id, name: `Catalog ${id}`, platforms: 'windows10', settings: [{ id: '0', settingInstance }] };
}

function compliancePolicy(id: string): JsonObject {
  return { '@odata.type': '#microsoft.graph.windows10CompliancePolicy', id, displayName: `Compliance ${id}` };
}

const CATALOG_READ = readingOf(CATALOG, [catalogPolicy('s-1'), catalogPolicy('s-2')]);
const CATALOG_CHANGED = readingOf(CATALOG, [catalogPolicy('s-1', 'off'), catalogPolicy('s-3')]);
const COMPLIANCE_READ = readingOf(COMPLIANCE, [compliancePolicy('c-1')]);
const DRIVERS_READ = readingOf(DRIVERS, [{ id: 'd-1', displayName: 'Drivers' }]);
const ALL_READ = [CATALOG_READ, COMPLIANCE_READ, DRIVERS_READ];
const CATALOG_IN_PART = [withUnread(CATALOG_READ, 's-9'), COMPLIANCE_READ];
const COMPLIANCE_FORBIDDEN = unreadable(COMPLIANCE, 'forbidden');

/** A selection of its own beside that of everything. */
const ALONE = [CATALOG, COMPLIANCE];
const SCOPE_KEYS = [scopeKeyOf(normaliseSelection({ policyTypes: ALONE }))];

describe('old sync runs', () => {
  let db: TestDatabase;
  let house: TidiedTenant;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    house = new TidiedTenant(db, await aTenant(db.database));
  });

  const sync = (readings: readonly TypeReading[], types?: string[]): Promise<string> =>
    house.inventory.sync(house.scope, readings, types);

  /** Takes a migration back and carries it out once more, on what is there after `between`. */
  async function again(migration: MigrationInterface, between?: () => Promise<unknown>): Promise<void> {
    const runner = db.dataSource.createQueryRunner();
    try {
      await migration.down(runner);
      await between?.();
      await migration.up(runner);
    } finally {
      await runner.release();
    }
  }

  async function syncs(count: number, readings: readonly TypeReading[] = ALL_READ): Promise<string[]> {
    const ids: string[] = [];
    for (let done = 0; done < count; done += 1) ids.push(await sync(readings));
    return ids;
  }

  /** What stands after each of these, when nothing else keeps it, is what the last words of its name say. */
  const histories: [string, () => Promise<unknown>][] = [
    [
      'a type that the newest syncs did not try was forbidden to the last that did',
      async () => {
        await sync(ALL_READ);
        await sync([COMPLIANCE_FORBIDDEN]);
        await syncs(3, [CATALOG_READ]);
      },
    ],
    [
      'the newest that ended failed, and one that goes on has read its type',
      async () => {
        await syncs(3);
        await sync([unreadable(CATALOG, 'throttled')]);
        const { syncRunId } = await house.inventory.open(house.scope);
        await house.inventory.read(house.scope, syncRunId, [CATALOG_READ]);
      },
    ],
    [
      'the newest has not read anything yet',
      async () => {
        await syncs(3);
        await house.inventory.open(house.scope);
      },
    ],
    ['none succeeded fully', () => syncs(4, CATALOG_IN_PART)],
    [
      'none succeeded fully, and another selection has been synced since',
      async () => {
        await syncs(4, CATALOG_IN_PART);
        for (let done = 0; done < 4; done += 1) await sync([CATALOG_READ, COMPLIANCE_READ], ALONE);
      },
    ],
    [
      'the last that succeeded fully is long ago',
      async () => {
        await syncs(3);
        await syncs(3, CATALOG_IN_PART);
      },
    ],
    [
      'one in part was between the two that succeeded fully',
      async () => {
        await syncs(3);
        await sync(CATALOG_IN_PART);
        await sync([CATALOG_CHANGED, COMPLIANCE_READ, DRIVERS_READ]);
      },
    ],
  ];
  it.each(histories)('go without a word of what is said being another: %s', async (_, happened) => {
    await happened();
    const all = await house.syncRunIds();
    const before = await house.answers(SCOPE_KEYS);
    await house.tidy();
    expect(await house.answers(SCOPE_KEYS)).toEqual(before);
    expect((await house.syncRunIds()).length).toBeLessThan(all.length);
  });

  it('go whole, those that are kept stay whole, and once is enough', async () => {
    await house.compare(await sync(ALL_READ), await sync([CATALOG_CHANGED, COMPLIANCE_READ]));
    await syncs(3, [CATALOG_READ, COMPLIANCE_FORBIDDEN]);
    await syncs(3, [CATALOG_CHANGED, COMPLIANCE_READ]);
    const before = await house.answers();
    const coverage = Object.entries(await house.coverage());
    await house.tidy();
    const left = await house.syncRunIds();
    expect(await house.coverage()).toEqual(Object.fromEntries(coverage.filter(([id]) => left.includes(id))));
    expect(await house.answers()).toEqual(before);
    await house.tidy();
    expect(await house.syncRunIds()).toEqual(left);
    expect(left).toHaveLength(4);
  });

  it('go beside syncs that go on, and what these find is what they find where nothing goes', async () => {
    const twin = new TidiedTenant(db, await aTenant(db.database));
    const readings = [
      [CATALOG_READ, COMPLIANCE_READ],
      [CATALOG_CHANGED, COMPLIANCE_FORBIDDEN],
      CATALOG_IN_PART,
      [CATALOG_CHANGED, COMPLIANCE_READ, DRIVERS_READ],
      [unreadable(CATALOG, 'throttled')],
    ];
    for (let step = 0; step < 30; step += 1) {
      const reading = readings[(step * step + (step >> 2)) % readings.length] ?? [];
      const types = step % 7 === 3 ? ALONE : undefined;
      await house.age();
      await Promise.all([house.tidy(), house.inventory.sync(house.scope, reading, types), house.tidy()]);
      await twin.inventory.sync(twin.scope, reading, types);
      await Promise.all([house.compareNewest(), house.tidy()]);
      await twin.compareNewest();
      expect(await house.words()).toEqual(await twin.words());
    }
    expect((await house.syncRunIds()).length).toBeLessThan((await twin.syncRunIds()).length);
  });

  it('stay while their operation run is listed, with all that came after', async () => {
    await sync(ALL_READ);
    const { syncRunId, operationRunId } = await house.inventory.open(house.scope);
    await house.inventory.read(house.scope, syncRunId, [CATALOG_READ]);
    await house.list(operationRunId);
    const since = await syncs(5);
    await house.tidy();
    expect(await house.syncRunIds()).toEqual([syncRunId, ...since]);
  });

  it('leave a sync that goes on late what newer ones have read, so that it takes nothing back', async () => {
    const { syncRunId, operationRunId } = await house.inventory.open(house.scope);
    await house.list(operationRunId);
    await sync([CATALOG_CHANGED]);
    await syncs(3, [unreadable(CATALOG, 'throttled'), COMPLIANCE_READ]);
    await house.tidy();
    const [late] = await house.inventory.read(house.scope, syncRunId, [CATALOG_READ]);
    expect(late).toMatchObject({ state: 'failed', reasonCode: 'inventory.superseded' });
    const present = (
      await house.pages.policies(house.scope, { includeRemoved: false, types: [CATALOG] }, 'name', { limit: 9 })
    ).items;
    expect(present.map(({ externalId }) => externalId)).toEqual(['s-1', 's-3']);
  });

  it('that were given up go too, but for the newest word on a type', async () => {
    const abandoned: string[] = [];
    for (const reading of [CATALOG_READ, DRIVERS_READ]) {
      const { syncRunId } = await house.inventory.open(house.scope);
      await house.inventory.read(house.scope, syncRunId, [reading]);
      abandoned.push(syncRunId);
    }
    await syncs(2, [CATALOG_READ]);
    await house.tidy();
    expect(await house.syncRunIds()).not.toContain(abandoned[0]);
    expect(await house.syncRunIds()).toContain(abandoned[1]);
  });

  it('stay when a finding names them, and else for as long as the comparison is listed', async () => {
    const [a, b, c] = [await sync(ALL_READ), await sync([CATALOG_CHANGED]), await sync([CATALOG_CHANGED])];
    await house.compare(a, b);
    await house.compare(b, c);
    const since = await syncs(4, [CATALOG_CHANGED, COMPLIANCE_READ, DRIVERS_READ]);
    await house.tidy();
    expect(await house.syncRunIds()).toEqual([a, b, c, ...since.slice(-2)]);
    await house.age();
    await house.tidy();
    expect(await house.syncRunIds()).toEqual([a, b, ...since.slice(-2)]);
    const compared = await house.compare(a, b);
    expect(compared.outcome).toBe('succeeded');
  });

  it('take along what comparisons saw in them; the finding stays, and what saw it first', async () => {
    const [a, b, c] = [await sync(ALL_READ), await sync([CATALOG_CHANGED]), await sync([CATALOG_CHANGED])];
    await house.compare(a, b);
    await house.compare(a, c);
    await syncs(2, [CATALOG_CHANGED, COMPLIANCE_READ, DRIVERS_READ]);
    const seenIn = async (currentRunId: string): Promise<number> =>
      (await house.findings.list(house.scope, { currentRunId }, { limit: 100 })).items.length;
    const all = await seenIn(b);
    expect(all).toBeGreaterThan(0);
    expect(await seenIn(c)).toBe(all);
    await house.age();
    await house.tidy();
    expect(await house.syncRunIds()).not.toContain(c);
    expect(await seenIn(c)).toBe(0);
    expect(await seenIn(b)).toBe(all);
    expect((await house.answers()).findings).toHaveLength(all);
  });

  it('had left behind what comparisons saw in them', async () => {
    const [a, b] = [await sync(ALL_READ), await sync([CATALOG_CHANGED])];
    await house.compare(a, b);
    const left = `SELECT current_run_id AS id FROM drift_sightings WHERE tenant_id = $1`;
    const seen = await db.database.query(left, [house.tenant.id]);
    await again(new SightingsOfRuns1790000028000(), () =>
      db.database.query(
        `INSERT INTO drift_sightings (tenant_id, baseline_run_id, current_run_id, finding_id)
         SELECT tenant_id, baseline_run_id, 999999999, finding_id FROM drift_sightings WHERE tenant_id = $1`,
        [house.tenant.id],
      ),
    );
    expect(seen.length).toBeGreaterThan(0);
    expect(await db.database.query(left, [house.tenant.id])).toEqual(seen);
  });

  it('answer as what is foreign or never was, and a comparison of one says that it is gone', async () => {
    const [old] = await syncs(4);
    await house.tidy();
    const [current] = (await house.syncRunIds()).slice(-1);
    await expect(house.pages.syncRun(house.scope, old ?? '')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(house.drift.choose(house.scope, { baselineRunId: old })).rejects.toMatchObject({
      code: 'access.denied',
    });
    await expect(house.compare(old ?? '', current ?? '')).resolves.toMatchObject({
      outcome: 'failed',
      reasonCode: 'drift.sync_run_gone',
    });
    expect((await house.answers()).findings).toEqual([]);
  });

  it.each(['baseline', 'current'] as const)('never go between two reads of a comparison: the %s', async (which) => {
    const [old, next] = await syncs(6);
    const [newest] = (await house.syncRunIds()).slice(-1);
    const pair = which === 'baseline' ? { baseline: old, current: newest } : { baseline: old, current: next };
    const facade = new Proxy(house.inventory.facade, {
      get: (target, key) =>
        key === 'snapshots'
          ? async (...[scope, id]: Parameters<InventoryFacade['snapshots']>): Promise<PolicySnapshot[]> => {
              if (id === pair[which]) await house.tidy();
              return target.snapshots(scope, id);
            }
          : (Reflect.get(target, key, target) as unknown),
    });
    await expect(house.compare(pair.baseline ?? '', pair.current ?? '', facade)).resolves.toMatchObject({
      outcome: 'succeeded',
      context: { newFindings: 0 },
    });
    expect((await house.answers()).findings).toEqual([]);
  });

  it('stay when they are held after they were looked at', async () => {
    const [held] = await syncs(5);
    const rows = new OldSyncRunRepository(db.tenantDatabase);
    expect((await rows.unnamed(house.scope, RETENTION_DAYS, '0', 1)).map(({ id }) => id)).toEqual([held]);
    await house.inventory.facade.holdSyncRuns(house.scope, [held ?? '']);
    expect(await rows.remove(house.scope, [held ?? ''], RETENTION_DAYS)).toBe(0);
  });

  it('pass over what a comparison holds just now, and wait for nobody', async () => {
    const [held, other] = await syncs(5);
    await db.tenantDatabase.transaction(async () => {
      await house.inventory.facade.holdSyncRuns(house.scope, [held ?? '']);
      await db.database.outside(() => house.tidy());
      expect(await db.database.outside(() => house.syncRunIds())).toContain(held);
    });
    await house.tidy();
    expect(await house.syncRunIds()).toContain(held);
    expect(await house.syncRunIds()).not.toContain(other);
  });

  it('go by the hundred past those that stay, and so many of one tenant that the others get their turn', async () => {
    const [kept, old] = [130, 1_250];
    await db.database.query(
      `INSERT INTO inventory_sync_runs (tenant_id, operation_run_id, attempt, scope_key, selection, outcome, finished_at)
       SELECT $1, 1000000 + n, 1, CASE WHEN n <= $2::integer THEN 'selection ' || n ELSE 'all' END, '{}', 'succeeded', now()
       FROM generate_series(1, $2::integer + $3::integer) n ORDER BY n`,
      [house.tenant.id, kept, old],
    );
    const all = await house.syncRunIds();
    await house.tidy();
    expect((await house.syncRunIds()).length).toBeLessThan(all.length - 900);
    expect((await house.syncRunIds()).length).toBeGreaterThan(kept + 2);
    await house.tidy();
    expect(await house.syncRunIds()).toEqual([...all.slice(0, kept), ...all.slice(-2)]);
  });

  it('go in their own tenant alone', async () => {
    const other = new TidiedTenant(db, await aTenant(db.database));
    for (let done = 0; done < 5; done += 1) await other.inventory.sync(other.scope, ALL_READ);
    await syncs(5);
    const others = await other.syncRunIds();
    await house.tidy();
    expect(await other.syncRunIds()).toEqual(others);
    expect(await house.syncRunIds()).toHaveLength(2);
  });

  it('are told from named ones also where they were named before that was noted', async () => {
    const [a, b, c] = [await sync(ALL_READ), await sync([CATALOG_CHANGED]), await sync([CATALOG_CHANGED])];
    await sync([CATALOG_CHANGED]);
    await house.compare(a, b);
    const since = await syncs(3, [CATALOG_CHANGED, COMPLIANCE_READ, DRIVERS_READ]);
    await db.database.query(
      `INSERT INTO operation_runs (tenant_id, initiator_name, type, status, outcome, run_identity_hash, payload,
         correlation_id, completed_at)
       VALUES ($1, 'Ada', 'drift.generate', 'completed', 'succeeded', sha256('x'),
         jsonb_build_object('baselineRunId', $2::text, 'currentRunId', $3::text), 'c', now())`,
      [house.tenant.id, b, c],
    );
    await again(new NamedSyncRuns1790000027000());
    await house.tidy();
    expect(await house.syncRunIds()).toEqual([a, b, c, ...since.slice(-2)]);
  });
});
