import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import type { GraphBody } from '../store/graph-body.js';
import { ALL_PERMISSIONS, type SeedGroup, type SeedTenant } from '../store/seed-tenant.js';

const EVENTUAL = { headers: { ConsistencyLevel: 'eventual' } };
const GROUPS_ONLY = { ...DEMO_CONTOSO, clientId: 'groups-only', clientSecret: 'b' };

const GROUPS: SeedGroup[] = [
  {
    id: 'g-all',
    displayName: 'All staff',
    groupTypes: ['DynamicMembership'],
    membershipRule: 'user.accountEnabled -eq true',
  },
  {
    id: 'g-it',
    displayName: 'IT - Wi-Fi admins',
    description: 'Network & more',
    members: ['u-1', 'u-2', 'g-sub', 'u-gone'],
  },
  { id: 'g-sub', displayName: "d'Azur", members: ['u-3', 'u-1', 'g-it'] },
  { id: 'g-mail', displayName: 'Newsletter', mail: 'news@contoso.example', groupTypes: ['Unified'], mailEnabled: true },
  { id: 'g-many', displayName: 'Many', members: Array.from({ length: 30 }, (_, index) => `g-${index}`) },
  { id: 'g-sync', displayName: 'On premises', onPremisesSyncEnabled: true },
  ...Array.from({ length: 120 }, (_, index) => ({ id: `g-${index}`, displayName: `Ring ${index}` })),
];
const USERS = ['Ada Admin', 'Bob Builder', 'Cyd Clerk'].map((displayName, index) => ({
  id: `u-${index + 1}`,
  displayName,
  userPrincipalName: `${displayName.split(' ')[0]?.toLowerCase()}@contoso.example`,
  department: 'IT',
}));

