import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { productEnvironment, ROOT } from '../runs/engine/environment.mjs';
import { Child } from '../runs/process/child.mjs';
import { quantile } from '../runs/report/statistics.mjs';
import { freePort } from '../runs/servers/free-port.mjs';

/**
 * @typedef {object} Searched
 * @property {string} name
 * @property {number} found rows of the answer, or the number that the facets count
 * @property {number} p50 milliseconds over HTTP, one request at a time on a kept connection
 * @property {number} p95
 */

const SAMPLES = 200;
const WARM_UP = 20;

/** What the inventory's page asks for, by a name: path and query below the tenant's inventory. */
const ASKED = Object.entries({
  'first page by name': 'policies?limit=50',
  'what changed last': 'policies?limit=50&sort=changed',
  'a part of many names': 'policies?limit=50&q=base',
  'a word of few names': 'policies?limit=50&q=windows',
  'a word in no name': 'policies?limit=50&q=zzqqx',
  'two filters and a word': 'policies?limit=50&type=settingsCatalog&assignment=assigned&q=base',
  'facets of all': 'policies/facets',
  'facets of a part of many names': 'policies/facets?q=base',
  'facets of two filters': 'policies/facets?type=settingsCatalog&assignment=assigned',
});

/**
 * Asks the API for what a person who looks for a policy asks for, in the one tenant of a synced database.
 * @param {{ databaseUrl: string, superuserUrl: string }} database
 * @returns {Promise<{ policies: number, searched: Searched[] }>}
 */
export async function measureSearch({ databaseUrl, superuserUrl }) {
  const { tenantId, token, policies } = await memberOf(superuserUrl);
  const port = await freePort();
  const env = { ...productEnvironment({ databaseUrl }), PORT: String(port), WEB_DIR: `${ROOT}web/dist` };
  const child = new Child('the API', `${ROOT}dist/src/main.js`, [], env);
  await child.message((message) => message === 'ready');
  const base = `http://127.0.0.1:${port}/api/v1/tenants/${tenantId}/inventory/`;
  const headers = { authorization: `Bearer ${token}` };
  const ask = async (/** @type {string} */ path) => {
    const response = await fetch(base + path, { headers });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}.`);
    return /** @type {{ total?: number, items?: unknown[] }} */ (await response.json());
  };
  /** @type {Searched[]} */
  const searched = [];
  try {
    for (const [name, path] of ASKED) {
      for (let n = 0; n < WARM_UP; n += 1) await ask(path);
      /** @type {number[]} */
      const times = [];
      let found = 0;
      for (let n = 0; n < SAMPLES; n += 1) {
        const begin = performance.now();
        const { total, items } = await ask(path);
        times.push(performance.now() - begin);
        found = total ?? items?.length ?? 0;
      }
      searched.push({ name, found, p50: quantile(times, 0.5), p95: quantile(times, 0.95) });
    }
    return { policies, searched };
  } finally {
    await child.kill();
  }
}

/** The tenant, how many policies it has, and a token of one of its members. */
async function memberOf(/** @type {string} */ superuserUrl) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select tenant_id, user_id, (select count(*)::int from inventory_policies) as policies from memberships limit 1`,
    );
    const token = `ta_${randomBytes(32).toString('base64url')}`;
    await client.query('insert into api_tokens (user_id, name, token_hash) values ($1, $2, $3)', [
      rows[0].user_id,
      'bench',
      createHash('sha256').update(token).digest(),
    ]);
    await client.query('vacuum analyze');
    return { tenantId: String(rows[0].tenant_id), token, policies: Number(rows[0].policies) };
  } finally {
    await client.end();
  }
}
