import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import { GraphNotConnected } from '../../../src/modules/tenancy/tenancy.errors.js';
import type { PolicyDto } from '../../../src/modules/inventory/http/inventory.dto.js';
import type { TypeEnding } from '../../../src/modules/inventory/sync/read-collection.js';
import { definitionIdsIn } from '../../../src/modules/inventory/policy/setting-definitions.js';
import { normaliseSelection, scopeKeyOf } from '../../../src/modules/inventory/sync/selection.js';
import { aTenant } from '../../support/builders.js';
import { FixedClients, SimulatedTenant } from './simulated-tenant.js';

const ALL_TYPES = POLICY_TYPES.length;

describe('an inventory sync against the simulator', () => {
  let contoso: SimulatedTenant;

  beforeAll(async () => {
    contoso = await SimulatedTenant.start();
    const first = await contoso.syncOnce();
    expect(first).toMatchObject({ outcome: 'succeeded', counts: { total: ALL_TYPES, success: ALL_TYPES } });
  });
  afterEach(() => contoso.control('DELETE', '/faults'));
  afterAll(() => contoso.close());

  const policies = async (type: string, includeRemoved = false): Promise<PolicyDto[]> => {
    const page = { cursor: undefined, limit: 100 };
    return (await contoso.pages.policies(contoso.tenant.scope, { types: [type], includeRemoved }, 'name', page)).items;
  };
  const firstOf = async (type: string): Promise<PolicyDto> => {
    const [policy] = await policies(type);
    if (!policy) throw new Error(`The demo tenant has no ${type}.`);
    return policy;
  };
  const newestRun = async () => {
    const { items } = await contoso.pages.syncRuns(contoso.tenant.scope, { cursor: undefined, limit: 1 });
    const [run] = items;
    if (!run) throw new Error('There is no sync run.');
    return run;
  };
  const fault = (match: string, how: object): Promise<void> =>
    contoso.control('PUT', '/faults', { rules: [{ match, probability: 1, ...how }] });

  it('reads every type whole, with settings beyond the first page', async () => {
    const { items } = await contoso.pages.policies(contoso.tenant.scope, { includeRemoved: false }, 'name', {
      cursor: undefined,
      limit: 100,
    });
    expect(items.length).toBeGreaterThan(20);
    expect(items.filter(({ complete, present }) => !complete || !present)).toEqual([]);
    const details = await Promise.all(
      (await policies('settingsCatalog')).map(({ id }) => contoso.pages.policy(contoso.tenant.scope, id)),
    );
    expect(Math.max(...details.map(({ completeness }) => completeness.settingsStored))).toBeGreaterThan(25);
    expect(details.some(({ assignments }) => assignments.length > 0)).toBe(true);
    for (const { completeness } of details) expect(completeness.settingsStored).toBe(completeness.settingsExpected);
  });

  it('learns what people call the settings, nested ones included', async () => {
    const { id, versionId } = await firstOf('settingsCatalog');
    const { items } = await contoso.settingNames.of(contoso.tenant.scope, id);
    const document = (await contoso.facade.documents(contoso.tenant.scope, [versionId])).get(versionId);
    const used = definitionIdsIn(document?.content.settings);
    expect(new Set(items.map(({ settingDefinitionId }) => settingDefinitionId))).toEqual(used);
    expect(items.every(({ name }) => name !== '')).toBe(true);
    expect(items.some(({ choices }) => Object.keys(choices).length === 1)).toBe(true);
    const [stored] = (await contoso.facade.storedVersions(contoso.tenant.scope, [versionId])).values();
    expect(JSON.stringify(stored)).not.toContain('"settingDefinitions"');

    const { items: ofVersion } = await contoso.settingNames.of(contoso.tenant.scope, id, [versionId]);
    expect(ofVersion).toEqual(items);
    const other = (await policies('settingsCatalog')).find((each) => each.id !== id);
    await expect(
      contoso.settingNames.of(contoso.tenant.scope, id, [versionId, other?.versionId ?? '']),
    ).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('writes nothing but its own run when nothing has changed', async () => {
    const before = await contoso.rows();
    const again = await contoso.syncOnce();
    expect(again).toMatchObject({ outcome: 'succeeded', context: { versionsWritten: 0 } });
    expect(await contoso.rows()).toEqual(before);
  });

  it('writes one version of what has changed', async () => {
    const { id, externalId, versionId } = await firstOf('deviceCompliancePolicy');
    await contoso.change('PATCH', `/${externalId}`, { description: 'changed by an administrator' });
    expect((await contoso.syncOnce()).context).toMatchObject({ versionsWritten: 1 });
    const { items } = await contoso.pages.versions(contoso.tenant.scope, id, { cursor: undefined, limit: 10 });
    expect(items.map(({ current }) => current)).toEqual([true, false]);
    expect(items[1]).toMatchObject({ id: versionId, bodyHash: items[0]?.bodyHash });
    const documents = await contoso.facade.documents(
      contoso.tenant.scope,
      items.map((version) => version.id),
    );
    const [after, before] = items.map((version) => documents.get(version.id));
    if (!before || !after) throw new Error('A version has no document.');
    expect(contoso.facade.compare(before, after)).toMatchObject([
      { path: 'description', after: 'changed by an administrator', section: 'name' },
    ]);
  });

  it('removes nothing of a type that it may not read', async () => {
    const before = await policies('deviceCompliancePolicy');
    await fault('/deviceManagement/deviceCompliancePolicies', { status: 403 });
    const blind = await contoso.syncOnce();
    expect(blind).toMatchObject({ outcome: 'partially_succeeded', counts: { success: ALL_TYPES - 1, failed: 1 } });
    expect(blind.items).toContainEqual({
      itemId: 'deviceCompliancePolicy',
      kind: 'policy_type',
      name: 'Compliance policy',
      result: 'failed',
      reasonCode: 'graph.forbidden',
    });
    const unread = before.map((policy) => ({ ...policy, coverageState: 'forbidden' }));
    expect(await policies('deviceCompliancePolicy')).toEqual(unread);
    const run = await newestRun();
    expect(run.outcome).toBe('partially_succeeded');
    expect(run.coverage).toContainEqual({
      type: 'deviceCompliancePolicy',
      state: 'forbidden',
      policies: 0,
      reasonCode: 'graph.forbidden',
    });
    const snapshots = await contoso.facade.snapshots(contoso.tenant.scope, run.id);
    expect(snapshots.filter(({ type }) => type === 'deviceCompliancePolicy')).toEqual([]);
    expect(snapshots.some(({ type }) => type === 'settingsCatalog')).toBe(true);
  });

  it('keeps the last version of a policy whose settings it could not read, and removes nothing beside it', async () => {
    const [unread, gone] = await policies('settingsCatalog');
    if (!unread || !gone) throw new Error('The demo tenant has too few policies.');
    await fault(`/configurationPolicies/${unread.externalId}/settings`, { status: 403 });
    await contoso.change('DELETE', `/${gone.externalId}`);
    const partial = await contoso.syncOnce();
    expect(partial.items).toContainEqual(
      expect.objectContaining({ itemId: 'settingsCatalog', result: 'failed', reasonCode: 'inventory.type_partial' }),
    );
    const [kept] = await contoso.facade.currentPolicies(contoso.tenant.scope, [unread.id]);
    expect(kept).toMatchObject({ present: true, complete: false, versionId: unread.versionId });
    const missing = await contoso.facade.currentPolicies(contoso.tenant.scope, [gone.id]);
    expect(missing).toMatchObject([{ present: true }]);
    const snapshots = await contoso.facade.snapshots(contoso.tenant.scope, (await newestRun()).id);
    expect(snapshots.map(({ policyId }) => policyId)).toEqual(expect.arrayContaining([unread.id, gone.id]));

    await contoso.control('DELETE', '/faults');
    expect(await contoso.syncOnce()).toMatchObject({ outcome: 'succeeded', context: { versionsWritten: 0 } });
    const [seen] = await contoso.facade.currentPolicies(contoso.tenant.scope, [unread.id]);
    expect(seen).toMatchObject({ complete: true, present: true, versionId: unread.versionId });
    expect(await contoso.facade.currentPolicies(contoso.tenant.scope, [gone.id])).toMatchObject([{ present: false }]);
  });

  it('brings a policy back under its old identity when it is there again', async () => {
    const removed = (await policies('settingsCatalog', true)).find(({ present }) => !present);
    if (!removed) throw new Error('No policy was removed.');
    const before = await contoso.pages.versions(contoso.tenant.scope, removed.id, { cursor: undefined, limit: 10 });
    expect(before.items[0]).toMatchObject({ current: false, periods: [{ untilSyncRunId: expect.any(String) }] });
    await contoso.change('POST', '', {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationPolicy',
      id: removed.externalId,
      name: removed.name,
      platforms: 'windows10',
      technologies: 'mdm',
      roleScopeTagIds: ['0'],
      settings: [],
    });
    expect((await contoso.syncOnce()).outcome).toBe('succeeded');
    const [back] = await contoso.facade.currentPolicies(contoso.tenant.scope, [removed.id]);
    expect(back).toMatchObject({ present: true, externalId: removed.externalId });
    const { items } = await contoso.pages.versions(contoso.tenant.scope, removed.id, { cursor: undefined, limit: 10 });
    expect(items).toHaveLength(2);
    expect(items.map(({ periods }) => periods.at(-1)?.untilSyncRunId === null)).toEqual([true, false]);
  });

  it.each([
    ['a reply that is cut off', { kind: 'truncate' }, /^graph\.(protocol|unavailable)$/],
    ['a page instead of JSON', { kind: 'html' }, /^graph\.(protocol|unavailable)$/],
    ['a nextLink that leads in a circle', { kind: 'duplicate-next-link' }, /^graph\.protocol$/],
    ['throttling without end', { status: 429, retryAfter: '0' }, /^graph\.throttled$/],
    ['a server that fails', { status: 503, retryAfter: '0' }, /^graph\.unavailable$/],
  ])('takes %s as unknown, never as absence', async (_, how, code) => {
    const before = await contoso.rows();
    await fault('/deviceManagement/deviceConfigurations', how);
    const run = await contoso.syncOnce();
    expect(run.outcome).toBe('partially_succeeded');
    expect(run.items.find(({ itemId }) => itemId === 'deviceConfiguration')?.reasonCode).toMatch(code);
    expect(await contoso.rows()).toEqual(before);
  });

  it('fails as a whole when the sign-in fails', async () => {
    const processor = contoso.processor(new FixedClients(contoso.client('wrong')));
    const run = await contoso.syncOnce({}, { processor });
    expect(run).toMatchObject({ outcome: 'failed', counts: { failed: ALL_TYPES } });
    expect(new Set(run.items.map(({ reasonCode }) => reasonCode))).toEqual(new Set(['graph.unauthorized']));
    expect((await newestRun()).outcome).toBe('failed');
  });

  it('does not begin for a tenant that is not connected', async () => {
    const processor = contoso.processor(new FixedClients(new GraphNotConnected()));
    const run = await contoso.syncOnce({}, { processor });
    expect(run).toMatchObject({ outcome: 'failed', reasonCode: 'graph.not_connected', items: [] });
  });

  it('reads only what was selected, in a scope of its own', async () => {
    const selection = {
      policyTypes: ['iosManagedAppProtection'],
      categories: ['Windows update'],
      includeFoundations: false,
      includeDependencies: false,
    };
    const run = await contoso.syncOnce({ selection });
    const updates = POLICY_TYPES.filter(({ category }) => category === 'Windows update').map(({ key }) => key);
    expect(run.items.map(({ itemId }) => itemId).sort()).toEqual(['iosManagedAppProtection', ...updates].sort());
    const { scopeKey } = await newestRun();
    expect(scopeKey).toBe(scopeKeyOf(normaliseSelection(selection)));
    expect(scopeKey).not.toBe(contoso.facade.defaultScopeKey());
    const ofScope = await contoso.facade.syncRuns(contoso.tenant.scope, scopeKey, { limit: 10 });
    expect(ofScope).toHaveLength(1);
    await expect(contoso.syncOnce({ selection: { policyTypes: ['somethingElse'] } })).resolves.toMatchObject({
      reasonCode: 'inventory.nothing_selected',
    });
  });

  it('stops when it is told to, and a later attempt goes on in the same sync run', async () => {
    const stop = new AbortController();
    const client = contoso.client();
    const pages: GraphClient['pages'] = (path, options) => {
      stop.abort(new Error('the lease is lost'));
      return client.pages(path, options);
    };
    const processor = contoso.processor(new FixedClients({ ...client, pages }));
    const before = await contoso.rows();
    await expect(contoso.syncOnce({}, { runId: '9001', signal: stop.signal, processor })).rejects.toThrow(
      'the lease is lost',
    );
    const open = await newestRun();
    expect(open).toMatchObject({ operationRunId: '9001', outcome: null, finishedAt: null });
    expect(await contoso.facade.syncRun(contoso.tenant.scope, open.id)).toBeUndefined();
    expect((await contoso.syncOnce({}, { runId: '9001' })).outcome).toBe('succeeded');
    const closed = await newestRun();
    expect(closed).toMatchObject({ id: open.id, outcome: 'succeeded' });
    expect(await contoso.syncOnce({}, { runId: '9001' })).toMatchObject({
      outcome: 'succeeded',
      counts: { total: ALL_TYPES },
      context: { syncRunId: open.id },
    });
    expect(await newestRun()).toEqual(closed);
    expect(await contoso.rows()).toEqual(before);
  });

  it('never takes an older reading over a newer one', async () => {
    const selection = normaliseSelection();
    const open = (operationRunId: string, attempt: number) =>
      contoso.runs.open(contoso.tenant.scope, { operationRunId, attempt, selection, scopeKey: scopeKeyOf(selection) });
    const older = await open('9101', 1);
    const newer = await open('9102', 2);
    const type = 'windowsDriverUpdateProfile';
    const empty: TypeEnding = {
      coverage: { type, state: 'read', policies: 0, reasonCode: null },
      listed: [],
      incomplete: 0,
    };
    const only = { policyTypes: [type], includeFoundations: false, includeDependencies: false };
    await contoso.syncOnce({ selection: only }, { runId: '9102' });
    await contoso.writer.close(contoso.tenant.scope, { syncRunId: newer.id, attempt: 2 }, [
      { ...empty, coverage: { ...empty.coverage, state: 'partial', reasonCode: 'inventory.type_partial' } },
    ]);
    const before = await contoso.rows();
    for (const sync of [
      { syncRunId: older.id, attempt: 1 },
      { syncRunId: newer.id, attempt: 1 },
    ]) {
      const [taken] = await contoso.writer.close(contoso.tenant.scope, sync, [empty]);
      expect(taken).toMatchObject({ state: 'failed', reasonCode: 'inventory.superseded' });
    }
    expect(await contoso.rows()).toEqual(before);
    const { coverage } = await contoso.pages.syncRun(contoso.tenant.scope, newer.id);
    expect(coverage).toMatchObject([{ type, state: 'partial' }]);
  });

  it('shows nothing of it to another tenant', async () => {
    const other = await aTenant(contoso.db.database);
    const policy = await firstOf('settingsCatalog');
    const run = await newestRun();
    expect(await contoso.facade.syncRuns(other.scope, contoso.facade.defaultScopeKey(), { limit: 10 })).toEqual([]);
    expect(await contoso.facade.syncRun(other.scope, run.id)).toBeUndefined();
    expect(await contoso.facade.snapshots(other.scope, run.id)).toEqual([]);
    expect((await contoso.facade.documents(other.scope, [policy.versionId])).size).toBe(0);
    expect(await contoso.facade.currentPolicies(other.scope, [policy.id])).toEqual([]);
    await expect(contoso.pages.policy(other.scope, policy.id)).rejects.toThrow('You do not have access');
    await expect(contoso.pages.syncRun(other.scope, run.id)).rejects.toThrow('You do not have access');
  });
});
