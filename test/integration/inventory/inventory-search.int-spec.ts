import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InventorySearch1790000014000 } from '../../../migrations/1790000014000-InventorySearch.js';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyDto } from '../../../src/modules/inventory/http/inventory.dto.js';
import type { FacetValueDto } from '../../../src/modules/inventory/http/policy-search.dto.js';
import { PolicyFacetsRepository } from '../../../src/modules/inventory/data/policy-facets.repository.js';
import type { PolicyFilter } from '../../../src/modules/inventory/data/policy-filter.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { InventoryFacets } from '../../../src/modules/inventory/inventory-facets.js';
import { InventoryPages } from '../../../src/modules/inventory/inventory-pages.js';
import { PolicyHistory } from '../../../src/modules/inventory/policy-history.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { readingOf, SyncedInventory, unreadable } from '../drift/synced-inventory.js';

const CATALOG = 'settingsCatalog';
const COMPLIANCE = 'deviceCompliancePolicy';
const DRIVERS = 'windowsDriverUpdateProfile';

const everybody = [{ target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } }];

function catalogPolicy(id: string, name: string, rest: object = {}) {
  const settingInstance = { settingDefinitionId: 'device_test', simpleSettingValue: { value: 'on' } };
  return { id, name, platforms: 'windows10', settings: [{ id: '0', settingInstance }], ...rest };
}

function compliancePolicy(id: string, displayName: string, rest: object = {}) {
  return { '@odata.type': '#microsoft.graph.windows10CompliancePolicy', id, displayName, ...rest };
}

