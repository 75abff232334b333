import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type StartedSimulator, createGraphSimulator } from '#libs/graph-simulator/src/graph-simulator.js';
import { ManualClock } from '../testing/manual-clock.js';
import { failureOf } from '../testing/test-client.js';
import { policyType } from './catalogue/policy-types.js';
import { type GraphClient, createGraphClient } from './graph-client.js';
import { type TokenSource, createMsalTokenSource } from './token-source.js';

const READ_HERE = [
  'settingsCatalog',
  'deviceConfiguration',
  'deviceCompliancePolicy',
  'windowsDriverUpdateProfile',
  'iosManagedAppProtection',
  'androidManagedAppProtection',
];
const TENANT = '22222222-2222-4222-8222-222222222222';
const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const SETTINGS = Array.from({ length: 60 }, (_, n) => ({
  id: String(n),
  settingInstance: { settingDefinitionId: `definition_${n}` },
}));
const ASSIGNMENTS = [{ id: 'a_1', target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } }];
const APPS = [
  {
    id: 'app',
    mobileAppIdentifier: { '@odata.type': '#microsoft.graph.iosMobileAppIdentifier', bundleId: 'com.example' },
  },
];
const RULES = [
  { id: 'rule', ruleName: 'PasswordRequired', scheduledActionConfigurations: [{ id: 'action', actionType: 'block' }] },
];

