import pg from 'pg';
import { COLUMN_TYPES, migrateUp } from '../engine/modules.mjs';
import { quantile } from '../report/statistics.mjs';
import { Api } from './api-process.mjs';
import { PAGES } from './pages.mjs';
import { replay } from './replay.mjs';
import { seedRuns } from './seed.mjs';

/** A page so slow that its samples take longer is told by those that there were, 20 at least. */
const PATIENCE_MS = 20_000;
const FEWEST_SAMPLES = 20;

/**
 * @typedef {object} Timing milliseconds
 * @property {number} p50
 * @property {number} p95
 */

/**
 * @typedef {object} PageResult
 * @property {string} name
 * @property {string} label
 * @property {number} runs how many runs the database has
 * @property {Timing} sql one connection, what the page sends one after the other, with the tenant's rights and prepared as there
 * @property {Timing} http one request at a time, on a kept connection
 */

/**
 * @typedef {object} ListResults
 * @property {PageResult[]} pages
 * @property {{ runs: number, seconds: number }[]} seeding
 * @property {boolean} countsExact whether the counts page agrees with a count over all rows
 */

/**
 * @typedef {object} Sized one size of database, with all that looks at it
 * @property {number} runs
 * @property {Api} api
 * @property {pg.Client} client
 */

/**
 * Measures the pages of Monitoring in the largest tenant, over HTTP and as SQL, on databases of both sizes in turns.
 * @param {import('../servers/servers.mjs').Servers} servers
 * @param {{ sizes: readonly number[], samples: number, say: (sentence: string) => void }} plan `sizes` from small to large
 * @returns {Promise<ListResults>}
 */
export async function measureLists(servers, { sizes, samples, say }) {
  /** @type {Sized[]} */
  const all = [];
  const seeding = [];
  try {
    for (const runs of sizes) {
      say(`lists: filling a database with ${runs} runs`);
      const begin = performance.now();
      const name = `lists_${runs}`;
      const url = await servers.postgres.createDatabase(name);
      await migrateUp(url);
      const seeded = await seedRuns(servers.postgres.superuserUrl(name), runs);
      seeding.push({ runs, seconds: (performance.now() - begin) / 1000 });
      const client = new pg.Client({
        connectionString: url,
        options: '-c search_path=public,bullmq',
        types: COLUMN_TYPES,
      });
      client.on('error', () => undefined); // the statement under way fails too, and that one tells
      await client.connect();
      all.push({ runs, client, api: await Api.start(url, seeded) });
    }
    await servers.postgres.checkpoint();
    /** @type {PageResult[]} */
    const pages = [];
    for (const page of PAGES) {
      say(`lists: ${page.label}`);
      pages.push(...(await measurePage(page, all, samples)));
    }
    const countsExact = (await Promise.all(all.map(countsAreExact))).every(Boolean);
    return { pages, seeding, countsExact };
  } finally {
    for (const { api, client } of all) {
      await api.stop();
      await client.end();
    }
  }
}

/**
 * @param {import('./pages.mjs').PageKind} page
 * @param {readonly Sized[]} all
 * @param {number} samples
 * @returns {Promise<PageResult[]>}
 */
async function measurePage(page, all, samples) {
  const measured = [];
  for (const sized of all) {
    const path = await page.path(sized.api);
    const turns = await sized.api.turnsOf(path);
    const askSql = async () => {
      for (const turn of turns) await replay(sized.client, turn);
    };
    /** @type {number[]} */
    const sql = [];
    /** @type {number[]} */
    const http = [];
    measured.push({ runs: sized.runs, sql, http, askSql, askHttp: () => sized.api.get(path) });
  }
  const warmUp = Math.ceil(samples / 5); // until both processes have compiled what they run
  const end = performance.now() + PATIENCE_MS;
  for (let sample = -warmUp; sample < samples; sample += 1) {
    if (sample >= FEWEST_SAMPLES && performance.now() > end) break;
    // The one that begins takes turns, so that neither always finds the processor warm.
    for (const one of sample % 2 === 0 ? measured : measured.toReversed()) {
      const sql = await milliseconds(one.askSql);
      const http = await milliseconds(one.askHttp);
      if (sample < 0) continue;
      one.sql.push(sql);
      one.http.push(http);
    }
  }
  return measured.map(({ runs, sql, http }) => ({
    name: page.name,
    label: page.label,
    runs,
    sql: timingOf(sql),
    http: timingOf(http),
  }));
}

/** @param {readonly number[]} values */
function timingOf(values) {
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95) };
}

async function milliseconds(/** @type {() => Promise<unknown>} */ work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function countsAreExact(/** @type {Sized} */ { api, client }) {
  const { types } = await api.get('/summary');
  const { rows } = await client.query(
    `select type, case status when 'queued' then 'Queued' when 'running' then 'Running' else
       case outcome when 'succeeded' then 'Succeeded' when 'partially_succeeded' then 'Partially succeeded'
         when 'failed' then 'Failed' else 'Cancelled' end end as bucket, count(*)::int as runs
     from operation_runs where tenant_id = $1 group by 1, 2`,
    [api.base.split('/').at(-2)],
  );
  const counted = new Map(rows.map((row) => [`${row.type}/${row.bucket}`, row.runs]));
  let told = 0;
  for (const { type, buckets } of types) {
    for (const [bucket, runs] of Object.entries(buckets)) {
      if (runs === 0) continue;
      told += 1;
      if (counted.get(`${type}/${bucket}`) !== runs) return false;
    }
  }
  return told === counted.size;
}
