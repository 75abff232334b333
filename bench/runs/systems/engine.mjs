import { Redis } from 'ioredis';
import pg from 'pg';
import { claimAll, makeMembers, openEngine, removeRuns } from '../engine/engine.mjs';
import { migrateUp } from '../engine/modules.mjs';
import { inLanes } from '../throughput/closed-loop.mjs';
import { BATCH, timed } from './system.mjs';

/** As many as the lists are measured with. */
const TENANTS = 50;
const PRELOAD_LANES = 64;

/** The engine has no batches of its own: it merges what comes at once, so a lane's batch is a share of a hundred. */
const batchOf = (/** @type {number} */ inFlight) => Math.ceil(BATCH / inFlight);

/**
 * The product's engine. `from` says where the measured finishing begins: with the doorbell, as a worker does; with the
 * claim, to show what the doorbell costs; with the completion of runs that were claimed before.
 * @param {import('./system.mjs').Places} places
 * @param {{ from: 'doorbell' | 'claims' | 'finishes' }} options
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open({ databaseUrl, redisUrl }, { from }) {
  await migrateUp(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const redis = redisUrl === undefined ? undefined : new Redis(redisUrl);
  const members = await makeMembers(pool, TENANTS);
  const engine = await openEngine({ worker: false });
  /** @param {string} name @param {number} number */
  const start = (name, number) =>
    engine.start(/** @type {import('../engine/engine.mjs').Member} */ (members[number % TENANTS]), {
      subject: `${name}-${number}`,
      workMs: 0,
    });

  /** The rings that are left when the last run has ended are no part of it: they find nothing, after that. */
  const drainByDoorbell = async (/** @type {number} */ count, /** @type {number} */ inFlight) => {
    const consumer = await openEngine({ worker: false });
    let worked = 0;
    return timed(
      () =>
        new Promise((resolve, reject) => {
          const onWorked = () => {
            worked += 1;
            if (worked === count) resolve();
          };
          consumer.listen(inFlight, onWorked).catch(reject);
        }),
    ).finally(() => consumer.close());
  };

  /** @param {(inFlight: number) => number} lanesOf */
  const drainRows = (lanesOf) => (/** @type {number} */ _count, /** @type {number} */ inFlight) =>
    timed(() => engine.workAll(lanesOf(inFlight)));

  const drainClaimed = async (/** @type {number} */ count, /** @type {number} */ inFlight) => {
    const claimed = await claimAll(pool);
    if (claimed.length !== count) throw new Error(`${claimed.length} of ${count} runs could be claimed.`);
    return timed(() =>
      inLanes(claimed, { inFlight, batch: batchOf(inFlight) }, async (leases) => {
        await Promise.all(leases.map((lease) => engine.complete(lease)));
      }),
    );
  };

  return {
    reset: async () => {
      await removeRuns(pool);
      await redis?.flushdb();
    },
    start: (number) => start('start', number),
    collide: async (number) => (await start('hot', number)).id,
    preload: async (count) => {
      const numbers = Array.from({ length: count }, (_, number) => number);
      await inLanes(numbers, { inFlight: PRELOAD_LANES, batch: 1 }, async (taken) => {
        for (const number of taken) await start('work', number);
      });
    },
    drains: {
      doorbell: { single: drainByDoorbell },
      claims: {
        single: drainRows((inFlight) => inFlight),
        batched: drainRows((inFlight) => inFlight * batchOf(inFlight)),
      },
      finishes: { batched: drainClaimed },
    }[from],
    waiting: async () => {
      const { rows } = await pool.query(
        `select count(*)::int as runs from operation_runs where status in ('queued', 'running')`,
      );
      return rows[0].runs;
    },
  };
}
