import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import { graphPath } from '#libs/graph-client/src/transport/graph-url.js';
import { generatedTenant } from '#libs/graph-simulator/src/demo/generated/generated-tenants.js';
import type { SeedTenant } from '#libs/graph-simulator/src/store/seed-tenant.js';
import type { InventorySyncPayload } from '../../../src/modules/inventory/runs/inventory-sync.run-type.js';
import { askedOfGraph, needlessRequests, type NamedByPages } from '../../support/graph-requests.js';
import { FixedClients, SimulatedTenant } from './simulated-tenant.js';

/** The same client; it ends what `stop` is for when a batch is answered and `isTime`, and notes what pages named. */
function dying(
  client: GraphClient,
  isTime: () => Promise<boolean>,
  stop: AbortController,
): { client: GraphClient; pages: NamedByPages } {
  const named = new Map<string, string[]>();
  async function* pages(...[path, options]: Parameters<GraphClient['pages']>): ReturnType<GraphClient['pages']> {
    let at = graphPath(path, options?.query);
    for await (const page of client.pages(path, options)) {
      const ids = page.items.map(({ id }) => String(id));
      named.set(pathOf(at), ids);
      yield page;
      at = page.nextLink ?? '';
    }
  }
  const batch: GraphClient['batch'] = async (...asked) => {
    const replies = await client.batch(...asked);
    if (await isTime()) stop.abort(new Error('the worker is gone'));
    return replies;
  };
  return { client: { ...client, pages, batch }, pages: named };
}

/** Path and query as the simulator logs them: what `graphPath` sends, without the origin. */
function pathOf(address: string): string {
  return address.replace(/^https?:\/\/[^/]+/, '');
}

const CATALOG = '/beta/deviceManagement/configurationPolicies';
const CATALOG_ALONE: InventorySyncPayload = {
  selection: { policyTypes: ['settingsCatalog'], includeFoundations: false, includeDependencies: false },
};

/** A generated tenant with settings catalog policies on a dozen pages. */
function manyPolicies(): SeedTenant {
  const seed = generatedTenant('mid');
  const policies = seed.objects.filter(({ collection }) => collection === 'configurationPolicies');
  const copies = [1, 2].flatMap((copy) =>
    policies.map((policy) => ({
      ...policy,
      body: {
        ...policy.body,
        id: `${policy.body.id.slice(0, -1)}${copy}`,
        name: `Copy ${copy} of ${policy.body.id}`,
      },
    })),
  );
  const ids = new Set(seed.objects.map(({ body }) => body.id));
  return { ...seed, objects: [...seed.objects, ...copies.filter(({ body }) => !ids.has(body.id))] };
}