describe('groups and users', () => {
  let simulator: RunningSimulator;
  let token: string;

  beforeAll(async () => {
    const permissions = [...ALL_PERMISSIONS];
    const tenant: SeedTenant = {
      entraTenantId: DEMO_CONTOSO.entraTenantId,
      name: 'Contoso',
      apps: [
        { clientId: DEMO_CONTOSO.clientId, clientSecret: DEMO_CONTOSO.clientSecret, permissions },
        { clientId: GROUPS_ONLY.clientId, clientSecret: GROUPS_ONLY.clientSecret, permissions: ['Group.Read.All'] },
      ],
      users: USERS,
      groups: GROUPS,
      objects: [],
    };
    simulator = await RunningSimulator.start({ tenants: [tenant] });
    token = await simulator.token();
  });
  afterAll(() => simulator.close());

  const ids = async (path: string, init = {}) => {
    const { status, json, text } = await simulator.graph(path, token, init);
    if (status !== 200) throw new Error(`${status} ${text}`);
    return (json.value as { id: string }[]).map(({ id }) => id);
  };
  const filter = (text: string) => `/v1.0/groups?$filter=${encodeURIComponent(text)}`;

  it('come in pages of 100, or as $top asks', async () => {
    const first = await simulator.graph('/v1.0/groups', token);
    expect(first.json.value).toHaveLength(100);
    expect(await simulator.all('/v1.0/groups', token)).toHaveLength(GROUPS.length);
    expect(await ids('/v1.0/groups?$top=999')).toHaveLength(GROUPS.length);
    expect((await simulator.graph('/v1.0/groups?$top=1000', token)).json).toMatchObject({
      error: { code: 'Request_UnsupportedQuery' },
    });
    const ordered = await simulator.all('/v1.0/groups?$orderby=displayName desc&$top=50&$select=displayName', token);
    const names = ordered.map(({ displayName }) => (displayName as string).toLowerCase());
    expect(names).toEqual([...names].sort().reverse());
    expect(names).toHaveLength(GROUPS.length);
  });

  it.each([
    ["displayName eq 'D''AZUR'", ['g-sub']],
    ["startswith(displayName,'it -')", ['g-it']],
    ["id in ('g-it', 'g-mail')", ['g-it', 'g-mail']],
    ["groupTypes/any(c:c eq 'Unified')", ['g-mail']],
    ["groupTypes/any(t: t eq 'Unified' or t eq 'DynamicMembership')", ['g-all', 'g-mail']],
    ['onPremisesSyncEnabled eq true', ['g-sync']],
    ["mailEnabled eq true and (displayName eq 'Newsletter' or displayName eq 'x')", ['g-mail']],
    ["mail eq 'news@contoso.example'", ['g-mail']],
  ])('are found by %s', async (text, found) => {
    expect(await ids(filter(text))).toEqual(found);
  });

  it.each([
    ["displayName ne 'x' and mailEnabled eq true", ['g-mail']],
    ["not startswith(displayName,'Ring')", ['g-all', 'g-it', 'g-sub', 'g-mail', 'g-many', 'g-sync']],
    ["endswith(mail,'contoso.example')", ['g-mail']],
    ["not(groupTypes/any(c:c eq 'Unified')) and mailEnabled eq true", []],
  ])('are found by %s with ConsistencyLevel and $count alone', async (text, found) => {
    const advanced = `${filter(text)}&$count=true`;
    expect(await ids(advanced, EVENTUAL)).toEqual(found);
    for (const [path, init] of [
      [filter(text), {}],
      [filter(text), EVENTUAL],
      [advanced, {}],
    ] as const) {
      const { status, json } = await simulator.graph(path, token, init);
      expect(status).toBe(400);
      expect((json.error as GraphBody).code).toMatch(/^Request_/);
    }
  });

  it('are searched by words, and counted on the first page alone, with the header on every page', async () => {
    const search = (text: string) => `/v1.0/groups?$search=${encodeURIComponent(text)}`;
    expect(await ids(search('"displayName:admins wi"'), EVENTUAL)).toEqual(['g-it']);
    expect(await ids(search('"displayName:newsl" OR "description:network"'), EVENTUAL)).toEqual(['g-it', 'g-mail']);
    expect((await simulator.graph(search('"displayName:x"'), token)).text).toContain('ConsistencyLevel: eventual');
    expect((await simulator.graph(search('displayName:x'), token, EVENTUAL)).status).toBe(400);
    const first = await simulator.graph('/v1.0/groups?$count=true&$top=80', token, EVENTUAL);
    expect(first.json['@odata.count']).toBe(GROUPS.length);
    const link = String(first.json['@odata.nextLink']);
    expect((await simulator.graph(link, token)).status).toBe(400);
    const second = await simulator.graph(link, token, EVENTUAL);
    expect(second.json).not.toHaveProperty('@odata.count');
    expect(second.json.value).toHaveLength(GROUPS.length - 80);
    const count = await simulator.graph('/v1.0/groups/$count', token, EVENTUAL);
    expect([count.text, count.headers.get('content-type')]).toEqual([String(GROUPS.length), 'text/plain']);
    expect((await simulator.graph('/v1.0/groups/$count', token)).status).toBe(400);
  });

  it.each([
    ["$filter=contains(displayName,'x')"],
    ["$filter=unknown eq 'x'"],
    ["$filter=displayName eq 'x"],
    ['$select=unknown'],
    ['$expand=unknown'],
    ['$skip=5'],
    [`$filter=${'('.repeat(4000)}`],
    [`$filter=${'not '.repeat(2000)}mailEnabled eq true`],
    ['$orderby=description'],
  ])('refuse %s', async (query) => {
    expect((await simulator.graph(`/v1.0/groups?${query}`, token)).status).toBe(400);
  });

  it('show members of both kinds once, also those of groups within, and at most 20 by $expand', async () => {
    const members = await simulator.graph('/v1.0/groups/g-it/members', token);
    expect((members.json.value as GraphBody[]).map((each) => [each['@odata.type'], each.id])).toEqual([
      ['#microsoft.graph.user', 'u-1'],
      ['#microsoft.graph.user', 'u-2'],
      ['#microsoft.graph.group', 'g-sub'],
    ]);
    expect(await ids('/v1.0/groups/g-it/members/microsoft.graph.user')).toEqual(['u-1', 'u-2']);
    expect(await ids('/v1.0/groups/g-it/transitiveMembers')).toEqual(['u-1', 'u-2', 'g-sub', 'u-3', 'g-it']);
    expect((await simulator.graph('/v1.0/groups/g-it/members/$count', token, EVENTUAL)).text).toBe('3');
    expect(await ids('/v1.0/users/ada@contoso.example/memberOf')).toEqual(['g-it', 'g-sub']);
    expect(await ids('/v1.0/users/u-3/memberOf')).toEqual(['g-sub']);
    expect(await ids('/v1.0/users/u-3/transitiveMemberOf')).toEqual(['g-sub', 'g-it']);
    expect(await ids('/v1.0/groups/g-sub/transitiveMemberOf')).toEqual(['g-it', 'g-sub']);
    const { json } = await simulator.graph('/v1.0/groups/g-it?$select=id,displayName', token);
    expect(json).toMatchObject({ id: 'g-it', displayName: 'IT - Wi-Fi admins' });
    expect(json).not.toHaveProperty('description');
    const expanded = await simulator.graph('/v1.0/groups/g-it?$expand=members', token);
    expect((expanded.json.members as GraphBody[]).map(({ id }) => id)).toEqual(['u-1', 'u-2', 'g-sub']);
    const listed = await simulator.graph("/v1.0/groups?$filter=id eq 'g-many'&$expand=members", token);
    expect((listed.json.value as { members: GraphBody[] }[])[0]?.members).toHaveLength(20);
  });

  it('hide what a caller without a permission for users may not see', async () => {
    const narrow = await simulator.token(GROUPS_ONLY);
    const { json } = await simulator.graph('/v1.0/groups/g-it/members', narrow);
    expect((json.value as GraphBody[])[0]).toMatchObject({ id: 'u-1', displayName: null });
    expect((await simulator.graph('/v1.0/users', narrow)).json).toMatchObject({
      error: { code: 'Authorization_RequestDenied' },
    });
  });

  it('show a user by name with the usual properties, and others where asked', async () => {
    const { json } = await simulator.graph('/v1.0/users/bob@contoso.example', token);
    expect(json).toMatchObject({ id: 'u-2', displayName: 'Bob Builder' });
    expect(json).not.toHaveProperty('department');
    const asked = await simulator.graph('/v1.0/users/u-2?$select=department,accountEnabled', token);
    expect(asked.json).toMatchObject({ department: 'IT', accountEnabled: true });
    expect(await ids(`/v1.0/users?$filter=${encodeURIComponent("startswith(userPrincipalName,'cyd')")}`)).toEqual([
      'u-3',
    ]);
    expect((await simulator.graph('/v1.0/me', token)).text).toContain('delegated authentication flow');
    const organization = await simulator.graph('/v1.0/organization', token);
    expect(organization.json.value).toMatchObject([{ id: DEMO_CONTOSO.entraTenantId, displayName: 'Contoso' }]);
  });

  it('come by their ids, unknown ones left out', async () => {
    const body = { ids: ['g-it', 'u-3', 'nobody'], types: ['group', 'user'] };
    const answer = await simulator.graph('/v1.0/directoryObjects/getByIds', token, { method: 'POST', body });
    expect((answer.json.value as GraphBody[]).map(({ id }) => id)).toEqual(['g-it', 'u-3']);
  });
});
