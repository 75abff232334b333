import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { performRun } from '#libs/run-kit/testing/perform-run.js';
import { BackupSetsService } from '../../../src/modules/backup-sets/backup-sets.service.js';
import { BackupSetItemRepository } from '../../../src/modules/backup-sets/data/backup-set-item.repository.js';
import { BackupSetRepository } from '../../../src/modules/backup-sets/data/backup-set.repository.js';
import { AddPoliciesProcessor } from '../../../src/modules/backup-sets/runs/add-policies.processor.js';
import { AddPolicies } from '../../../src/modules/backup-sets/runs/add-policies.run-type.js';
import type { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { readingOf, SyncedInventory, withUnread } from '../drift/synced-inventory.js';

const OPTIONS = { includeAssignments: true, includeScopeTags: false };
const DENIED = { code: 'access.denied' };

const TYPE = 'settingsCatalog';

/** A settings catalogue policy as Graph gives it; `state` is what differs between its versions. */
function policy(name: string, state = 'first') {
  const settingInstance = {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
    settingDefinitionId: 'a_setting',
    simpleSettingValue: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationStringSettingValue',
      value: state,
    },
  };
  return { id: `ext-${name}`, name, platforms: 'windows10', settings: [{ id: '0', settingInstance }] };
}

describe('backup sets in PostgreSQL', () => {
  let db: TestDatabase;
  let service: BackupSetsService;
  let processor: AddPoliciesProcessor;
  let inventory: SyncedInventory;
  let started: unknown[];
  let tenant: TenantRow;
  let operator: UserRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    const sets = new BackupSetRepository(db.tenantDatabase);
    const items = new BackupSetItemRepository(db.tenantDatabase);
    const operations = { start: async (...[, , , payload]: unknown[]) => void started.push(payload) };
    service = new BackupSetsService(
      db.tenantDatabase,
      sets,
      items,
      operations as unknown as OperationRunService,
      new AuditTrail(db.tenantDatabase),
    );
    inventory = new SyncedInventory(db.tenantDatabase);
    processor = new AddPoliciesProcessor(inventory.facade, sets, items);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    tenant = await aTenant(db.database);
    operator = await aMember(db.database, tenant);
    started = [];
  });

  /** Syncs these policies and answers the inventory's ids by name, of removed ones too. */
  async function synced(policies: ReturnType<typeof policy>[]): Promise<Record<string, string>> {
    await inventory.sync(tenant.scope, [readingOf(TYPE, policies)]);
    const rows = await db.database.query<{ id: string; name: string }>(
      'SELECT id, name FROM inventory_policies WHERE tenant_id = $1',
      [tenant.id],
    );
    return Object.fromEntries(rows.map(({ id, name }) => [name, id]));
  }
  const create = (name: string, description: string | null = null) =>
    service.create(tenant.scope, operator.actor, { name, description });
  const add = (backupSetId: string, policyIds: string[], runId: string) =>
    performRun(
      AddPolicies,
      processor,
      { backupSetId, backupSetName: 'set', policyIds, options: OPTIONS },
      { runId, tenantId: tenant.id },
    );

  it('are made empty, by a named person, and audited', async () => {
    const set = await create('Before change', 'CHG-1');
    expect(set).toEqual({
      id: expect.stringMatching(/^\d+$/),
      name: 'Before change',
      description: 'CHG-1',
      createdByName: operator.name,
      createdAt: expect.any(String),
      itemCount: 0,
      complete: false,
    });
    await expect(service.find(tenant.scope, set.id)).resolves.toEqual(set);
    const audit = await db.database.query(
      `SELECT action, subject_name FROM audit_entries WHERE tenant_id = $1 AND subject_id = $2`,
      [tenant.id, set.id],
    );
    expect(audit).toEqual([{ action: 'backup_set.create', subject_name: 'Before change' }]);
  });

  it('are listed newest first, page by page', async () => {
    for (const name of ['a', 'b', 'c']) await create(name);
    const first = await service.list(tenant.scope, { limit: 2 });
    await create('late');
    const second = await service.list(tenant.scope, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(second.nextCursor).toBeNull();
  });

  it('keep each policy once, at the version of its first adding', async () => {
    const { id } = await create('set');
    const { A = '', B = '' } = await synced([policy('A'), policy('B')]);
    const run = await add(id, [A, B, '999999', 'x'], '50');
    expect(run.counts).toMatchObject({ total: 4, success: 2, failed: 2 });
    const first = (await service.listItems(tenant.scope, id, { limit: 100 })).items;
    const { C = '' } = await synced([policy('A', 'second'), policy('C')]);
    const again = await add(id, [A, B, C], '51');
    expect(again.items).toEqual([
      { itemId: A, kind: 'policy', name: 'A', result: 'skipped', reasonCode: 'backup_set.already_in_set' },
      { itemId: B, kind: 'policy', name: 'B', result: 'skipped', reasonCode: 'backup_set.already_in_set' },
      { itemId: C, kind: 'policy', name: 'C', result: 'success' },
    ]);
    const { items } = await service.listItems(tenant.scope, id, { limit: 100 });
    expect(items.slice(0, 2)).toEqual(first);
    expect(items.map(({ policyId, addedRunId }) => [policyId, addedRunId])).toEqual([
      [A, '50'],
      [B, '50'],
      [C, '51'],
    ]);
    expect(items[0]).toMatchObject({ name: 'A', externalId: 'ext-A', type: TYPE, complete: true, ...OPTIONS });
    await expect(service.find(tenant.scope, id)).resolves.toMatchObject({ itemCount: 3, complete: true });
  });

  it('take no policy that the tenant has no more', async () => {
    const { id } = await create('set');
    const { A = '' } = await synced([policy('A')]);
    await synced([]);
    await expect(add(id, [A], '50')).resolves.toMatchObject({
      outcome: 'failed',
      items: [{ itemId: A, result: 'failed', reasonCode: 'backup_set.policy_removed' }],
    });
  });

  it('are not complete while one of their policies could not be read whole', async () => {
    const { id } = await create('set');
    const { A = '', B = '' } = await synced([policy('A'), policy('B')]);
    await add(id, [A], '50');
    await expect(service.find(tenant.scope, id)).resolves.toMatchObject({ itemCount: 1, complete: true });
    await inventory.sync(tenant.scope, [withUnread(readingOf(TYPE, [policy('A')]), 'ext-B')]);
    await add(id, [B], '51');
    await expect(service.find(tenant.scope, id)).resolves.toMatchObject({ itemCount: 2, complete: false });
  });

  it('count what a lost attempt of the same run added as its success', async () => {
    const { id } = await create('set');
    const { A = '', B = '', C = '' } = await synced(['A', 'B', 'C'].map((name) => policy(name)));
    await add(id, [A, B], '50');
    await expect(add(id, [A, B, C], '50')).resolves.toMatchObject({ counts: { total: 3, success: 3, skipped: 0 } });
  });

  it('take many policies, and two runs at once', async () => {
    const { id } = await create('set');
    const policies = Array.from({ length: 600 }, (_, at) => policy(`P${at}`));
    const ids = Object.values(await synced(policies));
    const runs = await Promise.all([add(id, ids, '50'), add(id, [...ids].reverse(), '51')]);
    const sum = (key: 'success' | 'skipped'): number => runs.reduce((total, { counts }) => total + counts[key], 0);
    expect([sum('success'), sum('skipped')]).toEqual([600, 600]);
    await expect(service.find(tenant.scope, id)).resolves.toMatchObject({ itemCount: 600, complete: true });
  });

  it('keep their versions from being cleaned up, and go with their tenant', async () => {
    const { id } = await create('set');
    const { A = '' } = await synced([policy('A')]);
    await add(id, [A], '50');
    const remove = (what: string) => db.database.query(`DELETE FROM ${what} = $1`, [tenant.id]);
    await expect(remove('inventory_policies WHERE tenant_id')).rejects.toThrow('backup_set_items_version');
    await remove('tenants WHERE id');
    expect(await db.database.query('SELECT 1 FROM backup_set_items WHERE set_id = $1', [id])).toEqual([]);
  });

  it('are started with each policy once, for a set of this tenant only', async () => {
    const { id } = await create('set');
    const request = { policyIds: ['1', '1', '2'], options: OPTIONS };
    await service.addPolicies(tenant.scope, operator.actor, id, request);
    expect(started).toEqual([{ backupSetId: id, backupSetName: 'set', policyIds: ['1', '2'], options: OPTIONS }]);
    const stranger = await aTenant(db.database);
    await expect(service.addPolicies(stranger.scope, operator.actor, id, request)).rejects.toMatchObject(DENIED);
    await expect(service.addPolicies(tenant.scope, operator.actor, '99999', request)).rejects.toMatchObject(DENIED);
    expect(started).toHaveLength(1);
  });

  it('of another tenant are neither seen nor filled', async () => {
    const stranger = await aTenant(db.database);
    const { id } = await create('set');
    await expect(service.find(stranger.scope, id)).rejects.toMatchObject(DENIED);
    await expect(service.listItems(stranger.scope, id, { limit: 25 })).rejects.toMatchObject(DENIED);
    await expect(service.list(stranger.scope, { limit: 25 })).resolves.toEqual({ items: [], nextCursor: null });
    const { A = '' } = await synced([policy('A')]);
    const perform = (backupSetId: string) =>
      performRun(
        AddPolicies,
        processor,
        { backupSetId, backupSetName: 'set', policyIds: [A], options: OPTIONS },
        { runId: '50', tenantId: stranger.id },
      );
    await expect(perform(id)).resolves.toMatchObject({ outcome: 'failed', reasonCode: 'backup_set.set_gone' });
    const theirs = await service.create(stranger.scope, operator.actor, { name: 'theirs', description: null });
    await expect(perform(theirs.id)).resolves.toMatchObject({
      items: [{ itemId: A, result: 'failed', reasonCode: 'backup_set.policy_unknown' }],
    });
    await expect(service.find(tenant.scope, id)).resolves.toMatchObject({ itemCount: 0 });
  });
});
