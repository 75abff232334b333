import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepDemoUsers, planDemoTenants } from './demo-users.js';
import type { SimulatedTenant } from './simulator-messages.js';

const LITWARE: SimulatedTenant = { name: 'Litware', entraTenantId: 'e1', clientId: 'c1', clientSecret: 's1' };
const FABRIKAM: SimulatedTenant = { name: 'Fabrikam', entraTenantId: 'e2', clientId: 'c2', clientSecret: 's2' };

describe('demo users', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'demo-users-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('are one of each role in the first tenant and an owner in the second, named after their tenant', async () => {
    const tenants = await planDemoTenants(dir, [LITWARE, FABRIKAM], undefined);
    expect(tenants.map(({ name, members }) => [name, members.map((member) => [member.email, member.name])])).toEqual([
      [
        'Litware',
        [
          ['owner@contoso.example', 'Owner of Litware'],
          ['manager@contoso.example', 'Manager of Litware'],
          ['operator@contoso.example', 'Operator of Litware'],
          ['readonly@contoso.example', 'Readonly of Litware'],
        ],
      ],
      ['Fabrikam', [['owner@fabrikam.example', 'Owner of Fabrikam']]],
    ]);
    expect(tenants[0]).toMatchObject({ entraTenantId: 'e1', graph: { clientId: 'c1', clientSecret: 's1' } });
  });

  it('have two tenants without a connection when nothing is simulated', async () => {
    const tenants = await planDemoTenants(dir, undefined, undefined);
    expect(tenants.map(({ name, graph }) => [name, graph])).toEqual([
      ['Contoso', undefined],
      ['Fabrikam', undefined],
    ]);
  });

  it('keep their passwords from start to start, unless one is fixed', async () => {
    const passwordsOf = (tenants: Awaited<ReturnType<typeof planDemoTenants>>): string[] =>
      tenants.flatMap(({ members }) => members.map(({ password }) => password));
    const first = await planDemoTenants(dir, [LITWARE, FABRIKAM], undefined);
    expect(new Set(passwordsOf(first)).size).toBe(5);
    const kept = await keepDemoUsers(dir, first, ['t1', 't2']);
    expect(kept.map(({ tenantId }) => tenantId)).toEqual(['t1', 't1', 't1', 't1', 't2']);
    expect(passwordsOf(await planDemoTenants(dir, [LITWARE, FABRIKAM], undefined))).toEqual(passwordsOf(first));
    expect(new Set(passwordsOf(await planDemoTenants(dir, [LITWARE], 'open sesame')))).toEqual(
      new Set(['open sesame']),
    );
  });
});
