import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { walkContract, WalkedTime } from '../../testing/contract-walk.js';
import { GraphContract } from '../../testing/graph-contract.js';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { sampleTenant } from '../../testing/samples/sample-tenant.js';
import { bodiesOf, without, type GraphBody } from '../store/graph-body.js';
import type { SeedObject } from '../store/seed-tenant.js';
import { COLLECTIONS, collectionOf, pathOf, type CollectionSpec } from './collections.js';

const CONTRACT = path.resolve(import.meta.dirname, '../../../../../shared/graph/openapi-subset.json');

/** What a tool sends to make the object anew: without ids, assignments and what the service refuses to be given. */
function asNew({ collection, body }: SeedObject): GraphBody {
  const images = collection === 'intuneBrandingProfiles' ? ['themeColorLogo', 'lightBackgroundLogo'] : [];
  const bare = without(body, ['assignments', 'id', ...images]);
  const omaSettings = bodiesOf(body, 'omaSettings').map((setting) => ({ ...setting, secretReferenceValueId: null }));
  return {
    ...bare,
    ...(body.omaSettings === undefined ? {} : { omaSettings }),
    ...(collection === 'authenticationContextClassReferences' ? { id: 'c8' } : {}),
  };
}

/** Status of the call that gives the new object the sample's assignments; undefined where the type has none. */
async function assign(
  simulator: RunningSimulator,
  token: string,
  spec: CollectionSpec,
  url: string,
  assignments: GraphBody[],
): Promise<number | undefined> {
  const rule = spec.writes?.assign;
  if (rule === undefined) return undefined;
  if (rule.style === 'replace') {
    const body = { [rule.bodyKey]: assignments };
    return (await simulator.graph(`${url}/${rule.action}`, token, { method: 'POST', body })).status;
  }
  const statuses = [];
  for (const { target } of assignments)
    statuses.push((await simulator.graph(`${url}/assignments`, token, { method: 'POST', body: { target } })).status);
  return new Set(statuses).size === 1 ? statuses[0] : 0;
}

describe('every type that Graph creates', () => {
  it('is created from its sample, assigned and answered by the statuses of the contract, and still fits it', async () => {
    const time = new WalkedTime();
    const tenant = sampleTenant();
    const simulator = await RunningSimulator.start({ now: time.now, tenants: [tenant] });
    try {
      const token = await simulator.token();
      const wrong: string[] = [];
      const made = new Set<string>();
      for (const object of tenant.objects) {
        const spec = collectionOf(object.collection);
        const { create, assign: rule } = spec.writes ?? {};
        if (create === undefined || spec.singleton !== undefined || object.body.isBuiltIn === true) continue;
        for (let wait = 0; wait < 5; wait += 1) time.pass();
        const list = `/beta/${pathOf(spec)}`;
        const created = await simulator.graph(list, token, { method: 'POST', body: asNew(object) });
        if (created.status !== create) wrong.push(`${list}: ${created.status} ${created.text}`);
        const url = `${list}/${String(created.json.id)}`;
        const assigned = await assign(simulator, token, spec, url, bodiesOf(object.body, 'assignments'));
        if (bodiesOf(object.body, 'assignments').length > 0 && assigned !== rule?.status)
          wrong.push(`${url}: assigned with ${assigned}`);
        made.add(spec.key);
      }
      expect(wrong).toEqual([]);
      const creatable = COLLECTIONS.filter((spec) => spec.writes?.create !== undefined);
      expect(creatable.map(({ key }) => key).filter((key) => !made.has(key))).toEqual([]);
      if (!existsSync(CONTRACT)) return;
      const contract = new GraphContract(JSON.parse(readFileSync(CONTRACT, 'utf8')) as object);
      expect((await walkContract(simulator, time, contract)).faults).toEqual([]);
    } finally {
      await simulator.close();
    }
  }, 240_000);
});