/** One token source, one client, the real MSAL, and the whole way over HTTP. */
describe('Graph client against the simulator', () => {
  const simulator = createGraphSimulator({
    port: 0,
    controlPort: 0,
    tenants: [
      {
        entraTenantId: TENANT,
        name: 'Contoso',
        apps: [
          {
            clientId: 'reader',
            clientSecret: 'right',
            permissions: ['DeviceManagementConfiguration.Read.All', 'DeviceManagementApps.Read.All'],
          },
          { clientId: 'half', clientSecret: 'right', permissions: ['DeviceManagementApps.Read.All'] },
        ],
        users: [],
        groups: [],
        objects: [
          ...Array.from({ length: 30 }, (_, n) => ({
            collection: 'configurationPolicies' as const,
            body: {
              id: guid(n),
              name: `A&B + C# ${n}`,
              platforms: 'windows10',
              settings: SETTINGS,
              assignments: ASSIGNMENTS,
            },
          })),
          {
            collection: 'deviceConfigurations' as const,
            body: {
              id: guid(100),
              '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
              displayName: 'OMA',
              assignments: ASSIGNMENTS,
            },
          },
          {
            collection: 'deviceCompliancePolicies' as const,
            body: {
              id: guid(101),
              '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
              displayName: 'Compliance',
              assignments: ASSIGNMENTS,
              scheduledActionsForRule: RULES,
            },
          },
          {
            collection: 'windowsDriverUpdateProfiles' as const,
            body: { id: guid(102), displayName: 'Drivers', assignments: ASSIGNMENTS },
          },
          {
            collection: 'iosManagedAppProtections' as const,
            body: { id: 'T_1', displayName: 'iOS', apps: APPS, assignments: ASSIGNMENTS },
          },
          {
            collection: 'androidManagedAppProtections' as const,
            body: { id: 'T_2', displayName: 'Android', apps: [], assignments: [] },
          },
        ],
      },
    ],
  });
  let started: StartedSimulator;
  let client: GraphClient;
  let clock: ManualClock;

  const tokensOf = (
    overrides: { entraTenantId?: string; clientId?: string; clientSecret?: string } = {},
  ): TokenSource => {
    const { loginOrigin, loginAuthority } = started;
    return createMsalTokenSource({
      entraTenantId: TENANT,
      clientId: 'reader',
      clientSecret: 'right',
      loginOrigin,
      loginAuthority,
      ...overrides,
    });
  };
  const strike = (...rules: object[]): Promise<unknown> =>
    fetch(`${started.controlOrigin}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules }),
    });

  beforeAll(async () => {
    started = await simulator.start();
  });
  afterAll(() => simulator.close());
  beforeEach(async () => {
    await strike();
    clock = new ManualClock(Date.now());
    client = createGraphClient({ graphOrigin: started.graphOrigin, tokens: tokensOf(), clock, random: () => 0 });
  });

  it.each(READ_HERE.map((key) => [key] as const))('reads %s as the catalogue says', async (key) => {
    const type = policyType(key);
    if (!type) throw new Error(`no policy type ${key}`);
    const { path, listQuery, children, item, assignments } = type.collection;
    const items = await client.list(path, { query: listQuery });
    expect(items).toHaveLength(key === 'settingsCatalog' ? 30 : 1);
    for (const one of items) {
      expect(typeof one[type.nameField ?? '']).toBe('string');
      expect('@odata.type' in one).toBe(type.odataTypes === 'from list');
      expect(Array.isArray(one['assignments'])).toBe(assignments === 'expanded' && !item);
    }
    const [first] = items;
    const own = `${path}/${first?.id ?? ''}`;
    if (assignments === 'own-collection') expect(Array.isArray(await client.list(`${own}/assignments`))).toBe(true);
    const ofFirst = children.filter(({ odataTypes }) => odataTypes?.includes(String(first?.['@odata.type'])) ?? true);
    for (const child of ofFirst) expect(await client.list(`${own}/${child.path}`)).toHaveLength(60);
    if (item) {
      const whole = await client.get(own, { query: item.query });
      expect([whole['apps'], whole['assignments']].every(Array.isArray)).toBe(true);
    }
    if (key === 'deviceCompliancePolicy') {
      expect(first?.['scheduledActionsForRule']).toMatchObject([
        { scheduledActionConfigurations: [{ actionType: 'block' }] },
      ]);
    }
  });

  it('batches beyond 20 and goes on from a nextLink inside a member', async () => {
    const requests = Array.from({ length: 30 }, (_, n) => ({
      id: guid(n),
      path: `/beta/deviceManagement/configurationPolicies/${guid(n)}/settings`,
    }));
    const replies = await client.batch([
      ...requests,
      { id: 'gone', path: `/beta/deviceManagement/configurationPolicies/${guid(999)}` },
    ]);
    expect(replies.get('gone')).toMatchObject({ ok: false, failure: { code: 'graph.not_found' } });
    const reply = replies.get(guid(7));
    const body = reply?.ok ? reply.body : {};
    expect(body['value']).toHaveLength(25);
    expect(await client.list(String(body['@odata.nextLink']))).toHaveLength(35);
  });

  it('finds a name with characters that URLs give a meaning', async () => {
    const path = '/beta/deviceManagement/configurationPolicies';
    const found = await client.list(path, { query: { $filter: "name eq 'A&B + C# 7'" } });
    expect(found.map(({ id }) => id)).toEqual([guid(7)]);
  });

  it('comes through throttling, gateway faults, resets and cut off answers', async () => {
    await strike(
      { match: 'configurationPolicies', probability: 1, status: 429, retryAfter: '3', times: 1 },
      { match: 'configurationPolicies', probability: 1, status: 503, times: 1 },
      { match: 'configurationPolicies', probability: 1, kind: 'reset', times: 1 },
      { match: 'configurationPolicies', probability: 1, kind: 'truncate', times: 1 },
      { match: 'configurationPolicies', probability: 1, kind: 'html', times: 1 },
    );
    expect(await client.list('/beta/deviceManagement/configurationPolicies')).toHaveLength(30);
    expect(clock.waits).toEqual([3_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('ends a paging loop', async () => {
    await strike({ match: 'configurationPolicies', probability: 1, kind: 'duplicate-next-link' });
    expect(await failureOf(client.list('/beta/deviceManagement/configurationPolicies'))).toMatchObject({
      code: 'graph.protocol',
    });
  });

  it('names a missing permission in plain words', async () => {
    const half = createGraphClient({ graphOrigin: started.graphOrigin, tokens: tokensOf({ clientId: 'half' }) });
    const failure = await failureOf(half.list('/beta/deviceManagement/configurationPolicies'));
    expect(failure).toMatchObject({ code: 'graph.forbidden', status: 403, graphCode: 'Forbidden' });
    expect(failure.detail).toContain('Application is not authorized to perform this operation');
    expect(failure.detail).not.toContain('Operation ID');
    expect(failure.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['the tenant', { entraTenantId: guid(5) }, 'AADSTS90002'],
    ['the client', { clientId: guid(6) }, 'AADSTS700016'],
    ['the secret', { clientSecret: 'wrong-secret' }, 'AADSTS7000215'],
  ])('tells that %s is wrong', async (_what, wrong, number) => {
    const failure = await failureOf(tokensOf(wrong).token());
    expect(failure).toMatchObject({ code: 'graph.unauthorized', graphCode: number });
    expect(failure.message).not.toContain('wrong-secret');
  });
});
