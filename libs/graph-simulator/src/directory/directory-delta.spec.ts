import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import type { GraphBody } from '../store/graph-body.js';
import { ALL_PERMISSIONS, type SeedTenant } from '../store/seed-tenant.js';

const TENANT = `/tenants/${DEMO_CONTOSO.entraTenantId}`;
const DAY_MS = 24 * 3600 * 1000;
const MEMBERS = Array.from({ length: 230 }, (_, index) => `u-${index}`);

interface Round {
  pages: GraphBody[][];
  deltaLink: string;
}

describe('delta of groups', () => {
  let simulator: RunningSimulator;
  let token: string;

  beforeEach(async () => {
    const tenant: SeedTenant = {
      entraTenantId: DEMO_CONTOSO.entraTenantId,
      name: 'Contoso',
      apps: [
        {
          clientId: DEMO_CONTOSO.clientId,
          clientSecret: DEMO_CONTOSO.clientSecret,
          permissions: [...ALL_PERMISSIONS, 'Group.ReadWrite.All'],
        },
      ],
      users: MEMBERS.map((id) => ({ id, displayName: id, userPrincipalName: `${id}@contoso.example` })),
      groups: [
        { id: 'big', displayName: 'Big', members: MEMBERS },
        { id: 'unified', displayName: 'Team', groupTypes: ['Unified'] },
        ...Array.from({ length: 130 }, (_, index) => ({ id: `g-${index}`, displayName: `Group ${index}` })),
      ],
      objects: [],
    };
    const clock = { mode: 'virtual', autoAdvance: false } as const;
    simulator = await RunningSimulator.start({ tenants: [tenant], clock });
    token = await simulator.token();
  });
  afterEach(() => simulator.close());

  const round = async (start: string, headers: Record<string, string> = {}): Promise<Round> => {
    const pages: GraphBody[][] = [];
    for (let next: string | undefined = start; ;) {
      const { status, json, text } = await simulator.graph(next, token, { headers });
      if (status !== 200) throw new Error(`${status} ${text}`);
      pages.push(json.value as GraphBody[]);
      next = json['@odata.nextLink'] as string | undefined;
      if (next === undefined) return { pages, deltaLink: String(json['@odata.deltaLink']) };
    }
  };
  const idsOf = (pages: GraphBody[][]) => pages.flat().map(({ id }) => id);
  const membersOf = (pages: GraphBody[][], id: string) =>
    pages
      .flat()
      .filter((each) => each.id === id)
      .flatMap((each) => (each['members@delta'] ?? []) as GraphBody[]);
  const change = (method: string, path: string, body?: object) => simulator.control(method, `${TENANT}${path}`, body);

  it('tells everything once, and a group with many members again on later pages', async () => {
    const { pages } = await round('/v1.0/groups/delta');
    expect(pages.map((page) => page.length)).toEqual([100, 32, 1, 1]);
    expect(new Set(idsOf(pages)).size).toBe(132);
    expect(membersOf(pages, 'big').map(({ id }) => id)).toEqual(MEMBERS);
    expect(pages[2]?.[0]).not.toHaveProperty('displayName');
    const small = await round('/v1.0/groups/delta', { Prefer: 'odata.maxpagesize=10' });
    expect(small.pages[0]).toHaveLength(10);
    expect(idsOf(small.pages).sort()).toEqual(idsOf(pages).sort());
  });

  it('tells what changed since, and nothing when nothing did', async () => {
    const first = await round('/v1.0/groups/delta');
    const quiet = await round(first.deltaLink);
    expect(quiet.pages).toEqual([[]]);
    await change('PATCH', '/groups/g-1', { description: 'new' });
    await change('DELETE', '/groups/g-2');
    await change('DELETE', '/groups/unified');
    await change('POST', '/groups', { id: 'new', displayName: 'New', members: ['u-5'] });
    await change('DELETE', '/groups/big/members/u-7');
    await change('PUT', '/groups/g-3/members/u-8');
    const { pages, deltaLink } = await round(quiet.deltaLink);
    expect(pages.flat()).toMatchObject([
      { id: 'big', 'members@delta': [{ id: 'u-7', '@removed': { reason: 'deleted' } }] },
      { id: 'unified', '@removed': { reason: 'changed' } },
      { id: 'g-1', description: 'new' },
      { id: 'g-2', '@removed': { reason: 'deleted' } },
      { id: 'g-3', 'members@delta': [{ '@odata.type': '#microsoft.graph.user', id: 'u-8' }] },
      { id: 'new', displayName: 'New', 'members@delta': [{ id: 'u-5' }] },
    ]);
    expect((await round(deltaLink)).pages).toEqual([[]]);
    // The same token again tells the same again.
    expect(idsOf((await round(quiet.deltaLink)).pages)).toEqual(idsOf(pages));
  });

  it('loses nothing that changes between two pages', async () => {
    const first = await simulator.graph('/v1.0/groups/delta', token);
    await change('PATCH', '/groups/g-0', { displayName: 'Renamed' });
    await change('DELETE', '/groups/g-120');
    const { pages, deltaLink } = await round(String(first.json['@odata.nextLink']));
    const later = await round(deltaLink);
    expect(later.pages.flat()).toMatchObject([
      { id: 'g-0', displayName: 'Renamed' },
      { id: 'g-120', '@removed': { reason: 'deleted' } },
    ]);
    expect(idsOf(pages)).not.toContain('g-120');
  });

  it('keeps to the properties and ids that were asked for, without members unless selected', async () => {
    const names = await round('/v1.0/groups/delta?$select=displayName');
    expect(Object.keys(names.pages[0]?.[0] ?? {}).sort()).toEqual(['displayName', 'id']);
    expect(membersOf(names.pages, 'big')).toEqual([]);
    await change('DELETE', '/groups/big/members/u-1');
    expect((await round(names.deltaLink)).pages).toEqual([[]]);
    const filter = encodeURIComponent("id eq 'g-4' or id eq 'g-5'");
    const two = await round(`/v1.0/groups/delta?$filter=${filter}`);
    expect(idsOf(two.pages)).toEqual(['g-4', 'g-5']);
    await change('PATCH', '/groups/g-6', { description: 'x' });
    await change('PATCH', '/groups/g-5', { description: 'x' });
    expect(idsOf((await round(two.deltaLink)).pages)).toEqual(['g-5']);
    for (const query of ['$top=5', '$expand=members', '$orderby=displayName', "$filter=displayName eq 'x'"])
      expect((await simulator.graph(`/v1.0/groups/delta?${query}`, token)).status).toBe(400);
  });

  it('starts from now on with latest', async () => {
    const { pages, deltaLink } = await round('/v1.0/groups/delta?$deltatoken=latest');
    expect(pages).toEqual([[]]);
    await change('PATCH', '/groups/g-9', { description: 'x' });
    expect(idsOf((await round(deltaLink)).pages)).toEqual(['g-9']);
  });

  it('answers 410 with the query to begin again after seven days, or when told to', async () => {
    const { deltaLink } = await round('/v1.0/groups/delta?$select=displayName');
    const start = `${simulator.graphOrigin}/v1.0/groups/delta?$select=displayName&$deltatoken=`;
    const ask = async () => {
      token = await simulator.token();
      const { status, headers, json } = await simulator.graph(deltaLink, token);
      return [status, headers.get('location'), (json.error as GraphBody | undefined)?.code];
    };
    await simulator.control('POST', '/clock/advance', { ms: 7 * DAY_MS });
    expect(await ask()).toEqual([200, null, undefined]);
    await simulator.control('POST', '/clock/advance', { ms: 1000 });
    expect(await ask()).toEqual([410, start, 'resyncRequired']);
    const again = await round(start);
    expect(idsOf(again.pages)).toHaveLength(132);
    await change('DELETE', '/delta-tokens');
    expect((await simulator.graph(again.deltaLink, token)).status).toBe(410);
    expect((await simulator.graph('/v1.0/groups/delta?$deltatoken=nonsense', token)).status).toBe(400);
  });

  it('exists for users too', async () => {
    const { deltaLink, pages } = await round('/v1.0/users/delta?$select=displayName,accountEnabled');
    expect(idsOf(pages)).toHaveLength(230);
    await change('DELETE', '/users/u-3');
    await change('PATCH', '/users/u-4', { accountEnabled: false });
    expect((await round(deltaLink)).pages.flat()).toMatchObject([
      { id: 'u-3', '@removed': { reason: 'changed' } },
      { id: 'u-4', accountEnabled: false },
    ]);
  });

  it('hides a new group for as long as replication takes, by id and in lists', async () => {
    await simulator.control('PUT', '/knobs', { replicationLag: { directoryMs: 10_000 } });
    const body = { displayName: 'Fresh', mailEnabled: false, mailNickname: 'fresh', securityEnabled: true };
    const made = await simulator.graph('/v1.0/groups', token, { method: 'POST', body });
    expect(made.status).toBe(201);
    const path = `/v1.0/groups/${String(made.json.id)}`;
    const list = `/v1.0/groups?$filter=${encodeURIComponent("displayName eq 'Fresh'")}`;
    expect((await simulator.graph(path, token)).json).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
    expect((await simulator.graph(list, token)).json.value).toEqual([]);
    await simulator.control('POST', '/clock/advance', { ms: 10_000 });
    expect((await simulator.graph(path, token)).json.displayName).toBe('Fresh');
    expect((await simulator.graph(list, token)).json.value).toHaveLength(1);
  });

  it('takes writes, and refuses them as Entra does', async () => {
    const group = '/v1.0/groups/g-10';
    const send = (method: string, path: string, body?: object) => simulator.graph(path, token, { method, body });
    expect((await send('PATCH', group, { displayName: 'Changed' })).status).toBe(204);
    const link = { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/u-1' };
    expect((await send('POST', `${group}/members/$ref`, link)).status).toBe(204);
    expect((await send('POST', `${group}/members/$ref`, link)).text).toContain('already exist');
    expect((await send('DELETE', `${group}/members/u-1/$ref`)).status).toBe(204);
    expect((await send('POST', '/v1.0/groups', { displayName: 'x' })).text).toContain(
      "'mailEnabled' of resource 'Group'",
    );
    expect((await send('PATCH', group, { colour: 'red' })).json).toMatchObject({
      error: { code: 'Request_BadRequest', message: "Invalid property 'colour'." },
    });
    expect((await send('DELETE', group)).status).toBe(204);
    expect((await simulator.graph(group, token)).status).toBe(404);
    expect((await send('PUT', '/v1.0/groups/g-11', {})).status).toBe(405);
  });
});
