import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { freePort } from './free-port.mjs';

/**
 * When Redis writes its append-only file through to the disk. `everysec` is what a BullMQ installation runs and may
 * lose a second of jobs; `always` is the durability of a PostgreSQL commit.
 * @typedef {'everysec' | 'always'} Fsync
 */

/**
 * @typedef {object} RedisServer
 * @property {string} url
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a Redis of its own that keeps its data in `directory`.
 * @param {string} directory
 * @param {Fsync} fsync
 * @returns {Promise<RedisServer>}
 */
export async function startRedis(directory, fsync) {
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: directory,
    save: '',
    appendonly: 'yes',
    appendfsync: fsync,
    'maxmemory-policy': 'noeviction',
  };
  const child = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  let words = '';
  await new Promise((resolve, reject) => {
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      words += chunk.toString();
      if (words.includes('Ready to accept connections')) resolve(undefined);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', () => reject(new Error('redis-server is not installed.')));
    child.once('exit', () => reject(new Error(`redis-server did not start.\n${words}`)));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
