import { setTimeout as sleep } from 'node:timers/promises';
import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk';
import pg from 'pg';
import { inLanes } from '../throughput/closed-loop.mjs';
import { IN_FLIGHT, POOL_SIZE, QUEUE, timed } from './system.mjs';

const APPLICATION = 'bench';
const WORKFLOW = 'noop';
/** Nobody listens to it, so that what is started there waits. */
const PARKED = 'parked';
/** What waits in a queue is found this often, in milliseconds; the default is a second. */
const POLL_MS = { free: 10, held: 1 };

/**
 * DBOS takes what waits once a poll. `held` gives its queue the limit of as many in flight as are asked for, which is what
 * every other system has there; without it, all of a batch is in flight, however many that are.
 * @param {import('./system.mjs').Places} places
 * @param {{ held?: boolean }} [options]
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open({ databaseUrl }, { held = false } = {}) {
  const queueOf = (/** @type {number} */ inFlight) => (held ? `${QUEUE}-${inFlight}` : QUEUE);
  let worked = 0;
  DBOS.registerWorkflow(
    () => {
      worked += 1;
      return Promise.resolve();
    },
    { name: WORKFLOW },
  );
  DBOS.setConfig({
    name: APPLICATION,
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: POOL_SIZE,
    logLevel: 'error',
    listenQueues: [...new Set(IN_FLIGHT.map(queueOf))],
  });
  await DBOS.launch();
  for (const inFlight of IN_FLIGHT) {
    await DBOS.registerQueue(
      queueOf(inFlight),
      held
        ? { minPollingIntervalMs: POLL_MS.held, workerConcurrency: inFlight }
        : { minPollingIntervalMs: POLL_MS.free },
    );
  }
  await DBOS.registerQueue(PARKED);
  const client = await DBOSClient.create({
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: POOL_SIZE,
    applicationName: APPLICATION,
  });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const waiting = async () => {
    const { rows } = await pool.query(
      "select count(*)::int as jobs from dbos.workflow_status where status <> 'SUCCESS'",
    );
    return rows[0].jobs;
  };
  const parked = { queueName: PARKED, workflowName: WORKFLOW };

  return {
    reset: async () => {
      await pool.query('truncate dbos.workflow_status cascade');
    },
    start: (number) => client.enqueue({ ...parked, workflowID: `start-${number}` }),
    collide: async (number) => {
      const handle = await client.enqueue({
        ...parked,
        deduplicationID: String(number),
        duplicationPolicy: 'return-existing',
      });
      return handle.workflowID;
    },
    preload: (count) =>
      inLanes(Array.from({ length: count }), { inFlight: POOL_SIZE, batch: 1 }, async () => {
        await client.enqueue(parked);
      }),
    drains: {
      single: async (count, inFlight) => {
        worked = 0;
        await pool.query('update dbos.workflow_status set queue_name = $1', [queueOf(inFlight)]);
        return timed(async () => {
          while (worked < count) await sleep(1);
          while ((await waiting()) > 0);
        });
      },
    },
    waiting,
  };
}
