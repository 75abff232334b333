import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';

interface Member {
  id: string;
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

describe('$batch', () => {
  let simulator: RunningSimulator;
  let token: string;

  beforeAll(async () => {
    simulator = await RunningSimulator.start();
    token = await simulator.token();
  });
  afterAll(() => simulator.close());
  beforeEach(() => simulator.control('DELETE', '/faults'));

  const batch = (requests: unknown) => simulator.graph('/beta/$batch', token, { method: 'POST', body: { requests } });
  const membersOf = (json: Record<string, unknown>) =>
    new Map((json.responses as Member[]).map((member) => [member.id, member]));

  it('answers each member on its own, in another order', async () => {
    const { status, json } = await batch([
      { id: '1', method: 'GET', url: '/deviceManagement/configurationPolicies?$top=2' },
      { id: 2, method: 'get', url: 'groups' },
      { id: '3', method: 'GET', url: '/deviceManagement/configurationPolicies/none' },
    ]);
    expect(status).toBe(200);
    expect((json.responses as Member[]).map((member) => member.id)).toEqual(['3', '2', '1']);
    const members = membersOf(json);
    expect([members.get('1')?.status, members.get('2')?.status, members.get('3')?.status]).toEqual([200, 200, 404]);
    expect(members.get('1')?.body.value).toHaveLength(2);
    expect(members.get('1')?.body['@odata.nextLink']).toContain(
      `${simulator.graphOrigin}/beta/deviceManagement/configurationPolicies?$top=2&$skiptoken=`,
    );
  });

  it('lets a fault strike one member with its own Retry-After', async () => {
    await simulator.control('PUT', '/faults', {
      rules: [{ match: 'windowsDriverUpdateProfiles', status: 429, retryAfter: 0.249 }],
    });
    const { status, json } = await batch([
      { id: 'a', method: 'GET', url: '/deviceManagement/windowsDriverUpdateProfiles' },
      { id: 'b', method: 'GET', url: '/deviceManagement/deviceConfigurations' },
    ]);
    expect(status).toBe(200);
    const members = membersOf(json);
    expect(members.get('a')).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '0.249' },
      body: { error: { code: 'TooManyRequests' } },
    });
    expect(members.get('b')?.status).toBe(200);
  });

  it('gives 424 to what depends on a failure', async () => {
    const { json } = await batch([
      { id: 'late', method: 'GET', url: '/groups', dependsOn: ['bad'] },
      { id: 'bad', method: 'GET', url: '/nothing' },
      { id: 'circle', method: 'GET', url: '/groups', dependsOn: ['circle'] },
    ]);
    const members = membersOf(json);
    expect([members.get('bad')?.status, members.get('late')?.status, members.get('circle')?.status]).toEqual([
      400, 424, 424,
    ]);
  });

  it.each([
    [
      'more than 20 members',
      Array.from({ length: 21 }, (_, id) => ({ id: String(id), method: 'GET', url: '/groups' })),
    ],
    ['ids that differ in case only', ['a', 'A'].map((id) => ({ id, method: 'GET', url: '/groups' }))],
    ['no list', {}],
    ['an absolute url', [{ id: '1', method: 'GET', url: 'https://graph.microsoft.com/beta/groups' }]],
    ['a body without its type', [{ id: '1', method: 'POST', url: '/groups', body: {} }]],
  ])('refuses %s with 400', async (_case, requests) => {
    expect((await batch(requests)).status).toBe(400);
  });

  it('counts members in the request log', async () => {
    await simulator.control('DELETE', '/requests');
    await batch([{ id: '1', method: 'GET', url: '/groups' }]);
    const { json } = await simulator.control('GET', '/requests');
    expect(json).toMatchObject({
      total: 1,
      items: [
        { method: 'POST', path: '/beta/$batch', status: 200, batch: [{ id: '1', path: '/beta/groups', status: 200 }] },
      ],
    });
  });
});
