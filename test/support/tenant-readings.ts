import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { createGraphClient } from '#libs/graph-client/src/graph-client.js';
import { createGraphSimulator } from '#libs/graph-simulator/src/graph-simulator.js';
import type { SeedTenant } from '#libs/graph-simulator/src/store/seed-tenant.js';
import { RunningSimulator } from '#libs/graph-simulator/testing/running-simulator.js';
import { collectionsOf } from '../../src/modules/inventory/sync/collection-plan.js';
import type { JudgedObject } from '../../src/modules/inventory/sync/object-reading.js';
import { readCollection, type TypeEnding } from '../../src/modules/inventory/sync/read-collection.js';
import type { SettingNames } from '../../src/modules/inventory/sync/setting-names.js';

/** Every policy is new and no name is known, so that all are asked for. */
const ALL_NEW: SettingNames = {
  firstSeen: (listed) => Promise.resolve(new Set(listed.map(({ externalId }) => externalId))),
  knows: () => false,
  learn: () => Promise.resolve(),
};

export interface TenantReadings {
  judged: JudgedObject[];
  endings: TypeEnding[];
  /** Paths that were asked for, without queries, as Graph counts them: members of a `$batch`, not the batch. */
  asked: string[];
}

/** Reads every type of the catalogue from a simulated tenant over HTTP, as a sync does, in virtual time. */
export async function readTenant(seed: SeedTenant): Promise<TenantReadings> {
  const [app] = seed.apps;
  if (!app) throw new Error('The tenant has an app.');
  const simulator = createGraphSimulator({ port: 0, tenants: [seed], clock: { mode: 'virtual' } });
  try {
    const { graphOrigin, controlOrigin, clock } = await simulator.start();
    const running = new RunningSimulator(graphOrigin, controlOrigin, () => Promise.resolve());
    const token = await running.token({ entraTenantId: seed.entraTenantId, ...app });
    const client = createGraphClient({ graphOrigin, tokens: { token: () => Promise.resolve(token) }, clock });
    const { signal } = new AbortController();
    const judged: JudgedObject[] = [];
    const endings: TypeEnding[] = [];
    const take = (objects: readonly JudgedObject[]): Promise<void> => {
      judged.push(...objects);
      return Promise.resolve();
    };
    for (const plan of collectionsOf(POLICY_TYPES)) {
      endings.push(...(await readCollection(client, plan, signal, take, ALL_NEW)));
    }
    return { judged, endings, asked: await pathsAsked(controlOrigin) };
  } finally {
    await simulator.close();
  }
}

async function pathsAsked(controlOrigin: string): Promise<string[]> {
  const log = (await (await fetch(`${controlOrigin}/requests`)).json()) as { items: LoggedRequest[] };
  const paths = log.items.flatMap((one) => (one.batch ?? [one]).map(({ path }) => path.split('?')[0] ?? ''));
  return paths.filter((path) => /^\/(beta|v1\.0)\//.test(path));
}

interface LoggedRequest {
  path: string;
  batch?: { path: string }[];
}
