import { beforeEach, describe, expect, it } from '@jest/globals';
import { performRun } from '#libs/run-kit/testing/perform-run.js';
import type { CurrentPolicy, InventoryFacade } from '../../inventory/inventory.facade.js';
import type { BackupSetItemRepository, ItemTarget, NewBackupSetItem } from '../data/backup-set-item.repository.js';
import type { BackupSetRepository } from '../data/backup-set.repository.js';
import { AddPoliciesProcessor } from './add-policies.processor.js';
import { AddPolicies } from './add-policies.run-type.js';

const OPTIONS = { includeAssignments: true, includeScopeTags: true };

/** One set, with the items of `backup_set_items` by policy. */
class FakeItems {
  readonly rows = new Map<string, { runId: string; item: NewBackupSetItem }>();
  loseAfterInsert = false;

  async insert(_: unknown, target: ItemTarget, items: readonly NewBackupSetItem[]): Promise<void> {
    for (const item of items) {
      if (!this.rows.has(item.policyId)) this.rows.set(item.policyId, { runId: target.runId, item });
    }
    if (this.loseAfterInsert) throw new Error('The worker was lost.');
  }

  async adders(_: unknown, __: string, policyIds: readonly string[]): Promise<Map<string, string>> {
    return new Map(
      policyIds.flatMap((id) => {
        const row = this.rows.get(id);
        return row ? [[id, row.runId] as const] : [];
      }),
    );
  }
}

function policy(policyId: string, present = true): CurrentPolicy {
  const names = { type: 'settingsCatalog', externalId: `ext-${policyId}`, name: `Policy ${policyId}` };
  return { policyId, ...names, versionId: `1${policyId}`, present, complete: true };
}

describe('backup_set.add_policies', () => {
  let items: FakeItems;
  let asked: string[][];
  let leaseChecks: number;
  let setExists: boolean;
  let policies: CurrentPolicy[];

  beforeEach(() => {
    items = new FakeItems();
    asked = [];
    leaseChecks = 0;
    setExists = true;
    policies = [policy('1'), policy('2'), policy('3', false)];
  });

  function perform(policyIds: string[], runId = '50') {
    const inventory = {
      currentPolicies: async (_: unknown, ids: string[]) => {
        asked.push(ids);
        return policies.filter(({ policyId }) => ids.includes(policyId));
      },
    };
    const sets = { find: async () => (setExists ? { id: '7' } : undefined) };
    const processor = new AddPoliciesProcessor(
      inventory as unknown as InventoryFacade,
      sets as unknown as BackupSetRepository,
      items as unknown as BackupSetItemRepository,
    );
    const counting = {
      work: (payload: Parameters<typeof processor.work>[0], context: Parameters<typeof processor.work>[1]) =>
        processor.work(payload, { ...context, checkLease: async () => void (leaseChecks += 1) }),
    };
    const payload = { backupSetId: '7', backupSetName: 'Before change', policyIds, options: OPTIONS };
    return performRun(AddPolicies, counting, payload, { runId });
  }

  it('adds what is there, and names what is unknown or removed as failed items', async () => {
    const run = await perform(['1', '2', '3', '999', '99999999999999999999', 'not-an-id', '1']);
    expect(run).toMatchObject({
      outcome: 'partially_succeeded',
      counts: { total: 6, processed: 6, success: 2, failed: 4, skipped: 0 },
    });
    expect(run.items).toContainEqual({ itemId: '1', kind: 'policy', name: 'Policy 1', result: 'success' });
    expect(run.items.map(({ name }) => name)).toEqual([
      'Policy 1',
      'Policy 2',
      'Policy 3',
      undefined,
      undefined,
      undefined,
    ]);
    const reasons = run.items.map(({ itemId, reasonCode }) => [itemId, reasonCode]);
    expect(reasons).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', 'backup_set.policy_removed'],
      ['999', 'backup_set.policy_unknown'],
      ['99999999999999999999', 'backup_set.policy_unknown'],
      ['not-an-id', 'backup_set.policy_unknown'],
    ]);
    expect(asked).toEqual([['1', '2', '3', '999']]);
    expect([...items.rows.values()].map(({ item }) => item.versionId)).toEqual(['11', '12']);
  });

  it('skips what another run added, even when it is removed from the tenant by now', async () => {
    await perform(['1', '2'], '50');
    policies = [policy('1', false), policy('2')];
    const again = await perform(['1', '2'], '51');
    expect(again).toMatchObject({ outcome: 'succeeded', counts: { total: 2, skipped: 2, failed: 0, success: 0 } });
    expect(again.items.map(({ reasonCode }) => reasonCode)).toEqual(Array(2).fill('backup_set.already_in_set'));
  });

  it('counts what its own lost attempt added as its success', async () => {
    items.loseAfterInsert = true;
    await expect(perform(['1', '2'])).rejects.toThrow('The worker was lost.');
    items.loseAfterInsert = false;
    await expect(perform(['1', '2'])).resolves.toMatchObject({
      outcome: 'succeeded',
      counts: { success: 2, skipped: 0 },
    });
  });

  it('checks its lease between chunks', async () => {
    await perform(Array.from({ length: 450 }, (_, at) => String(at + 1)));
    expect(leaseChecks).toBe(3);
    expect(asked.map((ids) => ids.length)).toEqual([200, 200, 50]);
  });

  it('fails in words when the set is gone', async () => {
    setExists = false;
    await expect(perform(['1'])).resolves.toMatchObject({ outcome: 'failed', reasonCode: 'backup_set.set_gone' });
  });

  it('is the same run for the same policies in any order and number, whatever the set is called', () => {
    const identity = (policyIds: string[], backupSetName: string) =>
      AddPolicies.identity({ backupSetId: '7', backupSetName, policyIds, options: OPTIONS });
    expect(identity(['2', '1', '2'], 'A')).toEqual(identity(['1', '2'], 'B'));
    expect(identity(['1'], 'A')).not.toEqual(identity(['1', '2'], 'A'));
  });

  it('refuses a payload without policies', async () => {
    await expect(perform([])).rejects.toThrow('invalid payload: policyIds');
  });
});
