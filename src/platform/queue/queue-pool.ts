import pg from 'pg';
import { refuseStandby } from '../database/refuse-standby.js';
import { sessionAt } from '../database/session-settings.js';
import { withDeadline } from './with-deadline.js';

/** One connection per listened queue stays in LISTEN; the rest serves enqueues and fetches. */
const POOL_SIZE = 12;
const END_DEADLINE_MS = 3_000;
/**
 * Jobs are removed when they are done, so that their tables are mostly known to be empty. A plan made for that reads all of
 * a later backlog for each of its jobs: so there are index reads only.
 */
const SETTINGS = { search_path: 'bullmq,public', enable_seqscan: 'off' };

export interface QueuePool {
  pool: pg.Pool;
  /** Ends it within seconds: connections whose statement a stuck server keeps are cut, or the pool would wait for them. */
  end: () => Promise<void>;
}

/** The connections that BullMQ has to PostgreSQL. */
export function openQueuePool(url: string): QueuePool {
  const pool = new pg.Pool({
    ...sessionAt(url, SETTINGS),
    max: POOL_SIZE,
    keepAlive: true,
    verify: refuseStandby,
    application_name: 'tenantatlas-queue',
  });
  const clients = new Set<pg.PoolClient>();
  pool.on('error', () => undefined); // a dropped idle connection is replaced at the next use
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  return {
    pool,
    end: () =>
      withDeadline(pool.end(), END_DEADLINE_MS).catch(() => {
        for (const client of clients) client.connection.stream.destroy();
      }),
  };
}
