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
