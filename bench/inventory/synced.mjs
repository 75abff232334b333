import { Child } from '../runs/process/child.mjs';
import { productEnvironment } from '../runs/engine/environment.mjs';
import { createGraphSimulator } from './modules.mjs';

/** The limits that `npm run start:worker` sets. */
const WORKER_OPTIONS = '--max-old-space-size=512 --max-semi-space-size=8';

/** @typedef {ReturnType<typeof import('./tenants.mjs').enterprise>} Seed */

/**
 * A process that syncs into a database.
 * @param {string} name
 * @param {string} databaseUrl
 * @param {string} [tenantId] the product's tenant to sync into; one of its own where it is left out
 */
export async function syncChild(name, databaseUrl, tenantId) {
  const env = { ...productEnvironment({ databaseUrl }), NODE_OPTIONS: WORKER_OPTIONS };
  const script = new URL('./sync-process.mjs', import.meta.url);
  const child = new Child(`the sync (${name})`, script, tenantId === undefined ? [] : [tenantId], env);
  await child.message((message) => message === 'ready');
  return child;
}

/**
 * One sync of a simulated tenant without budgets.
 * @param {{ name: string, databaseUrl: string, seed: Seed, tenantId?: string }} order
 */
export async function syncOnce({ name, databaseUrl, seed, tenantId }) {
  const simulator = createGraphSimulator({
    port: 0,
    tenants: [seed],
    intuneLimit: { requests: 1e9, seconds: 1 },
    appLimit: { requests: 1e9, seconds: 1 },
  });
  const graph = place(await simulator.start());
  const child = await syncChild(name, databaseUrl, tenantId);
  try {
    return await child.ask('sync', { graph, connection: connectionOf(seed), virtual: false });
  } finally {
    await child.kill();
    await simulator.close();
  }
}

/** @param {{ graphOrigin: string, loginOrigin: string, loginAuthority: string, controlOrigin: string }} started */
export function place({ graphOrigin, loginOrigin, loginAuthority, controlOrigin }) {
  return { graphOrigin, loginOrigin, loginAuthority, controlOrigin };
}

/** @param {Seed} seed */
export function connectionOf({ entraTenantId, apps }) {
  const [one] = apps;
  if (one === undefined) throw new Error('The tenant has no app.');
  return { entraTenantId, clientId: one.clientId, clientSecret: one.clientSecret };
}
