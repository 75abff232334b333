import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GraphContract } from '../testing/graph-contract.js';
import { RunningSimulator } from '../testing/running-simulator.js';
import { COLLECTIONS } from './graph/collections.js';
import { demoTenants } from './demo/demo-tenants.js';
import type { GraphBody } from './store/graph-body.js';
import { readExportFolder } from './store/export-folder.js';
import type { SeedTenant } from './store/seed-tenant.js';

const SHARED = path.resolve(import.meta.dirname, '../../../../shared');
const CONTRACT = path.join(SHARED, 'graph/openapi-subset.json');
const EXPORTS = ['openintunebaseline/windows-v3.6', 'openintunebaseline/windows-2026-03', 'sample-tenant'];

/** Asks for everything that the simulator serves and returns what does not fit the contract. */
async function faultsOf(simulator: RunningSimulator, contract: GraphContract): Promise<string[]> {
  const token = await simulator.token();
  const faults: string[] = [];
  const check = (declared: string, body: GraphBody, where: string) =>
    faults.push(...contract.faults(declared, body).map((fault) => `${where}: ${fault}`));
  const read = (url: string) => simulator.graph(url, token).then(({ json }) => json as GraphBody);
  for (const spec of COLLECTIONS) {
    const base = `/beta/${spec.root}/${spec.key}`;
    const expand = spec.navigation
      .map(({ name }) => (name === 'scheduledActionsForRule' ? `${name}($expand=scheduledActionConfigurations)` : name))
      .join(',');
    for (const item of await simulator.all(`${base}?$expand=${expand}`, token)) {
      check(spec.entityType, item, base);
      const url = `${base}/${item.id}`;
      check(spec.entityType, await read(`${url}?$expand=${expand}`), url);
      for (const { name, ownPath } of spec.navigation) {
        if (!ownPath) continue;
        const members = await simulator.all(`${url}/${name}`, token);
        check(
          spec.entityType,
          { id: 'x', ...(spec.polymorphic ? { '@odata.type': item['@odata.type'] ?? null } : {}), [name]: members },
          `${url}/${name}`,
        );
      }
    }
  }
  for (const group of await simulator.all('/v1.0/groups', token)) check('microsoft.graph.group', group, '/v1.0/groups');
  for (const event of await simulator.all('/beta/deviceManagement/auditEvents', token))
    check('microsoft.graph.auditEvent', event, 'auditEvents');
  return faults;
}

if (existsSync(CONTRACT)) {
  describe('replies against the Graph description', () => {
    let contract: GraphContract;

    beforeAll(async () => {
      contract = new GraphContract(JSON.parse(await readFile(CONTRACT, 'utf8')) as object);
    }, 60_000);

    it('finds the faults it is there for', () => {
      const declared = 'microsoft.graph.deviceManagementConfigurationPolicy';
      expect(contract.faults(declared, { name: 'x', platforms: 'windows10' })).toEqual([]);
      expect(contract.faults(declared, { name: 1 })).not.toEqual([]);
      expect(contract.faults(declared, { nmae: 'x' })).not.toEqual([]);
      expect(
        contract.faults(declared, {
          settings: [
            {
              settingInstance: {
                '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance',
                choice: 1,
              },
            },
          ],
        }),
      ).not.toEqual([]);
      expect(
        contract.faults('microsoft.graph.deviceConfiguration', { '@odata.type': '#microsoft.graph.nothing' }),
      ).not.toEqual([]);
    });

    it('fit for the demo tenants and for changes made through the control API', async () => {
      const simulator = await RunningSimulator.start();
      try {
        const [contoso] = demoTenants();
        await simulator.control('PATCH', `/tenants/${contoso?.entraTenantId}/objects/${contoso?.objects[0]?.body.id}`, {
          description: 'changed',
        });
        await simulator.control('DELETE', `/tenants/${contoso?.entraTenantId}/objects/${contoso?.objects[1]?.body.id}`);
        expect(await faultsOf(simulator, contract)).toEqual([]);
      } finally {
        await simulator.close();
      }
    }, 60_000);

    for (const folder of EXPORTS.filter((name) => !existsSync(path.join(SHARED, 'data', name)))) {
      it.skip(`is not checked for real exports: ../shared/data/${folder} is not there`, () => undefined);
    }

    it.each(EXPORTS.filter((name) => existsSync(path.join(SHARED, 'data', name))))(
      'fit for the real exports of %s',
      async (folder) => {
        const exported = await readExportFolder(path.join(SHARED, 'data', folder));
        expect(exported.unreadable).toEqual([]);
        const [demo] = demoTenants() as [SeedTenant];
        const simulator = await RunningSimulator.start({ tenants: [{ ...demo, objects: exported.objects }] });
        try {
          expect(await faultsOf(simulator, contract)).toEqual([]);
        } finally {
          await simulator.close();
        }
      },
      60_000,
    );
  });
} else {
  describe('replies against the Graph description', () => {
    it.skip('is not checked: the description ../shared/graph/openapi-subset.json is not there', () => undefined);
  });
}
