import { describe, expect, it } from '@jest/globals';
import type { Settings } from '../../platform/config/settings.js';
import { grantTenantScope } from '../../platform/database/tenant-scope.js';
import type { GraphConnection, TenancyFacade } from './tenancy.facade.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { GraphObservation } from '../../platform/telemetry/graph-observation.js';
import { TenancyGraphClients } from './graph-clients.facade.js';

const CONNECTION: GraphConnection = { entraTenantId: 'contoso.example', clientId: 'app-1', clientSecret: 'one' };
const SETTINGS = {
  graph: {
    graphOrigin: 'https://graph.example',
    loginOrigin: 'https://login.example',
    loginAuthority: 'https://login.example',
  },
} as Settings;

function clientsOf(connection: () => GraphConnection): TenancyGraphClients {
  const tenancy = { graphConnection: () => Promise.resolve(connection()) } as unknown as TenancyFacade;
  return new TenancyGraphClients(tenancy, SETTINGS, new GraphObservation(new Metrics()));
}

describe('TenancyGraphClients', () => {
  const scope = grantTenantScope('00000000-0000-4000-8000-000000000001');

  it('keeps one client for each directory and app, and makes a new one for a new secret', async () => {
    let connection = CONNECTION;
    const clients = clientsOf(() => connection);
    const first = await clients.forTenant(scope);
    expect(await clients.forTenant(scope)).toBe(first);
    connection = { ...CONNECTION, clientId: 'app-2' };
    expect(await clients.forTenant(scope)).not.toBe(first);
    connection = { ...CONNECTION, clientSecret: 'two' };
    const second = await clients.forTenant(scope);
    expect(second).not.toBe(first);
    expect(await clients.forTenant(scope)).toBe(second);
  });

  it('passes on what the tenancy refuses', async () => {
    const clients = clientsOf(() => {
      throw new Error('not connected');
    });
    await expect(clients.forTenant(scope)).rejects.toThrow('not connected');
  });
});
