import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import type { SeedTenant } from '../store/seed-tenant.js';

const PATH = '/v1.0/identity/conditionalAccess/policies';
const POLICY = {
  displayName: 'Require MFA',
  state: 'disabled',
  conditions: {
    applications: { includeApplications: ['All'] },
    users: { includeUsers: ['All'] },
    clientAppTypes: ['all'],
  },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
};

let simulator: RunningSimulator;

beforeAll(async () => {
  const tenant: SeedTenant = {
    entraTenantId: DEMO_CONTOSO.entraTenantId,
    name: 'Contoso',
    apps: [
      {
        clientId: DEMO_CONTOSO.clientId,
        clientSecret: DEMO_CONTOSO.clientSecret,
        permissions: ['Policy.Read.All', 'Policy.ReadWrite.ConditionalAccess', 'Application.Read.All'],
      },
    ],
    users: [],
    groups: [],
    objects: [],
  };
  simulator = await RunningSimulator.start({ tenants: [tenant], clock: { mode: 'virtual', autoAdvance: false } });
});
afterAll(() => simulator.close());

it('hides a new conditional access policy until it has been replicated', async () => {
  const token = await simulator.token();
  // One request per second is all that conditional access takes.
  const later = (ms: number) => simulator.control('POST', '/clock/advance', { ms });
  await simulator.control('PUT', '/knobs', { replicationLag: { conditionalAccessMs: 5000 } });
  const made = await simulator.graph(PATH, token, { method: 'POST', body: POLICY });
  expect([made.status, made.text]).toEqual([201, expect.any(String)]);
  const item = `${PATH}/${String(made.json.id)}`;
  await later(1000);
  expect((await simulator.graph(item, token)).status).toBe(404);
  await later(1000);
  expect((await simulator.graph(PATH, token)).json.value).toEqual([]);
  await later(3000);
  expect((await simulator.graph(item, token)).json.displayName).toBe('Require MFA');
  await later(1000);
  expect((await simulator.graph(PATH, token)).json.value).toHaveLength(1);
});

it('tells a changed policy as it was, and finds a deleted one, until the change has been replicated', async () => {
  const token = await simulator.token();
  const later = (ms: number) => simulator.control('POST', '/clock/advance', { ms });
  const send = async (method: string, path: string, body?: unknown) => {
    await later(1000);
    return simulator.graph(path, token, { method, body });
  };
  await simulator.control('PUT', '/knobs', { replicationLag: { conditionalAccessMs: 0 } });
  const { json } = await send('POST', PATH, { ...POLICY, displayName: 'Lagging' });
  const item = `${PATH}/${String(json.id)}`;
  const listed = async () => {
    const { value } = (await send('GET', `${PATH}?$select=id,state`)).json as {
      value: { id: string; state: string }[];
    };
    return value.find(({ id }) => id === json.id);
  };
  await simulator.control('PUT', '/knobs', { replicationLag: { conditionalAccessMs: 5000 } });
  expect((await send('PATCH', item, { state: 'enabledForReportingButNotEnforced' })).status).toBe(204);
  expect((await send('GET', item)).json.state).toBe('disabled');
  expect(await listed()).toEqual({ id: json.id, state: 'disabled' });
  await later(3000);
  expect((await send('GET', item)).json.state).toBe('enabledForReportingButNotEnforced');
  expect(await listed()).toMatchObject({ state: 'enabledForReportingButNotEnforced' });
  expect((await send('DELETE', item)).status).toBe(204);
  expect((await send('GET', item)).status).toBe(200);
  expect((await send('DELETE', item)).status).toBe(404);
  await later(5000);
  expect((await send('GET', item)).status).toBe(404);
});
