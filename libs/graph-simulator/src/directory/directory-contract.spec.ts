import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GraphContract } from '../../testing/graph-contract.js';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { demoTenants } from '../demo/demo-tenants.js';
import type { GraphBody } from '../store/graph-body.js';
import type { SeedTenant } from '../store/seed-tenant.js';

const CONTRACT = path.resolve(import.meta.dirname, '../../../../../shared/graph/openapi-subset.json');

describe('groups and users against the Graph description', () => {
  if (!existsSync(CONTRACT)) {
    it.skip('are not checked: the description ../shared/graph/openapi-subset.json is not there', () => undefined);
    return;
  }

  it('fit in lists, items, members and delta', async () => {
    const contract = new GraphContract(JSON.parse(await readFile(CONTRACT, 'utf8')) as object);
    const [demo] = demoTenants() as [SeedTenant];
    const members = demo.users.map(({ id }) => id);
    const groups = [...demo.groups, { id: 'all', displayName: 'All', groupTypes: ['Unified'], members }];
    const simulator = await RunningSimulator.start({ tenants: [{ ...demo, groups }] });
    try {
      const token = await simulator.token();
      const faults: string[] = [];
      const check = (type: string, bodies: GraphBody[]) => {
        expect(bodies.length).toBeGreaterThan(0);
        faults.push(...bodies.flatMap((body) => contract.faults(type, body)));
      };
      check('microsoft.graph.group', await simulator.all('/v1.0/groups', token));
      check('microsoft.graph.group', [(await simulator.graph('/v1.0/groups/all', token)).json as GraphBody]);
      check('microsoft.graph.user', await simulator.all('/v1.0/users', token));
      check('microsoft.graph.user', await simulator.all('/v1.0/users?$select=id,accountEnabled,department', token));
      check('microsoft.graph.directoryObject', await simulator.all('/v1.0/groups/all/members', token));
      const delta = await simulator.all('/v1.0/groups/delta', token);
      check(
        'microsoft.graph.group',
        delta.map((group) => Object.fromEntries(Object.entries(group).filter(([name]) => name !== 'members@delta'))),
      );
      expect(faults).toEqual([]);
    } finally {
      await simulator.close();
    }
  }, 60_000);
});
