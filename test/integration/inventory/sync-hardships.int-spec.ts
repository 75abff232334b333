import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import { FixedClients, SimulatedTenant } from './simulated-tenant.js';

/**
 * Of a hundred answers, about thirty fail in one of four ways, members of a $batch among them. A connection breaks for a
 * whole $batch or list alone: a member has none of its own.
 */
const HARD = [
  { match: '/beta/', status: 429, retryAfter: '0', probability: 0.15 },
  { match: '/beta/', status: 503, retryAfter: '0', probability: 0.15 },
  ...['/beta/$batch', '/deviceConfigurations?', '/deviceCompliancePolicies?'].flatMap((match) => [
    { match, kind: 'reset', probability: 0.15 },
    { match, kind: 'truncate', probability: 0.15 },
  ]),
];

/** What the inventory holds, whatever its ids and times. */
async function holdings(tenant: SimulatedTenant, syncRunId: unknown): Promise<string[]> {
  const snapshots = await tenant.facade.snapshots(tenant.tenant.scope, String(syncRunId));
  return snapshots.map(({ type, externalId, contentHash }) => `${type} ${externalId} ${contentHash}`).sort();
}

/** The client, and the paths of the collections that it was asked to list, in order. */
function listened(client: GraphClient, onList: (path: string) => void): { client: GraphClient; paths: string[] } {
  const paths: string[] = [];
  const pages: GraphClient['pages'] = (path, options) => {
    paths.push(path);
    onList(path);
    return client.pages(path, options);
  };
  return { client: { ...client, pages }, paths };
}

describe('a sync in hard times', () => {
  let contoso: SimulatedTenant;
  let clean: string[];

  beforeAll(async () => {
    const untroubled = await SimulatedTenant.start();
    clean = await holdings(untroubled, (await untroubled.syncOnce()).context['syncRunId']);
    await untroubled.close();
    contoso = await SimulatedTenant.start();
  });
  afterEach(() => contoso.control('DELETE', '/faults'));
  afterAll(() => contoso.close());

  it('ends with the same versions as without', async () => {
    expect(clean.length).toBeGreaterThan(20);
    await contoso.control('PUT', '/faults', { rules: HARD });
    const patient = contoso.client(undefined, { maxAttempts: 25 });
    const run = await contoso.syncOnce({}, { processor: contoso.processor(new FixedClients(patient)) });
    expect(run.items.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(run.outcome).toBe('succeeded');
    expect(await holdings(contoso, run.context['syncRunId'])).toEqual(clean);
    await contoso.control('DELETE', '/faults');
    expect(await contoso.syncOnce()).toMatchObject({ outcome: 'succeeded', context: { versionsWritten: 0 } });
  });

  it('loses nothing where Graph fails for good half of the time', async () => {
    const before = await contoso.rows();
    await contoso.control('PUT', '/faults', { rules: HARD.map((rule) => ({ ...rule, probability: 0.4 })) });
    const run = await contoso.syncOnce();
    expect(run.counts.failed).toBeGreaterThan(0);
    await contoso.control('DELETE', '/faults');
    expect((await contoso.rows())['policy_periods']).toBe(before['policy_periods']);
    const next = await contoso.syncOnce();
    expect(next).toMatchObject({ outcome: 'succeeded', context: { versionsWritten: 0 } });
    expect(await holdings(contoso, next.context['syncRunId'])).toEqual(clean);
  });

  it('reads no collection twice that an attempt before the crash has read to its end', async () => {
    const stop = new AbortController();
    let listings = 0;
    const first = listened(contoso.client(), () => {
      listings += 1;
      if (listings === 30) stop.abort(new Error('the worker is gone'));
    });
    const crashed = contoso.syncOnce(
      {},
      { runId: '7001', signal: stop.signal, processor: contoso.processor(new FixedClients(first.client)) },
    );
    await expect(crashed).rejects.toThrow('the worker is gone');
    const { items } = await contoso.pages.syncRuns(contoso.tenant.scope, { cursor: undefined, limit: 1 });
    const [open] = items;
    const done = (open?.coverage ?? []).filter(({ state }) => state === 'read').map(({ type }) => type);
    expect(done.length).toBeGreaterThan(5);

    const second = listened(contoso.client(), () => undefined);
    const processor = contoso.processor(new FixedClients(second.client));
    const run = await contoso.syncOnce({}, { runId: '7001', processor });
    expect(run).toMatchObject({ outcome: 'succeeded', counts: { failed: 0 }, context: { syncRunId: open?.id } });
    expect(second.paths.filter((path) => done.some((key) => policyType(key)?.collection.path === path))).toEqual([]);
    expect(await holdings(contoso, open?.id)).toEqual(clean);
  });
});
