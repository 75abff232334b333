import { createPostgresBackend, createRedisBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { POOL_SIZE, QUEUE, timed } from './system.mjs';

/** What the product asks of BullMQ too: nothing is kept, nothing is repeated. */
export const JOB_OPTIONS = Object.freeze({ attempts: 1, removeOnComplete: true, removeOnFail: true });

/**
 * A queue on the place that is given, Redis before PostgreSQL.
 * @param {import('./system.mjs').Places} places
 */
export async function openQueue({ databaseUrl, redisUrl }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE, options: '-c search_path=bullmq,public' });
  const redis = redisUrl === undefined ? undefined : new Redis(redisUrl, { maxRetriesPerRequest: null });
  if (!redis) {
    const client = await pool.connect();
    await runMigrations(client, 'bullmq');
    client.release();
  }
  // Two backends, one shape; their declared types differ.
  const connection = /** @type {any} */ (redis ?? pool);
  const factory = /** @type {any} */ (redis ? createRedisBackend : createPostgresBackend);
  const queue = new Queue(QUEUE, { connection }, factory);
  await queue.waitUntilReady();
  return {
    pool,
    queue,
    /** @param {number} concurrency */
    worker: (concurrency) =>
      new Worker(QUEUE, () => Promise.resolve(), { connection, concurrency, autorun: false }, factory),
    reset: async () => {
      if (redis) await redis.flushdb();
      else await queue.obliterate({ force: true });
    },
  };
}

/**
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open(places) {
  const { queue, worker: newWorker, reset } = await openQueue(places);
  /** @param {number} number */
  const job = (number) => ({ name: 'run', data: { runId: String(number), seq: 1 }, opts: { ...JOB_OPTIONS } });
  return {
    reset,
    start: (number) => queue.add('run', job(number).data, { ...JOB_OPTIONS, jobId: `start-${number}` }),
    collide: async (number) => {
      const added = await queue.add('run', job(number).data, { ...JOB_OPTIONS, jobId: `hot-${number}` });
      return added.id ?? null;
    },
    preload: async (count) => {
      for (let from = 0; from < count; from += 500) {
        await queue.addBulk(Array.from({ length: Math.min(500, count - from) }, (_, number) => job(from + number)));
      }
    },
    drains: {
      single: async (count, inFlight) => {
        const worker = newWorker(inFlight);
        await worker.waitUntilReady();
        let completed = 0;
        const all = new Promise((resolve) => {
          worker.on('completed', () => {
            completed += 1;
            if (completed === count) resolve(undefined);
          });
        });
        const seconds = await timed(async () => {
          void worker.run();
          await all;
        });
        await worker.close();
        return seconds;
      },
    },
    waiting: async () => (await queue.getWaitingCount()) + (await queue.getActiveCount()),
  };
}
