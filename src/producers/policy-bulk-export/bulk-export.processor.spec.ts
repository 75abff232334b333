import { beforeEach, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { RunStopped } from '#libs/run-kit/src/run-processor.js';
import { performRun, type PerformedRun } from '#libs/run-kit/testing/perform-run.js';
import type { CurrentPolicy, InventoryFacade } from '../../modules/inventory/inventory.facade.js';
import { BulkExportProcessor } from './bulk-export.processor.js';
import { BulkExport, type BulkExportPayload } from './bulk-export.run-type.js';
import type { PolicyExportRepository, WholeArchive } from './data/policy-export.repository.js';
import { PolicySelection } from './policy-selection.js';

/** Archives in memory, as the repository keeps them. */
class FakeExports {
  readonly archives = new Map<string, { runId: string; parts: Buffer[]; whole?: WholeArchive }>();
  cleaned = 0;
  private ids = 0;

  async open(_: unknown, runId: string): Promise<string> {
    for (const [id, archive] of this.archives) if (archive.runId === runId) this.archives.delete(id);
    this.ids += 1;
    this.archives.set(String(this.ids), { runId, parts: [] });
    return String(this.ids);
  }

  async append(_: unknown, id: string, part: number, data: Buffer): Promise<void> {
    const archive = this.archives.get(id);
    if (archive?.parts.length !== part) throw new Error('The archive was dropped.');
    archive.parts.push(data);
  }

  async finish(_: unknown, id: string, whole: WholeArchive) {
    const archive = this.archives.get(id);
    if (!archive) return undefined;
    archive.whole = whole;
    const at = new Date('2026-01-01T00:00:00Z');
    return { id, ...whole, bytes: String(whole.bytes), finished_at: at, expires_at: at, expired: false };
  }

  async drop(_: unknown, id: string): Promise<void> {
    this.archives.delete(id);
  }

  async removeExpired(): Promise<void> {
    this.cleaned += 1;
  }
}

function policy(policyId: string, faults: Partial<CurrentPolicy> = {}): CurrentPolicy {
  const names = { type: 'settingsCatalog', externalId: `ext-${policyId}`, name: `Policy ${policyId}` };
  return { policyId, ...names, versionId: `9${policyId}`, present: true, complete: true, ...faults };
}

describe('policy.bulk_export', () => {
  let exports: FakeExports;
  let policies: CurrentPolicy[];
  let filters: unknown[];
  let batches: number[];

  beforeEach(() => {
    exports = new FakeExports();
    policies = [policy('2'), policy('10'), policy('3', { complete: false }), policy('4', { present: false })];
    filters = [];
    batches = [];
  });

  function perform(payload: BulkExportPayload, stopAtCheck?: { check: number; reason: RunStopped['reason'] }) {
    const inventory = {
      currentPolicies: async (_: unknown, ids: string[]) => policies.filter(({ policyId }) => ids.includes(policyId)),
      presentPolicies: async function* (_: unknown, filter: unknown) {
        filters.push(filter);
        yield* policies.filter(({ present }) => present);
      },
      storedVersions: async (_: unknown, versionIds: string[]) => {
        batches.push(versionIds.length);
        return new Map(versionIds.map((id) => [id, { id, name: `version ${id}`, settings: [] }]));
      },
    };
    const processor = new BulkExportProcessor(
      new PolicySelection(inventory as unknown as InventoryFacade),
      inventory as unknown as InventoryFacade,
      exports as unknown as PolicyExportRepository,
    );
    return performRun(BulkExport, processor, payload, { runId: '50', ...(stopAtCheck ? { stopAtCheck } : {}) });
  }

  function archiveOf(run: PerformedRun): Record<string, { id: string }> {
    const { parts = [] } = exports.archives.get(run.context['exportId'] as string) ?? {};
    const files = Object.entries(unzipSync(Buffer.concat(parts)));
    return Object.fromEntries(files.map(([path, data]) => [path, JSON.parse(strFromU8(data)) as { id: string }]));
  }

  it('writes each selected policy once, and names what it cannot write', async () => {
    const run = await perform({ policyIds: ['10', '2', '3', '4', '77', 'x', '10'] });
    expect(run).toMatchObject({ outcome: 'partially_succeeded', counts: { total: 6, success: 3, failed: 3 } });
    expect(run.items.map(({ itemId, name, result, reasonCode }) => [itemId, name, result, reasonCode])).toEqual([
      ['3', 'Policy 3', 'failed', 'policy_export.incomplete'],
      ['77', undefined, 'failed', 'inventory.policy_unknown'],
      ['x', undefined, 'failed', 'inventory.policy_unknown'],
      ['2', 'Policy 2', 'success', undefined],
      ['4', 'Policy 4', 'success', undefined],
      ['10', 'Policy 10', 'success', undefined],
    ]);
    expect(run.failureSummary).toEqual([
      expect.objectContaining({ code: 'inventory.policy_unknown', count: 2, message: expect.stringMatching(/^This/) }),
      expect.objectContaining({ code: 'policy_export.incomplete', count: 1 }),
    ]);
    expect(archiveOf(run)).toEqual({
      'SettingsCatalog/Policy 2__ext-2.json': expect.objectContaining({ id: '92' }),
      'SettingsCatalog/Policy 4__ext-4.json': expect.objectContaining({ id: '94' }),
      'SettingsCatalog/Policy 10__ext-10.json': expect.objectContaining({
        id: '910',
        '@odata.type': '#microsoft.graph.deviceManagementConfigurationPolicy',
      }),
    });
    expect(run.context).toMatchObject({ files: 3, expiresAt: '2026-01-01T00:00:00.000Z' });
    expect(exports.cleaned).toBe(1);
  });

  it('selects by type and name, and everything without a selection', async () => {
    const run = await perform({ types: ['settingsCatalog'], q: 'win' });
    expect(run.counts).toMatchObject({ total: 3, success: 2, failed: 1 });
    await perform({});
    expect(filters).toEqual([{ types: ['settingsCatalog'], text: 'win' }, {}]);
  });

  it('makes no archive of nothing', async () => {
    await expect(perform({ policyIds: ['77'] })).resolves.toMatchObject({ outcome: 'failed', context: {} });
    policies = [];
    await expect(perform({})).resolves.toMatchObject({ outcome: 'succeeded', counts: { total: 0 }, context: {} });
    expect(exports.archives.size).toBe(0);
  });

  it('reads a few policies at a time, and says how far it is', async () => {
    policies = Array.from({ length: 45 }, (_, at) => policy(String(at + 1)));
    const run = await perform({});
    expect(batches).toEqual([20, 20, 5]);
    expect(run.progress.map(({ processed }) => processed)).toEqual([0, 20, 40, 45]);
  });

  it.each([
    ['before it begins', 1],
    ['while it writes', 3],
    ['before its archive is opened for fetching', 4],
  ])('leaves no archive and no items when the lease is lost %s', async (_, check) => {
    await expect(perform({}, { check, reason: 'lease_lost' })).rejects.toThrow('lease_lost');
    expect(exports.archives.size).toBe(0);
  });

  it('is cancelled without an archive, and without items that say a policy was exported', async () => {
    const run = await perform({}, { check: 3, reason: 'cancelled' });
    expect(run).toMatchObject({ outcome: 'cancelled', items: [], context: {} });
    expect(exports.archives.size).toBe(0);
  });

  it('replaces what a lost attempt of the same run left', async () => {
    exports.drop = () => Promise.reject(new Error('The database is away.'));
    await expect(perform({}, { check: 4, reason: 'lease_lost' })).rejects.toThrow('lease_lost');
    expect([...exports.archives.values()]).toEqual([expect.not.objectContaining({ whole: expect.anything() })]);
    const run = await perform({});
    expect([...exports.archives.keys()]).toEqual([run.context['exportId']]);
  });

  it('is the same run for the same selection in any order and number', () => {
    const { identity } = BulkExport;
    expect(identity({ policyIds: ['2', '1', '2'] })).toEqual(identity({ policyIds: ['1', '2'] }));
    expect(identity({ q: 'WIN' })).toEqual(identity({ q: 'win' }));
    expect(identity({})).not.toEqual(identity({ types: ['settingsCatalog'] }));
  });

  it('links to its archive, and to none before there is one', () => {
    const links = (context: { exportId?: string }) =>
      BulkExport.relatedLinks?.({ runId: '1', payload: {}, context }).map(({ href }) => href);
    expect(links({ exportId: '7' })).toEqual(['/exports/7']);
    expect(links({})).toEqual([]);
  });

  it('refuses a selection that names nothing or an unknown type', async () => {
    await expect(perform({ policyIds: [] })).rejects.toThrow('invalid payload: policyIds');
    await expect(perform({ types: ['nothing'] })).rejects.toThrow('invalid payload: types');
  });
});
