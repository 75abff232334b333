import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { ROOT } from '../engine/environment.mjs';
import { POSTGRES_SETTINGS } from '../servers/postgres.mjs';
import { POOL_SIZE } from '../systems/system.mjs';
import { quantile } from './statistics.mjs';

const PEERS = ['pg-boss', 'graphile-worker', '@dbos-inc/dbos-sdk', 'bullmq'];
const COMMITS = 200;

/**
 * What the numbers depend on, one sentence each.
 * @param {import('../servers/servers.mjs').Servers} servers
 * @returns {Promise<string[]>}
 */
export async function factsOf(servers) {
  const client = new pg.Client({ connectionString: servers.postgres.superuserUrl('postgres') });
  await client.connect();
  const { rows } = await client.query('show server_version');
  const commit = await commitMilliseconds(client);
  await client.end();
  const cores = os.cpus();
  const { stdout } = await promisify(execFile)('redis-server', ['--version']);
  const settings = Object.entries(POSTGRES_SETTINGS).map(([name, value]) => `${name} ${value}`);
  return [
    `Machine: ${cores.length} cores (${cores[0]?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()}; servers and systems share it.`,
    `Node.js ${process.versions.node}.`,
    `PostgreSQL ${rows[0].server_version}, one server for every system, each in a database of its own: ${settings.join(', ')}. One small durable commit: ${commit.toFixed(2)} ms (median of ${COMMITS}).`,
    `Redis ${/v=([\d.]+)/.exec(stdout)?.[1]}, appendonly yes, appendfsync everysec unless the row says always: everysec may lose a second of jobs and is weaker than a commit in PostgreSQL.`,
    `Peers: ${(await Promise.all(PEERS.map(nameAndVersion))).join(', ')}; at most ${POOL_SIZE} connections per pool, the default of all of them.`,
  ];
}

async function commitMilliseconds(/** @type {pg.Client} */ client) {
  await client.query('create table commits (n int)');
  const times = [];
  for (let n = 0; n < COMMITS; n += 1) {
    const begin = performance.now();
    await client.query('insert into commits values ($1)', [n]);
    times.push(performance.now() - begin);
  }
  await client.query('drop table commits');
  return quantile(times, 0.5);
}

/** Of the package as the systems load it: from here, or, for what the product has too, from there. */
async function nameAndVersion(/** @type {string} */ name) {
  const folders = createRequire(`${ROOT}bench/package.json`).resolve.paths(name) ?? [];
  for (const folder of folders) {
    const text = await readFile(path.join(folder, name, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return `${name} ${JSON.parse(text).version}`;
  }
  return `${name} (not installed)`;
}