describe('finding policies', () => {
  let db: TestDatabase;
  let contoso: TenantRow;
  let fabrikam: TenantRow;
  let inventory: SyncedInventory;
  let pages: InventoryPages;
  let facets: InventoryFacets;
  let history: PolicyHistory;

  beforeAll(async () => {
    db = await createTestDatabase();
    contoso = await aTenant(db.database);
    fabrikam = await aTenant(db.database);
    inventory = new SyncedInventory(db.tenantDatabase);
    const policies = new PolicyRepository(db.tenantDatabase);
    pages = new InventoryPages(policies, new SyncRunRepository(db.tenantDatabase));
    facets = new InventoryFacets(new PolicyFacetsRepository(db.tenantDatabase));
    history = new PolicyHistory(policies);
    await inventory.sync(contoso.scope, [
      readingOf(CATALOG, [
        catalogPolicy('s-1', 'WIN - Device Guard', { assignments: everybody, roleScopeTagIds: ['0', '7'] }),
        catalogPolicy('s-2', 'MAC - FileVault', { platforms: 'macOS', description: '100% of Macs_are encrypted' }),
        catalogPolicy('s-3', 'ALL - Browser', { platforms: 'windows10,macOS', roleScopeTagIds: ['7'] }),
        catalogPolicy('s-4', 'gone', {}),
      ]),
      readingOf(COMPLIANCE, [compliancePolicy('c-1', 'win-Compliance', { description: 'Needs a GUARD' })]),
      readingOf(DRIVERS, [{ id: 'd-1', displayName: 'Drivers', assignments: everybody }]),
    ]);
    await inventory.sync(contoso.scope, [
      readingOf(CATALOG, [
        catalogPolicy('s-1', 'WIN - Device Guard', { assignments: everybody, roleScopeTagIds: ['0', '7'] }),
        catalogPolicy('s-2', 'MAC - FileVault', { platforms: 'macOS', description: '100% of Macs_are encrypted' }),
        catalogPolicy('s-3', 'ALL - Browser - renamed', { platforms: 'windows10,macOS', roleScopeTagIds: ['7'] }),
      ]),
      unreadable(DRIVERS, 'forbidden'),
    ]);
    await inventory.sync(fabrikam.scope, [
      readingOf(CATALOG, [catalogPolicy('f-1', 'WIN - Device Guard of Fabrikam')]),
    ]);
  });
  afterAll(() => db.close());

  const all: PolicyFilter = { includeRemoved: false };

  async function found(filter: Partial<PolicyFilter>, tenant = contoso): Promise<string[]> {
    const { items } = await pages.policies(tenant.scope, { ...all, ...filter }, 'name', { limit: 100 });
    return items.map(({ externalId }) => externalId);
  }

  async function counts(filter: Partial<PolicyFilter>, tenant = contoso) {
    const { total, ...rest } = await facets.of(tenant.scope, { ...all, ...filter });
    const named = (values: FacetValueDto[]) => Object.fromEntries(values.map(({ value, count }) => [value, count]));
    return { total, ...Object.fromEntries(Object.entries(rest).map(([facet, values]) => [facet, named(values)])) };
  }

  it('looks for a text in names and descriptions, in any case and literally', async () => {
    await expect(found({ text: 'guard' })).resolves.toEqual(expect.arrayContaining(['c-1', 's-1']));
    await expect(found({ text: 'guard' })).resolves.toHaveLength(2);
    await expect(found({ text: 'Device G' })).resolves.toEqual(['s-1']);
    await expect(found({ text: '100% of macs_' })).resolves.toEqual(['s-2']);
    await expect(found({ text: '100%%' })).resolves.toEqual([]);
    await expect(found({ text: '\\' })).resolves.toEqual([]);
  });

  it('narrows by each facet alone and by several together', async () => {
    await expect(found({ types: [CATALOG] })).resolves.toEqual(['s-3', 's-2', 's-1']);
    await expect(found({ typesOfCategories: [COMPLIANCE, DRIVERS] })).resolves.toEqual(['d-1', 'c-1']);
    await expect(found({ types: [CATALOG], typesOfCategories: [COMPLIANCE] })).resolves.toEqual([]);
    await expect(found({ platforms: ['macOS'] })).resolves.toEqual(['s-3', 's-2']);
    await expect(found({ assignment: ['unassigned'] })).resolves.toEqual(['s-3', 's-2', 'c-1']);
    await expect(found({ scopeTags: ['7'] })).resolves.toEqual(['s-3', 's-1']);
    await expect(found({ coverage: ['forbidden'] })).resolves.toEqual(['d-1']);
    await expect(found({ platforms: ['windows'], assignment: ['assigned'], coverage: ['read'] })).resolves.toEqual([
      's-1',
    ]);
    await expect(found({ includeRemoved: true, types: [CATALOG] })).resolves.toContain('s-4');
  });

  it('counts each facet under the filters of the others', async () => {
    await expect(counts({})).resolves.toEqual({
      total: 5,
      type: { [CATALOG]: 3, [COMPLIANCE]: 1, [DRIVERS]: 1 },
      category: { 'Device configuration': 3, Compliance: 1, 'Windows update': 1 },
      platform: { windows: 4, macOS: 2 },
      coverage: { read: 4, forbidden: 1 },
      assignment: { assigned: 2, unassigned: 3 },
      scopeTag: { '0': 1, '7': 2 },
    });
    await expect(counts({ platforms: ['macOS'], assignment: ['unassigned'] })).resolves.toEqual({
      total: 2,
      type: { [CATALOG]: 2 },
      category: { 'Device configuration': 2 },
      platform: { windows: 2, macOS: 2 },
      coverage: { read: 2 },
      assignment: { unassigned: 2 },
      scopeTag: { '7': 1 },
    });
    await expect(counts({ text: 'nothing of the kind' })).resolves.toMatchObject({ total: 0, type: {}, scopeTag: {} });
  });

  it('agrees with what the list shows of each policy', async () => {
    const { items } = await pages.policies(contoso.scope, all, 'name', { limit: 100 });
    const tally = (keysOf: (policy: PolicyDto) => string[]) => {
      const sums: Record<string, number> = {};
      for (const key of items.flatMap(keysOf)) sums[key] = (sums[key] ?? 0) + 1;
      return sums;
    };
    await expect(counts({})).resolves.toEqual({
      total: items.length,
      type: tally(({ type }) => [type]),
      category: tally(({ type }) => [policyType(type)?.category ?? '']),
      platform: tally(({ platform }) => platform?.split(',') ?? ['none']),
      coverage: tally(({ coverageState }) => [coverageState]),
      assignment: tally(({ assignment }) => [assignment]),
      scopeTag: tally(({ scopeTagIds }) => scopeTagIds),
    });
  });

  it("never shows or counts another tenant's policies", async () => {
    await expect(found({ text: 'device guard' }, fabrikam)).resolves.toEqual(['f-1']);
    await expect(counts({ text: 'device guard' }, fabrikam)).resolves.toMatchObject({
      total: 1,
      type: { [CATALOG]: 1 },
    });
    await expect(counts({ text: 'of fabrikam' })).resolves.toMatchObject({ total: 0 });
  });

  it.each(['name', 'changed'] as const)('pages by %s, each policy once', async (order) => {
    const whole = await pages.policies(contoso.scope, all, order, { limit: 100 });
    const paged: PolicyDto[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await pages.policies(contoso.scope, all, order, { limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(whole.items);
    expect(whole.items).toHaveLength(5);
    if (order === 'changed') expect(whole.items[0]?.externalId).toBe('s-3');
  });

  it('refuses the cursor of another order', async () => {
    const { nextCursor } = await pages.policies(contoso.scope, all, 'name', { limit: 1 });
    const asked = pages.policies(contoso.scope, all, 'changed', { limit: 1, cursor: nextCursor ?? '' });
    await expect(asked).rejects.toMatchObject({ code: 'request.invalid_cursor' });
  });

  it('finds the same of policies that were stored before it could be found', async () => {
    const stored = () =>
      db.database.query(
        `SELECT external_id, description, assigned, scope_tags, complete, sort_name, search_text
         FROM inventory_policies ORDER BY id`,
      );
    const before = await stored();
    expect(before).toContainEqual(
      expect.objectContaining({ external_id: 's-1', assigned: true, scope_tags: ['0', '7'] }),
    );
    const migration = new InventorySearch1790000014000();
    const runner = db.dataSource.createQueryRunner();
    try {
      await migration.down(runner);
      await migration.up(runner);
    } finally {
      await runner.release();
    }
    await expect(stored()).resolves.toEqual(before);
  });

  describe('the versions of one policy', () => {
    async function versionsOf(externalId: string) {
      const { items } = await pages.policies(contoso.scope, all, 'name', { limit: 100 });
      const id = items.find((policy) => policy.externalId === externalId)?.id ?? '';
      return { id, versions: (await pages.versions(contoso.scope, id, { limit: 10 })).items.map((one) => one.id) };
    }

    it('are shown whole, and against each other in either direction', async () => {
      const { id, versions } = await versionsOf('s-3');
      const [now = '', before = ''] = versions;
      expect(versions).toHaveLength(2);
      await expect(history.version(contoso.scope, id, before)).resolves.toMatchObject({
        id: before,
        name: 'ALL - Browser',
        current: false,
        settings: [{ settingDefinitionId: 'device_test', value: 'on' }],
        raw: { id: 's-3', name: 'ALL - Browser' },
      });
      const [from, to] = ['ALL - Browser', 'ALL - Browser - renamed'];
      const change = { path: 'name', change: 'changed', section: 'name' };
      const forth = await history.diff(contoso.scope, id, before, now);
      expect(forth).toMatchObject({ from: { id: before }, to: { id: now } });
      expect(forth.changes).toEqual([{ ...change, before: from, after: to }]);
      const back = await history.diff(contoso.scope, id, now, before);
      expect(back.changes).toEqual([{ ...change, before: to, after: from }]);
      await expect(history.diff(contoso.scope, id, now, now)).resolves.toMatchObject({ changes: [] });
    });

    it("are this policy's and this tenant's alone", async () => {
      const one = await versionsOf('s-3');
      const other = await versionsOf('s-1');
      const [now = '', before = ''] = one.versions;
      const denied = { code: 'access.denied' };
      await expect(history.diff(contoso.scope, one.id, before, other.versions[0] ?? '')).rejects.toMatchObject(denied);
      await expect(history.version(contoso.scope, other.id, now)).rejects.toMatchObject(denied);
      await expect(history.version(fabrikam.scope, one.id, now)).rejects.toMatchObject(denied);
      await expect(history.diff(fabrikam.scope, one.id, before, now)).rejects.toMatchObject(denied);
    });
  });
});
