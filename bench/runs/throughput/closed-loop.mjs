import { quantile } from '../report/statistics.mjs';

/**
 * @typedef {object} LoopResult
 * @property {number} operations
 * @property {number} perSecond
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 */

/**
 * Keeps `inFlight` operations under way for `milliseconds`: each lane begins its next one when the last has answered.
 * @param {{ inFlight: number, milliseconds: number }} load
 * @param {() => Promise<unknown>} operation
 * @returns {Promise<LoopResult>}
 */
export async function closedLoop({ inFlight, milliseconds }, operation) {
  /** @type {number[]} */
  const latencies = [];
  const begin = performance.now();
  const end = begin + milliseconds;
  const lane = async () => {
    for (let now = begin; now < end;) {
      await operation();
      const after = performance.now();
      latencies.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - begin) / 1000;
  return {
    operations: latencies.length,
    perSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

/**
 * Works off `count` things with `inFlight` lanes, `batch` at a time in each.
 * @template T
 * @param {readonly T[]} things
 * @param {{ inFlight: number, batch: number }} load
 * @param {(batch: readonly T[]) => Promise<void>} work
 */
export async function inLanes(things, { inFlight, batch }, work) {
  let next = 0;
  const lane = async () => {
    while (next < things.length) {
      const taken = things.slice(next, next + batch);
      next += taken.length;
      await work(taken);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}
