import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GraphContract } from '../testing/graph-contract.js';
import { notDescribed, walkContract, WalkedTime } from '../testing/contract-walk.js';
import { RunningSimulator } from '../testing/running-simulator.js';
import { sampleTenant } from '../testing/samples/sample-tenant.js';
import { classify } from '../../graph-client/src/catalogue/policy-facts.js';
import { POLICY_TYPES } from '../../graph-client/src/catalogue/policy-types.js';
import { collectionOf, COLLECTIONS, pathOf, type Navigation } from './graph/collections.js';
import { demoTenants } from './demo/demo-tenants.js';
import { readExportFolder } from './store/export-folder.js';
import type { SeedTenant } from './store/seed-tenant.js';

/** Relations to devices, which are not simulated. */
const WITHOUT_MEMBERS: readonly string[] = ['windowsAutopilotDeploymentProfiles/assignedDevices'];

function relationsOf(owner: string, navigation: readonly Navigation[]): string[] {
  return navigation
    .filter(({ ownPath, derived }) => ownPath && derived !== true)
    .flatMap(({ name, children = [] }) => [`${owner}/${name}`, ...relationsOf(`${owner}/${name}`, children)]);
}

const SHARED = path.resolve(import.meta.dirname, '../../../../shared');
const CONTRACT = path.join(SHARED, 'graph/openapi-subset.json');
const EXPORTS = ['openintunebaseline/windows-v3.6', 'openintunebaseline/windows-2026-03', 'sample-tenant'];

if (existsSync(CONTRACT)) {
  describe('replies against the Graph description', () => {
    const contract = new GraphContract(JSON.parse(readFileSync(CONTRACT, 'utf8')) as object);

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
      const time = new WalkedTime();
      const simulator = await RunningSimulator.start({ now: time.now });
      try {
        const [contoso] = demoTenants();
        await simulator.control('PATCH', `/tenants/${contoso?.entraTenantId}/objects/${contoso?.objects[0]?.body.id}`, {
          description: 'changed',
        });
        await simulator.control('DELETE', `/tenants/${contoso?.entraTenantId}/objects/${contoso?.objects[1]?.body.id}`);
        expect((await walkContract(simulator, time, contract)).faults).toEqual([]);
      } finally {
        await simulator.close();
      }
    }, 240_000);

    it('fit for the sample of every collection: list, item and children', async () => {
      const time = new WalkedTime();
      const simulator = await RunningSimulator.start({ now: time.now, tenants: [sampleTenant()] });
      try {
        const { faults, listed, items, related } = await walkContract(simulator, time, contract);
        expect(faults).toEqual([]);
        const collections = COLLECTIONS.filter((spec) => spec.singleton === undefined).map((spec) => spec.key);
        expect(collections.filter((key) => (listed.get(key) ?? 0) === 0)).toEqual([]);
        expect(collections.filter((key) => (items.get(key) ?? 0) === 0)).toEqual([]);
        const relations = COLLECTIONS.flatMap(({ key, navigation }) => relationsOf(key, navigation));
        expect(relations.filter((name) => (related.get(name) ?? 0) === 0)).toEqual(WITHOUT_MEMBERS);
      } finally {
        await simulator.close();
      }
    }, 240_000);

    it('are asked for of every type that the product reads', () => {
      const judged = new Map<string, boolean>();
      for (const { collection, body } of sampleTenant().objects) {
        const spec = collectionOf(collection);
        const path = `/beta/${pathOf(spec)}`.toLowerCase();
        const types = POLICY_TYPES.filter((type) => type.collection.path.toLowerCase() === path);
        const type = classify(types, body);
        if (type !== undefined) judged.set(type.key, contract.knows(spec.entityType));
      }
      expect(POLICY_TYPES.map(({ key }) => key).filter((key) => !judged.has(key))).toEqual([]);
      const unjudged = new Set(notDescribed(contract).map(({ entityType }) => entityType));
      expect([...judged].filter(([, known]) => !known)).toHaveLength(unjudged.size);
    });

    for (const { key, entityType } of notDescribed(contract)) {
      it.skip(`are not checked for ${key}: the description has no ${entityType}`, () => undefined);
    }

    for (const folder of EXPORTS.filter((name) => !existsSync(path.join(SHARED, 'data', name)))) {
      it.skip(`is not checked for real exports: ../shared/data/${folder} is not there`, () => undefined);
    }

    it.each(EXPORTS.filter((name) => existsSync(path.join(SHARED, 'data', name))))(
      'fit for the real exports of %s',
      async (folder) => {
        const exported = await readExportFolder(path.join(SHARED, 'data', folder));
        expect(exported.unreadable).toEqual([]);
        const [demo] = demoTenants() as [SeedTenant];
        const time = new WalkedTime();
        const tenants = [{ ...demo, objects: exported.objects }];
        const simulator = await RunningSimulator.start({ now: time.now, tenants });
        try {
          expect((await walkContract(simulator, time, contract)).faults).toEqual([]);
        } finally {
          await simulator.close();
        }
      },
      240_000,
    );
  });
} else {
  describe('replies against the Graph description', () => {
    it.skip('is not checked: the description ../shared/graph/openapi-subset.json is not there', () => undefined);
  });
}
