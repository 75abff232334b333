import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { walkContract, WalkedTime } from '../../../testing/contract-walk.js';
import { GraphContract } from '../../../testing/graph-contract.js';
import { RunningSimulator } from '../../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo-credentials.js';
import { generatedTenant } from './generated-tenants.js';

const CONTRACT = path.resolve(import.meta.dirname, '../../../../../../shared/graph/openapi-subset.json');

describe('a generated tenant over the wire', () => {
  if (!existsSync(CONTRACT)) {
    it.skip('is not checked: the description ../shared/graph/openapi-subset.json is not there', () => undefined);
    return;
  }

  it('is served whole, and every reply fits the Graph description', async () => {
    const { objects, groups, users } = generatedTenant('smb');
    const { entraTenantId, clientId, clientSecret } = DEMO_CONTOSO;
    const [app] = generatedTenant('smb').apps;
    const contract = new GraphContract(JSON.parse(await readFile(CONTRACT, 'utf8')) as object);
    const time = new WalkedTime();
    const apps = [{ clientId, clientSecret, permissions: app?.permissions ?? [] }];
    const simulator = await RunningSimulator.start({
      now: time.now,
      tenants: [{ entraTenantId, name: 'Generated', apps, users, groups, objects }],
    });
    try {
      const { faults, listed } = await walkContract(simulator, time, contract);
      expect(faults.slice(0, 20)).toEqual([]);
      const counts = new Map<string, number>();
      for (const { collection } of objects) counts.set(collection, (counts.get(collection) ?? 0) + 1);
      for (const [collection, count] of counts)
        expect([collection, listed.get(collection)]).toEqual([collection, count]);
    } finally {
      await simulator.close();
    }
  }, 240_000);
});
