import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEMO_CONTOSO } from '#libs/graph-simulator/src/demo/demo-credentials.js';
import type { PolicySnapshot } from '../../../src/modules/inventory/inventory.facade.js';
import { describeIfShared, SHARED_DIR } from '../../support/requirements.js';
import { SimulatedTenant } from './simulated-tenant.js';

describeIfShared('a sync of real exports', () => {
  let contoso: SimulatedTenant;
  beforeAll(async () => {
    contoso = await SimulatedTenant.start();
  });
  afterAll(() => contoso.close());

  /** The tenant becomes that folder and is synced. */
  async function syncOf(folder: string): Promise<{ snapshots: PolicySnapshot[]; versionsWritten: unknown }> {
    const dir = path.join(SHARED_DIR, 'data', folder);
    await contoso.control('PUT', `/tenants/${DEMO_CONTOSO.entraTenantId}/content`, { dir });
    const run = await contoso.syncOnce();
    expect(run).toMatchObject({ outcome: 'succeeded', counts: { failed: 0 } });
    const { syncRunId, versionsWritten } = run.context;
    if (typeof syncRunId !== 'string') throw new Error('The run names no sync run.');
    const all = await contoso.facade.snapshots(contoso.tenant.scope, syncRunId);
    // The one object that every tenant has, with or without policies.
    const snapshots = all.filter(({ type }) => type !== 'deviceManagementSettings');
    expect(all).toHaveLength(snapshots.length + 1);
    const ids = snapshots.map(({ policyId }) => policyId);
    const current = await contoso.facade.currentPolicies(contoso.tenant.scope, ids);
    expect(current.filter(({ complete, present }) => !complete || !present)).toEqual([]);
    return { snapshots, versionsWritten };
  }

  it('reads each policy whole, keeps what is unchanged, and sees the changes over the wire', async () => {
    const before = await syncOf('openintunebaseline/windows-v3.6');
    expect(before.snapshots).toHaveLength(69);
    expect(before.versionsWritten).toBe(69 + 1);
    expect((await syncOf('openintunebaseline/windows-v3.6')).versionsWritten).toBe(0);
    const after = await syncOf('openintunebaseline/windows-2026-03');
    expect(after.snapshots).toHaveLength(70);
    const old = new Map(before.snapshots.map((snapshot) => [snapshot.policyId, snapshot]));
    const pairs = after.snapshots.flatMap((now) => {
      const was = old.get(now.policyId);
      return was && was.bodyHash !== now.bodyHash ? [{ was, now }] : [];
    });
    expect(pairs).toHaveLength(8);
    const documents = await contoso.facade.documents(
      contoso.tenant.scope,
      pairs.flatMap(({ was, now }) => [was.versionId, now.versionId]),
    );
    const changes = pairs.flatMap(({ was, now }) => {
      const [from, to] = [documents.get(was.versionId), documents.get(now.versionId)];
      if (!from || !to) throw new Error('A version has no document.');
      return contoso.facade.compare(from, to).filter(({ section }) => section === 'settings');
    });
    const count = (kind: string): number => changes.filter(({ change }) => change === kind).length;
    expect([count('added'), count('removed'), count('changed')]).toEqual([7, 9, 9]);
  });

  it('reads the sample tenant, app protection with its apps included', async () => {
    const { snapshots } = await syncOf('sample-tenant');
    expect(snapshots).toHaveLength(16);
    const mam = snapshots.filter(({ type }) => type.endsWith('ManagedAppProtection'));
    expect(mam).toHaveLength(2);
    for (const { policyId } of mam) {
      const { properties } = await contoso.pages.policy(contoso.tenant.scope, policyId);
      expect(properties).toHaveProperty('apps');
    }
  });
});
