import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { ReadingWriter } from '../../../src/modules/inventory/data/reading-writer.js';
import { ReferenceRepository } from '../../../src/modules/inventory/data/reference.repository.js';
import { SyncRunRepository, type SyncAttempt } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { VersionWriter } from '../../../src/modules/inventory/data/version-writer.js';
import { InventoryFacade } from '../../../src/modules/inventory/inventory.facade.js';
import { normalisePolicy } from '../../../src/modules/inventory/policy/canonical-policy.js';
import type { JsonObject } from '../../../src/modules/inventory/policy/json.js';
import { PolicyDependencies } from '../../../src/modules/inventory/policy-dependencies.js';
import type { CoverageState } from '../../../src/modules/inventory/sync/coverage.js';
import type { JudgedObject } from '../../../src/modules/inventory/sync/object-reading.js';
import type { TypeEnding } from '../../../src/modules/inventory/sync/read-collection.js';
import { normaliseSelection, scopeKeyOf } from '../../../src/modules/inventory/sync/selection.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const typed = (key: string): PolicyType => {
  const type = policyType(key);
  if (!type) throw new Error(`There is no policy type ${key}.`);
  return type;
};
const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const judged = (type: PolicyType, object: JsonObject): JudgedObject => {
  const externalId = String(object['id']);
  const policy = normalisePolicy(type, { externalId, object, assignments: (object['assignments'] ?? []) as unknown[] });
  const proof = { settingsExpected: null, settingsStored: 0, assignmentsRead: true, secretsMasked: 0, complete: true };
  return { externalId, type, policy, completeness: proof };
};
const ending = (type: string, listed: string[], state: CoverageState = 'read'): TypeEnding => ({
  coverage: { type, state, policies: listed.length, reasonCode: state === 'read' ? null : `graph.${state}` },
  incomplete: 0,
  listed,
});

