import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';

/**
 * @typedef {object} Servers
 * @property {import('./postgres.mjs').PostgresServer} postgres one for every system
 * @property {(name: string, fsync: import('./redis.mjs').Fsync) => Promise<import('./redis.mjs').RedisServer>} startRedis
 *   another one, stopped with the rest
 * @property {() => Promise<void>} stop ends all of them; their data goes when this process ends
 */

/**
 * Starts the PostgreSQL of this measurement in a folder of its own; Redis is started where a cell needs one.
 * @returns {Promise<Servers>}
 */
export async function startServers() {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tenantatlas-bench-'));
  await chmod(directory, 0o711); // PostgreSQL's account must reach its data below this folder
  // Whatever ends this process, gigabytes do not stay behind.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const postgres = await startPostgres(directory);
    stops.push(() => postgres.stop());
    return {
      postgres,
      startRedis: async (name, fsync) => {
        const redis = await startRedis(path.join(directory, name), fsync);
        stops.push(() => redis.stop());
        return redis;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
