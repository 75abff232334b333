import { setTimeout as sleep } from 'node:timers/promises';
import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk';
import pg from 'pg';
import { inLanes } from '../throughput/closed-loop.mjs';
import { POOL_SIZE, QUEUE, timed } from './system.mjs';

const APPLICATION = 'bench';
const WORKFLOW = 'noop';
/** Nobody listens to it, so that what is started there waits. */
const PARKED = 'parked';
/** What waits in the queue is found this often; the default is a second. */
const POLL_MS = 10;

/**
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open({ databaseUrl }) {
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
    listenQueues: [QUEUE],
  });
  await DBOS.launch();
  await DBOS.registerQueue(QUEUE, { minPollingIntervalMs: POLL_MS });
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
      // The number in flight is its own affair: with a limit it takes no more than that once a poll, and is far slower.
      single: async (count) => {
        worked = 0;
        await pool.query('update dbos.workflow_status set queue_name = $1', [QUEUE]);
        return timed(async () => {
          while (worked < count) await sleep(1);
          while ((await waiting()) > 0);
        });
      },
    },
    waiting,
  };
}