describe('a sync that is taken up again', () => {
  let tenant: SimulatedTenant;

  beforeEach(async () => {
    tenant = await SimulatedTenant.start(manyPolicies());
  });
  afterEach(() => tenant.close());

  const asked = (since?: number): Promise<string[]> => askedOfGraph(tenant.started.controlOrigin, since);
  const stored = async (): Promise<Set<string>> => {
    const rows = await tenant.db.database.query<{ external_id: string }>(`SELECT external_id FROM inventory_policies`);
    return new Set(rows.map(({ external_id }) => external_id));
  };
  const notes = async (): Promise<Buffer[]> => {
    const rows = await tenant.db.database.query<{ sealed: Buffer }>(`SELECT sealed FROM inventory_reading_notes`);
    return rows.map(({ sealed }) => sealed);
  };
  /** Every policy that is there, as the sync run left it. */
  const holdings = async (syncRunId: unknown): Promise<string[]> => {
    const snapshots = await tenant.facade.snapshots(tenant.tenant.scope, String(syncRunId));
    return snapshots.map(({ type, externalId, contentHash }) => `${type} ${externalId} ${contentHash}`).sort();
  };
  const crash = async (payload: InventorySyncPayload, runId: string, enough = 4): Promise<NamedByPages> => {
    const stop = new AbortController();
    const { client, pages } = dying(tenant.client(), async () => (await notes()).length >= enough, stop);
    const processor = tenant.processor(new FixedClients(client));
    const run = tenant.syncOnce(payload, { runId, signal: stop.signal, processor });
    await expect(run).rejects.toThrow('the worker is gone');
    return pages;
  };

  it.each([
    ['the whole catalogue', {}, 20],
    ['a collection of many pages', CATALOG_ALONE, 6],
  ])('asks for nothing that was kept, no page, item or child: %s', async (_, payload, enough) => {
    const pages = await crash(payload, '8001', enough);
    const before = await asked();
    const kept = await stored();
    expect((await notes()).length).toBeGreaterThan(0);
    expect((await notes()).some((sealed) => sealed.includes('configurationPolicies'))).toBe(false);

    const run = await tenant.syncOnce(payload, { runId: '8001' });
    const after = await asked(before.length);
    expect(before).toEqual(expect.arrayContaining([...pages.keys()]));
    expect(needlessRequests(before, after, pages, kept)).toEqual([]);
    expect(after.filter((path) => before.includes(path)).length).toBeGreaterThan(0);
    expect(run).toMatchObject({ outcome: 'succeeded', counts: { failed: 0 } });
    expect(await notes()).toEqual([]);

    const resumed = await holdings(run.context['syncRunId']);
    expect(run.context).toMatchObject({ policies: resumed.length, versionsWritten: resumed.length });
    const anew = await tenant.syncOnce(payload);
    expect(anew.context).toMatchObject({ policies: resumed.length, versionsWritten: 0 });
    expect(await holdings(anew.context['syncRunId'])).toEqual(resumed);
  });

  it('takes for gone what the list did not name, and nothing else', async () => {
    await tenant.syncOnce(CATALOG_ALONE);
    const there = [...(await stored())];
    const gone = there.filter((_, at) => at % 30 === 0);
    for (const id of there) await tenant.change('PATCH', `/${id}`, { description: 'changed' });
    for (const id of gone) await tenant.change('DELETE', `/${id}`);
    await crash(CATALOG_ALONE, '8002');
    const run = await tenant.syncOnce(CATALOG_ALONE, { runId: '8002' });
    expect(run).toMatchObject({ outcome: 'succeeded', context: { versionsWritten: there.length - gone.length } });
    const left = there.filter((id) => !gone.includes(id));
    expect((await holdings(run.context['syncRunId'])).map((line) => line.split(' ')[1])).toEqual(left.sort());
  });

  it.each([400, 410])('reads a collection anew whose link has expired: %i', async (status) => {
    await crash(CATALOG_ALONE, '8003');
    const before = await asked();
    const rule = { match: '$skiptoken=', probability: 1, status, times: 1 };
    await tenant.control('PUT', '/faults', { rules: [rule] });
    const run = await tenant.syncOnce(CATALOG_ALONE, { runId: '8003' });
    expect(run).toMatchObject({ outcome: 'succeeded', counts: { failed: 0 } });
    const after = await asked(before.length);
    expect(after.lastIndexOf(CATALOG)).toBeGreaterThan(after.findIndex((path) => path.includes('$skiptoken=')));
    const policies = Number(run.context['policies']);
    expect(run.context).toMatchObject({ versionsWritten: policies });
    expect((await tenant.syncOnce(CATALOG_ALONE)).context).toMatchObject({ policies, versionsWritten: 0 });
  });

  it('does not go on from a note without those before it', async () => {
    await crash(CATALOG_ALONE, '8004');
    await tenant.db.database.query(`DELETE FROM inventory_reading_notes WHERE number = 1`);
    const before = await asked();
    const run = await tenant.syncOnce(CATALOG_ALONE, { runId: '8004' });
    expect(run).toMatchObject({ outcome: 'succeeded' });
    const after = await asked(before.length);
    expect(after).toContain(CATALOG);
    expect(after.filter((path) => path.endsWith('/assignments'))).toHaveLength(Number(run.context['policies']));
  });

  it('keeps nothing of a worker whose run was taken up by another', async () => {
    const { scope } = tenant.tenant;
    await crash(CATALOG_ALONE, '8005');
    const [open] = (await tenant.pages.syncRuns(scope, { cursor: undefined, limit: 1 })).items;
    const client = tenant.client();
    // The second attempt has begun, but the first goes on, as a worker does that was frozen.
    const frozen: GraphClient['batch'] = async (...asked) => {
      await tenant.db.database.query(`UPDATE inventory_sync_runs SET attempt = 2 WHERE id = $1`, [open?.id ?? '']);
      return client.batch(...asked);
    };
    const kept = await stored();
    const processor = tenant.processor(new FixedClients({ ...client, batch: frozen }));
    const run = await tenant.syncOnce(CATALOG_ALONE, { runId: '8005', processor });
    expect(run).toMatchObject({ outcome: 'failed', reasonCode: 'inventory.superseded' });
    expect(await stored()).toEqual(kept);
  });
});
