import { EventEmitter, once } from 'node:events';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { POOL_SIZE, timed } from './system.mjs';

const TASK = 'noop';
const QUIET = new Logger(() => () => undefined);

/** Its own documentation's settings for high throughput: performance, "Batching". */
const BATCHED = { localQueue: { size: 500 }, completeJobBatchDelay: 0 };

/**
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open({ databaseUrl }) {
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  const utils = await makeWorkerUtils({ pgPool, logger: QUIET });
  await utils.migrate();
  const waiting = async () => {
    const { rows } = await pgPool.query('select count(*)::int as jobs from graphile_worker._private_jobs');
    return rows[0].jobs;
  };

  /** @param {object} worker */
  const drain = (worker) => async (/** @type {number} */ count, /** @type {number} */ inFlight) => {
    const drained = new EventEmitter();
    let worked = 0;
    const events = new EventEmitter();
    // Told after the job's row is gone; with batched completion the row goes a moment later.
    events.on('job:complete', () => {
      worked += 1;
      if (worked === count) drained.emit('all');
    });
    const created = once(events, 'worker:create');
    const running = run({
      pgPool,
      events,
      logger: QUIET,
      noHandleSignals: true,
      taskList: { [TASK]: () => undefined },
      preset: { worker: { concurrentJobs: inFlight, maxPoolSize: POOL_SIZE, ...worker } },
    });
    await created; // its start is not the work
    const seconds = await timed(async () => {
      if (worked < count) await once(drained, 'all');
      while ((await waiting()) > 0);
    });
    await (await running).stop();
    return seconds;
  };

  return {
    reset: async () => {
      await pgPool.query('truncate graphile_worker._private_jobs');
    },
    start: (number) => utils.addJob(TASK, { number }),
    collide: async (number) => (await utils.addJob(TASK, { number }, { jobKey: String(number) })).id,
    preload: async (count) => {
      await utils.addJobs(Array.from({ length: count }, (_, number) => ({ identifier: TASK, payload: { number } })));
    },
    drains: { single: drain({}), batched: drain(BATCHED) },
    waiting,
  };
}
