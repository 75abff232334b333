import { expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';
import { demoTenants } from '../demo/demo-tenants.js';
import type { SeedTenant } from '../store/seed-tenant.js';

const REDIRECT = 'http://localhost:3000/connected';

it('lets a tenant know an app only after an administrator has consented', async () => {
  const [contoso] = demoTenants() as [SeedTenant];
  const apps = contoso.apps.map((app) => ({ ...app, consented: false, redirectUris: [REDIRECT] }));
  const simulator = await RunningSimulator.start({ tenants: [{ ...contoso, apps }] });
  const consent = async (more: string, redirectUri = REDIRECT) => {
    const query = `client_id=${DEMO_CONTOSO.clientId}&state=x&redirect_uri=${encodeURIComponent(redirectUri)}${more}`;
    const url = `${simulator.graphOrigin}/${DEMO_CONTOSO.entraTenantId}/adminconsent?${query}`;
    const answer = await fetch(url, { redirect: 'manual' });
    const location = answer.headers.get('location');
    return location === null ? answer.text() : Object.fromEntries(new URL(location).searchParams);
  };
  try {
    const before = await simulator.signIn(DEMO_CONTOSO);
    expect(before.json).toMatchObject({ error: 'unauthorized_client', error_codes: [700016] });
    expect(await consent('&sim_cancel=1')).toMatchObject({ error: 'permission_denied', state: 'x' });
    expect(await consent('', 'https://evil.example/')).toContain('AADSTS50011');
    expect((await simulator.signIn(DEMO_CONTOSO)).status).toBe(400);
    expect(await consent('')).toEqual({ admin_consent: 'True', tenant: DEMO_CONTOSO.entraTenantId, state: 'x' });
    expect((await simulator.signIn(DEMO_CONTOSO)).status).toBe(200);
  } finally {
    await simulator.close();
  }
});
