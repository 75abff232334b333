/**
 * How jobs are finished: `single` takes one, finishes it and takes the next in each lane; `batched` takes and finishes
 * many at a time, as far as the system can.
 * @typedef {'single' | 'batched'} DrainKind
 */

/** How many operations are under way at once in a cell. */
export const IN_FLIGHT = [1, 16, 64];

/** What a lane takes at a time where batching is left to the caller. */
export const BATCH = 100;

/** How many connections to PostgreSQL each system may open; it is the default of all of them. */
export const POOL_SIZE = 10;

/** The name of the one queue of each system. */
export const QUEUE = 'bench';

/**
 * One system under measurement. Jobs are numbered by the caller: the number is the identity.
 * @typedef {object} System
 * @property {() => Promise<void>} reset leaves nothing of earlier cells
 * @property {(number: number) => Promise<unknown>} start makes one job durable, of an identity that is not there yet
 * @property {((number: number) => Promise<string | null>) | undefined} collide starts a job of an identity that may be
 *   active; answers the active one's id, null where the system does not tell it
 * @property {(count: number) => Promise<void>} preload makes `count` jobs, as fast as the system can; not measured
 * @property {Partial<Record<DrainKind, (count: number, inFlight: number) => Promise<number>>>} drains finish all of the
 *   `count` preloaded jobs, none twice; answer the seconds that it took
 * @property {() => Promise<number>} waiting how many jobs are there and not finished
 */

/**
 * Where a system may keep its jobs. Redis is there for systems that ask for it.
 * @typedef {{ databaseUrl: string, redisUrl?: string }} Places
 */

/**
 * @param {() => Promise<void>} work
 * @returns {Promise<number>} seconds
 */
export async function timed(work) {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}
