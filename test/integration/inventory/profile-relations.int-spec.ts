import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatedTenant } from '#libs/graph-simulator/src/demo/generated/generated-tenants.js';
import type { LoggedRequest } from '#libs/graph-simulator/src/http/request-log.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { ReferenceRepository } from '../../../src/modules/inventory/data/reference.repository.js';
import type { InventorySyncPayload } from '../../../src/modules/inventory/runs/inventory-sync.run-type.js';
import { PolicyDependencies } from '../../../src/modules/inventory/policy-dependencies.js';
import { SimulatedTenant } from './simulated-tenant.js';

const PROFILES: InventorySyncPayload = {
  selection: { policyTypes: ['deviceConfiguration'], includeFoundations: false, includeDependencies: false },
};
const WIFI = '#microsoft.graph.windowsWifiEnterpriseEAPConfiguration';
const ROOT = '#microsoft.graph.windows81TrustedRootCertificate';

describe('certificates of Wi-Fi and VPN profiles', () => {
  const seed = generatedTenant('mid');
  const ofType = (type: string): string[] =>
    seed.objects.filter(({ body }) => body['@odata.type'] === type).map(({ body }) => body.id);
  let tenant: SimulatedTenant;
  let dependencies: PolicyDependencies;

  beforeAll(async () => {
    tenant = await SimulatedTenant.start(seed);
    const { tenantDatabase } = tenant.db;
    dependencies = new PolicyDependencies(
      new PolicyRepository(tenantDatabase),
      new ReferenceRepository(tenantDatabase),
    );
    expect(await tenant.syncOnce(PROFILES)).toMatchObject({ outcome: 'succeeded' });
  }, 60_000);
  afterAll(() => tenant.close());

  const policyId = async (externalId: string): Promise<string> => {
    const [row] = await tenant.db.database.query<{ id: string }>(
      `SELECT id FROM inventory_policies WHERE external_id = $1`,
      [externalId],
    );
    return row?.id ?? '';
  };
  const relationsAsked = async (): Promise<string[]> => {
    const answer = await fetch(`${tenant.started.controlOrigin}/requests`);
    const { items } = (await answer.json()) as { items: LoggedRequest[] };
    return items
      .flatMap(({ batch = [] }) => batch.map(({ path }) => path))
      .filter((path) => path.includes('/microsoft.graph.'));
  };

  it('are told from both ends', async () => {
    const [wifi = ''] = ofType(WIFI);
    const { uses } = await dependencies.of(tenant.tenant.scope, await policyId(wifi));
    const certificates = uses.filter(({ type }) => type === 'deviceConfiguration');
    expect(certificates.map(({ via }) => via)).toEqual(
      expect.arrayContaining(['rootCertificatesForServerValidation[]', 'identityCertificateForClientAuthentication[]']),
    );
    expect(certificates.every(({ policyId: id, name, present }) => id !== null && name !== null && present)).toBe(true);
    const root = certificates.find(({ via }) => via === 'rootCertificatesForServerValidation[]');
    expect(ofType(ROOT)).toContain(root?.externalId);
    const { usedBy } = await dependencies.of(tenant.tenant.scope, root?.policyId ?? '');
    expect(usedBy).toContainEqual(
      expect.objectContaining({ externalId: wifi, via: 'rootCertificatesForServerValidation[]' }),
    );
  });

  it('cost one request for each relation of a profile, and none for other profiles', async () => {
    const asked = await relationsAsked();
    const relations = { [WIFI]: 3, '#microsoft.graph.windows10VpnConfiguration': 1 };
    const scep = ofType('#microsoft.graph.windows81SCEPCertificateProfile').length;
    const least = Object.entries(relations).reduce((sum, [type, each]) => sum + ofType(type).length * each, scep);
    expect(asked).toHaveLength(least);
    expect(new Set(asked).size).toBe(least);
  });

  it('make a version when another certificate is chosen', async () => {
    const [wifi = ''] = ofType(WIFI);
    const [root = ''] = ofType(ROOT);
    await tenant.change('PATCH', `/${wifi}`, { rootCertificatesForServerValidation: [{ id: root }] });
    const run = await tenant.syncOnce(PROFILES);
    expect(run).toMatchObject({ outcome: 'succeeded', context: { versionsWritten: 1 } });
    const { uses } = await dependencies.of(tenant.tenant.scope, await policyId(wifi));
    expect(uses.filter(({ via }) => via === 'rootCertificatesForServerValidation[]')).toMatchObject([
      { externalId: root },
    ]);
    expect((await tenant.syncOnce(PROFILES)).context).toMatchObject({ versionsWritten: 0 });
  });

  it('leave the profile as it was when they cannot be read', async () => {
    const [wifi = ''] = ofType(WIFI);
    const rule = { match: `/${wifi}/microsoft.graph.`, probability: 1, status: 403 };
    await tenant.control('PUT', '/faults', { rules: [rule] });
    const run = await tenant.syncOnce(PROFILES);
    await tenant.control('DELETE', '/faults');
    expect(run.items).toContainEqual(
      expect.objectContaining({ itemId: 'deviceConfiguration', reasonCode: 'inventory.type_partial' }),
    );
    const [kept] = await tenant.facade.currentPolicies(tenant.tenant.scope, [await policyId(wifi)]);
    expect(kept).toMatchObject({ present: true, complete: false });
  });
});
