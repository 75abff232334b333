import pg from 'pg';
import { syncOnce } from '../inventory/synced.mjs';
import { tenantOf } from '../inventory/tenants.mjs';
import { migrateUp } from '../runs/engine/modules.mjs';
import { productEnvironment, ROOT } from '../runs/engine/environment.mjs';
import { seedRuns } from '../runs/lists/seed.mjs';
import { Child } from '../runs/process/child.mjs';
import { freePort } from '../runs/servers/free-port.mjs';

const POLICIES = 5_000;

/**
 * @typedef {object} Tenant the largest tenant of a filled database, with the product serving it
 * @property {string} origin
 * @property {string} tenantId
 * @property {string} token of a member who may read
 * @property {string} runId a completed run of it
 * @property {string} policyId that of its policies with the most settings
 * @property {number} policies how many it has
 * @property {() => Promise<void>} stop
 */

/**
 * Fills a database as the benchmark of the lists does, syncs an inventory into its largest tenant, and serves the built pages and
 * the API from it.
 * @param {import('../runs/servers/servers.mjs').Servers} servers
 * @param {number} runs
 * @returns {Promise<Tenant>}
 */
export async function startTenant(servers, runs) {
  const databaseUrl = await servers.postgres.createDatabase('web');
  await migrateUp(databaseUrl);
  const { tenantId, token } = await seedRuns(servers.postgres.superuserUrl('web'), runs);
  await syncOnce({ name: 'web', databaseUrl, seed: tenantOf(POLICIES), tenantId });
  const client = new pg.Client({ connectionString: servers.postgres.superuserUrl('web') });
  await client.connect();
  const { rows } = await client.query(
    `SELECT id FROM operation_runs WHERE tenant_id = $1 AND status = 'completed' ORDER BY created_at DESC LIMIT 1`,
    [tenantId],
  );
  const policies = await client.query(
    `SELECT id, count(*) OVER () AS policies FROM inventory_policies
     WHERE tenant_id = $1 ORDER BY (completeness ->> 'settingsStored')::int DESC NULLS LAST LIMIT 1`,
    [tenantId],
  );
  await client.query('VACUUM ANALYZE');
  await client.end();
  const port = await freePort();
  const env = { ...productEnvironment({ databaseUrl }), PORT: String(port), WEB_DIR: `${ROOT}web/dist` };
  const child = new Child('the API', `${ROOT}dist/src/main.js`, [], env);
  await child.message((message) => message === 'ready');
  return {
    origin: `http://127.0.0.1:${port}`,
    tenantId,
    token,
    runId: rows[0].id,
    policyId: policies.rows[0].id,
    policies: Number(policies.rows[0].policies),
    stop: () => child.kill(),
  };
}
