import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TenancyFacade } from '../../../src/modules/tenancy/tenancy.facade.js';
import { TenantProvisioning, type TenantSpec } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { startTenancyApp, type TenancyApp } from './tenancy-app.js';

describe('the tenancy facade', () => {
  let tenancy: TenancyApp;
  let facade: TenancyFacade;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
    facade = tenancy.app.get(TenancyFacade);
  });
  afterAll(() => tenancy.close());

  it('opens the Graph connection of a tenant, whose secret is sealed in the database', async () => {
    const scope = grantTenantScope(tenancy.contoso);
    await expect(facade.graphConnection(scope)).resolves.toEqual({
      entraTenantId: tenancy.entraTenantId,
      clientId: 'client',
      clientSecret: 'graph secret',
    });
    const [row] = await tenancy.db.database.query<{ sealed: Buffer }>(
      `SELECT sealed_secret AS sealed FROM graph_connections WHERE tenant_id = $1`,
      [tenancy.contoso],
    );
    expect(row?.sealed.includes('graph secret')).toBe(false);
  });

  it('says when a tenant is not connected', async () => {
    const failure = expect.objectContaining({ code: 'graph.not_connected', kind: 'conflict' });
    await expect(facade.graphConnection(grantTenantScope(tenancy.fabrikam))).rejects.toEqual(failure);
  });

  it('does not open a secret that was moved to another tenant', async () => {
    await tenancy.db.database.query(
      `INSERT INTO graph_connections (tenant_id, client_id, sealed_secret)
       SELECT $1, client_id, sealed_secret FROM graph_connections`,
      [tenancy.fabrikam],
    );
    await expect(facade.graphConnection(grantTenantScope(tenancy.fabrikam))).rejects.toMatchObject({
      code: 'graph.credential_unusable',
    });
    await tenancy.db.database.query(`DELETE FROM graph_connections WHERE tenant_id = $1`, [tenancy.fabrikam]);
  });

  it('names tenants and users', async () => {
    await expect(facade.tenantName(grantTenantScope(tenancy.contoso))).resolves.toBe('Contoso');
    await expect(facade.userName(randomUUID())).resolves.toBeUndefined();
  });
});

describe('provisioning', () => {
  let tenancy: TenancyApp;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
  });
  afterAll(() => tenancy.close());

  it('may run again: nothing is doubled, and what changed is taken over', async () => {
    const provisioning = tenancy.app.get(TenantProvisioning);
    const spec: TenantSpec = {
      name: 'Adatum',
      entraTenantId: randomUUID(),
      graph: { clientId: 'a', clientSecret: 'b' },
      members: [{ email: 'Ann@adatum.example', name: 'Ann', password: 'first password', role: 'Readonly' }],
    };
    const first = await provisioning.provision(spec);
    const again = await provisioning.provision(spec);
    expect(again).toEqual(first);
    const changed = await provisioning.provision({
      ...spec,
      name: 'Adatum Ltd',
      members: [{ email: 'ann@adatum.example', name: 'Ann B', password: 'second password', role: 'Owner' }],
    });
    expect(changed.tenantId).toBe(first.tenantId);
    const answer = await tenancy
      .http()
      .post('/api/v1/auth/login')
      .send({ email: 'ann@adatum.example', password: 'second password' })
      .expect(200);
    expect(answer.body.user).toEqual({
      id: first.userIds['Ann@adatum.example'],
      name: 'Ann B',
      email: 'Ann@adatum.example',
    });
  });

  it('leaves nothing behind when it fails', async () => {
    const entraTenantId = randomUUID();
    const spec: TenantSpec = {
      name: 'Broken',
      entraTenantId,
      members: [{ email: 'x'.repeat(300), name: 'X', password: 'p', role: 'Owner' }],
    };
    await expect(tenancy.app.get(TenantProvisioning).provision(spec)).rejects.toThrow();
    const rows = await tenancy.db.database.query(`SELECT 1 FROM tenants WHERE entra_tenant_id = $1`, [entraTenantId]);
    expect(rows).toEqual([]);
  });
});