describe('the store of policies', () => {
  let db: TestDatabase;
  let tenant: TenantRow;
  let runs: SyncRunRepository;
  let writer: ReadingWriter;
  let policies: PolicyRepository;
  let facade: InventoryFacade;
  let dependencies: PolicyDependencies;
  let operationRuns = 500;

  beforeAll(async () => {
    db = await createTestDatabase();
    const references = new ReferenceRepository(db.tenantDatabase);
    runs = new SyncRunRepository(db.tenantDatabase);
    policies = new PolicyRepository(db.tenantDatabase);
    writer = new ReadingWriter(db.tenantDatabase, new VersionWriter(db.tenantDatabase), references);
    facade = new InventoryFacade(runs, policies);
    dependencies = new PolicyDependencies(policies, references);
    tenant = await aTenant(db.database);
  });
  afterAll(() => db.close());

  const begin = async (): Promise<SyncAttempt> => {
    const selection = normaliseSelection();
    const operationRunId = String((operationRuns += 1));
    const run = { operationRunId, attempt: 1, selection, scopeKey: scopeKeyOf(selection) };
    return { syncRunId: (await runs.open(tenant.scope, run)).id, attempt: 1 };
  };
  const only = async (type: string) => {
    const found = [];
    for await (const policy of facade.presentPolicies(tenant.scope, { types: [type] })) found.push(policy);
    return found;
  };

  it('keeps a policy, its versions and its history when its type is split off from another', async () => {
    const former = typed('deviceConfiguration');
    const ring = typed('windowsUpdateRing');
    const object = {
      id: guid(1),
      '@odata.type': '#microsoft.graph.windowsUpdateForBusinessConfiguration',
      displayName: 'Ring 1',
      qualityUpdatesDeferralPeriodInDays: 3,
    };
    const first = await begin();
    await writer.take(tenant.scope, first, former, [judged(former, object)]);
    await writer.close(tenant.scope, first, [ending(former.key, [guid(1)])]);
    const [before] = await only(former.key);

    const second = await begin();
    expect(await writer.take(tenant.scope, second, ring, [judged(ring, object)])).toBe(0);
    await writer.close(tenant.scope, second, [ending(ring.key, [guid(1)])]);
    await writer.close(tenant.scope, second, [ending(former.key, [guid(1)])]);
    expect(await only(former.key)).toEqual([]);
    expect(await only(ring.key)).toEqual([{ ...before, type: ring.key }]);
    const snapshots = await facade.snapshots(tenant.scope, second.syncRunId);
    expect(snapshots).toMatchObject([{ policyId: before?.policyId, type: ring.key, versionId: before?.versionId }]);
    // The older sync did not read the new type, so a comparison of the two says nothing of it.
    expect(await facade.snapshots(tenant.scope, first.syncRunId)).toEqual([]);
  });

  it('does not take an object for gone that its list names under another type', async () => {
    const sync = await begin();
    await writer.close(tenant.scope, sync, [ending('windowsUpdateRing', [guid(1), guid(2)])]);
    expect(await only('windowsUpdateRing')).toHaveLength(1);
    const next = await begin();
    await writer.close(tenant.scope, next, [ending('windowsUpdateRing', [guid(2)])]);
    expect(await only('windowsUpdateRing')).toEqual([]);
  });

  it('writes a version of each policy of a chunk, however large they are together or alone', async () => {
    const type = typed('termsAndConditions');
    const sizes = [70_000, 70_000, 10, 250_000, 10];
    const objects = sizes.map((size, at) => ({
      id: guid(60 + at),
      displayName: `T ${at}`,
      bodyText: 'x'.repeat(size),
    }));
    const chunk = objects.map((object) => judged(type, object));
    const sync = await begin();
    expect(await writer.take(tenant.scope, sync, type, chunk)).toBe(sizes.length);
    expect(await writer.take(tenant.scope, sync, type, chunk)).toBe(0);
    const stored = await db.database.query<{ size: number }>(
      `SELECT length(v.content->'properties'->>'bodyText') AS size FROM inventory_policies p
       JOIN inventory_policy_versions v ON v.id = p.current_version_id
       WHERE p.tenant_id = $1 AND p.type = $2 ORDER BY p.external_id`,
      [tenant.scope.tenantId, type.key],
    );
    expect(stored.map(({ size }) => size)).toEqual(sizes);
  });

  it.each(['partial', 'forbidden', 'throttled', 'failed', 'unsupported_licence'] as const)(
    'removes nothing of a type that was %s',
    async (state) => {
      const type = typed('windowsDriverUpdateProfile');
      const sync = await begin();
      await writer.take(tenant.scope, sync, type, [judged(type, { id: guid(9), displayName: 'Drivers' })]);
      await writer.close(tenant.scope, sync, [ending(type.key, [guid(9)])]);
      await writer.close(tenant.scope, await begin(), [ending(type.key, [], state)]);
      expect(await only(type.key)).toMatchObject([{ externalId: guid(9), present: true }]);
    },
  );

  it('keeps what was read before a reading broke off, and removes nothing', async () => {
    const type = typed('windowsDriverUpdateProfile');
    const sync = await begin();
    await writer.take(tenant.scope, sync, type, [judged(type, { id: guid(10), displayName: 'Half' })]);
    await writer.close(tenant.scope, sync, [ending(type.key, [], 'throttled')]);
    expect((await only(type.key)).map(({ externalId }) => externalId)).toEqual([guid(9), guid(10)]);
    expect(await facade.snapshots(tenant.scope, sync.syncRunId)).toEqual([]);
  });

  it('tells what a policy refers to and what refers to it, and forgets what it no longer refers to', async () => {
    const catalog = typed('settingsCatalog');
    const compliance = typed('deviceCompliancePolicy');
    const target = {
      '@odata.type': '#microsoft.graph.groupAssignmentTarget',
      groupId: guid(20).toUpperCase(),
      deviceAndAppManagementAssignmentFilterId: guid(21),
      deviceAndAppManagementAssignmentFilterType: 'include',
    };
    const excluded = { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId: guid(22) };
    const object: JsonObject = {
      id: guid(30),
      name: 'Refers',
      roleScopeTagIds: ['0', '7'],
      templateReference: { templateId: 'abc_1', templateFamily: 'none' },
      settings: [],
      assignments: [{ target }, { target: excluded }],
    };
    const sync = await begin();
    await writer.take(tenant.scope, sync, catalog, [judged(catalog, object)]);
    const notice = { notificationTemplateId: guid(30), notificationMessageCCList: [guid(20)] };
    const rules = [
      { scheduledActionConfigurations: [notice, { notificationTemplateId: guid(0).replaceAll('8', '0') }] },
    ];
    const ruled = { id: guid(31), displayName: 'Rules', scheduledActionsForRule: rules, assignments: [] };
    await writer.take(tenant.scope, sync, compliance, [judged(compliance, ruled)]);
    const [policy] = await only(catalog.key);
    const [rule] = await only(compliance.key);
    const shown = async (id = ''): Promise<string[]> =>
      (await dependencies.of(tenant.scope, id)).uses.map(({ type, externalId, via }) => `${type} ${externalId} ${via}`);
    expect(await shown(policy?.policyId)).toEqual([
      `assignmentFilter ${guid(21)} assignmentFilter`,
      `group ${guid(20)} assignment`,
      `group ${guid(22)} exclusion`,
      'policyTemplate abc_1 template',
      'roleScopeTag 0 scopeTag',
      'roleScopeTag 7 scopeTag',
    ]);
    expect((await shown(rule?.policyId)).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining([`group ${guid(20)}`, `notificationMessageTemplate ${guid(30)}`]),
    );

    await writer.take(tenant.scope, await begin(), catalog, [judged(catalog, { ...object, assignments: [] })]);
    expect((await shown(policy?.policyId)).filter((line) => line.startsWith('group'))).toEqual([]);
    await expect(dependencies.of((await aTenant(db.database)).scope, policy?.policyId ?? '')).rejects.toThrow('access');
  });

  it('finds the other end of a reference, both ways, and writes references once for what was stored without', async () => {
    const catalog = typed('settingsCatalog');
    const update = typed('windowsDriverUpdateProfile');
    const sync = await begin();
    const referring = {
      ...catalog,
      references: [{ path: 'creationHints[].profile', to: update.key }],
    };
    const object = { id: guid(40), name: 'Points', creationHints: [{ profile: guid(9) }] };
    await writer.take(tenant.scope, sync, catalog, [judged(catalog, object)]);
    const [points] = (await only(catalog.key)).filter(({ externalId }) => externalId === guid(40));
    const [drivers] = await only(update.key);
    await db.database.query(`UPDATE inventory_policies SET references_stored = false WHERE id = $1`, [
      points?.policyId ?? null,
    ]);
    await writer.take(tenant.scope, sync, referring, [judged(referring, object)]);
    const [uses] = (await dependencies.of(tenant.scope, points?.policyId ?? '')).uses;
    expect(uses).toMatchObject({ policyId: drivers?.policyId, name: 'Drivers', present: true });
    const { usedBy } = await dependencies.of(tenant.scope, drivers?.policyId ?? '');
    expect(usedBy).toMatchObject([{ policyId: points?.policyId, type: catalog.key, externalId: guid(40) }]);
    const before = await db.database.query(`SELECT ctid::text, xmin::text FROM inventory_references ORDER BY ctid`);
    await writer.take(tenant.scope, await begin(), referring, [judged(referring, object)]);
    expect(await db.database.query(`SELECT ctid::text, xmin::text FROM inventory_references ORDER BY ctid`)).toEqual(
      before,
    );
  });

  it('tells how far a sync is while it goes on, of the attempt that holds it alone', async () => {
    const sync = await begin();
    const progress = { etaSeconds: 7, types: [{ type: 'settingsCatalog', read: 3, of: 9, done: false }] };
    const shown = async () => (await runs.find(tenant.scope, sync.syncRunId))?.progress;
    expect(await shown()).toBeNull();
    await runs.note(tenant.scope, sync, progress);
    await runs.note(tenant.scope, { ...sync, attempt: 2 }, { etaSeconds: 1, types: [] });
    expect(await shown()).toEqual(progress);
    expect((await runs.presentCounts(tenant.scope)).get('windowsDriverUpdateProfile')).toBe(2);
    await runs.finish(tenant.scope, sync, 'succeeded');
    expect(await shown()).toBeNull();
  });
});
