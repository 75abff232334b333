import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { POLICY_TYPES } from '../../../libs/graph-client/src/catalogue/policy-types.js';
import { createGraphClient, type GraphClient } from '../../../libs/graph-client/src/graph-client.js';
import { generatedTenant } from '../../../libs/graph-simulator/src/demo/generated/generated-tenants.js';
import { createGraphSimulator, type GraphSimulator } from '../../../libs/graph-simulator/src/graph-simulator.js';
import { sampleTenant } from '../../../libs/graph-simulator/testing/samples/sample-tenant.js';
import { RunningSimulator } from '../../../libs/graph-simulator/testing/running-simulator.js';
import { collectionsOf } from '../../../src/modules/inventory/sync/collection-plan.js';
import type { JudgedObject } from '../../../src/modules/inventory/sync/object-reading.js';
import type { SettingNames } from '../../../src/modules/inventory/sync/setting-names.js';
import { readCollection, type TypeEnding } from '../../../src/modules/inventory/sync/read-collection.js';

/** Every policy is new and no name is known, so that all are asked for. */
const ALL_NEW: SettingNames = {
  firstSeen: (listed) => Promise.resolve(new Set(listed.map(({ externalId }) => externalId))),
  knows: () => false,
  learn: () => Promise.resolve(),
};

/** A whole tenant over HTTP, by the catalogue alone: what a row says of Graph has to be so. */
describe.each([
  ['samples', sampleTenant],
  ['generated', () => generatedTenant('mid')],
] as const)('every type of the catalogue, read from a tenant: %s', (name, tenant) => {
  let simulator: GraphSimulator;
  const judged: JudgedObject[] = [];
  const endings: TypeEnding[] = [];

  beforeAll(async () => {
    const seed = tenant();
    const [app] = seed.apps;
    if (!app) throw new Error('The tenant has an app.');
    simulator = createGraphSimulator({ port: 0, tenants: [seed], clock: { mode: 'virtual' } });
    const started = await simulator.start();
    const running = new RunningSimulator(started.graphOrigin, started.controlOrigin, () => Promise.resolve());
    const token = await running.token({ entraTenantId: seed.entraTenantId, ...app });
    const client: GraphClient = createGraphClient({
      graphOrigin: started.graphOrigin,
      tokens: { token: () => Promise.resolve(token) },
      clock: started.clock,
    });
    const { signal } = new AbortController();
    for (const plan of collectionsOf(POLICY_TYPES)) {
      const take = (objects: readonly JudgedObject[]): Promise<void> => {
        judged.push(...objects);
        return Promise.resolve();
      };
      const ended = await readCollection(client, plan, signal, take, ALL_NEW);
      endings.push(...ended);
    }
  }, 120_000);

  afterAll(() => simulator.close());

  it('reads each to its end', () => {
    const partly = endings.map(({ coverage }) => coverage).filter(({ state }) => state !== 'read');
    expect(partly).toEqual([]);
    expect(endings).toHaveLength(POLICY_TYPES.length);
  });

  it('has all of every object', () => {
    expect(judged.filter(({ policy }) => !policy).map(({ type, externalId }) => `${type.key} ${externalId}`)).toEqual(
      [],
    );
  });

  it('finds objects of every type among the samples, of most in a generated tenant', () => {
    const found = new Set(judged.map(({ type }) => type.key));
    const missing = POLICY_TYPES.map(({ key }) => key).filter((key) => !found.has(key));
    if (name === 'samples') expect(missing).toEqual([]);
    else expect(missing.length).toBeLessThan(POLICY_TYPES.length / 3);
  });
});
