import PgBoss from 'pg-boss';
import { inLanes } from '../throughput/closed-loop.mjs';
import { BATCH, POOL_SIZE, QUEUE, timed } from './system.mjs';

/** Sends under the `short` policy keep one waiting job of a singleton key. */
const HOT_QUEUE = 'hot';

/**
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open({ databaseUrl }) {
  const boss = new PgBoss({ connectionString: databaseUrl, max: POOL_SIZE, supervise: false, schedule: false });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue(QUEUE);
  await boss.createQueue(HOT_QUEUE, { name: HOT_QUEUE, policy: 'short' });
  const size = async () =>
    (await boss.getQueueSize(QUEUE, { before: 'completed' })) + (await boss.getQueueSize(HOT_QUEUE));

  /** @param {number} batchSize */
  const drain = (batchSize) => (/** @type {number} */ count, /** @type {number} */ inFlight) =>
    timed(() =>
      inLanes(Array.from({ length: count }), { inFlight, batch: batchSize }, async () => {
        const jobs = await boss.fetch(QUEUE, { batchSize });
        await boss.complete(
          QUEUE,
          jobs.map((job) => job.id),
        );
      }),
    );

  return {
    reset: () => boss.clearStorage(),
    start: (number) => boss.send(QUEUE, { number }),
    collide: (number) => boss.send(HOT_QUEUE, { number }, { singletonKey: String(number) }),
    preload: (count) => boss.insert(Array.from({ length: count }, (_, number) => ({ name: QUEUE, data: { number } }))),
    drains: { single: drain(1), batched: drain(BATCH) },
    waiting: size,
  };
}
