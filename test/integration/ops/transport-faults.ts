import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { BACKEND_FACTORIES } from '../../../src/platform/queue/bullmq-job-transport.js';
import { eventually } from '../../support/eventually.js';
import type { StartedEngine } from '../operations/started-engine.js';

/** What happens to a transport behind the engine's back, done for real. */
export interface TransportFaults {
  /** Every ring is gone, as after a flush or a restore. */
  forget(): Promise<void>;
  /** A worker takes the oldest ring of the queue and dies with it; its lock runs out. Answers the ring's id. */
  dieWithARing(queue: string): Promise<string>;
  /** A worker listens to the queue, to which no other does, and takes nothing. Answers its end, which everybody sees. */
  listenInVain(queue: string): Promise<() => Promise<void>>;
  /** Ids of the rings that somebody has taken. */
  taken(queue: string): Promise<string[]>;
  close(): Promise<void>;
}

export function faultsIn(engine: StartedEngine): TransportFaults {
  const { redisUrl } = engine.settings;
  return redisUrl === undefined ? onPostgres(engine) : onRedis(redisUrl);
}

function onPostgres({ db }: StartedEngine): TransportFaults {
  const pool = new pg.Pool({ connectionString: db.url, max: 4, options: '-c search_path=bullmq,public' });
  pool.on('error', () => undefined); // the database is dropped at the end
  const expire = (queue: string, id: string): Promise<unknown> =>
    pool.query('UPDATE job SET locked_until_ms = 1 WHERE queue = $1 AND id = $2', [queue, id]);
  return {
    ...taking(pool, BACKEND_FACTORIES.postgres, expire),
    forget: async () => void (await pool.query('DELETE FROM job')),
    close: () => pool.end(),
  };
}

function onRedis(url: string): TransportFaults {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  const expire = (queue: string, id: string): Promise<unknown> => redis.del(`bull:${queue}:${id}:lock`);
  return {
    ...taking(redis, BACKEND_FACTORIES.redis, expire),
    forget: async () => void (await redis.flushall()),
    close: async () => redis.disconnect(),
  };
}

function taking(
  connection: unknown,
  factory: (typeof BACKEND_FACTORIES)['postgres'],
  expire: (queue: string, id: string) => Promise<unknown>,
): Pick<TransportFaults, 'dieWithARing' | 'listenInVain' | 'taken'> {
  const options = { connection: connection as never };
  const idle = { ...options, autorun: false, skipStalledCheck: true };
  return {
    dieWithARing: async (queue) => {
      const worker = new Worker(queue, null, idle, factory as never);
      const job = await worker.getNextJob('token of the dead', { block: false });
      if (job?.id === undefined) throw new Error('There was no ring to take.');
      await expire(queue, job.id);
      await worker.close(true);
      return job.id;
    },
    listenInVain: async (queue) => {
      const worker = new Worker(queue, null, idle, factory as never);
      await worker.waitUntilReady();
      return async () => {
        await worker.close(true);
        // Its connection ends a moment later.
        const jobs = new Queue(queue, options, factory as never);
        await eventually(async () => (await jobs.getWorkersCount()) === 0 || undefined);
        await jobs.close();
      };
    },
    taken: async (queue) => {
      const jobs = new Queue(queue, options, factory as never);
      const taken = await jobs.getActive();
      await jobs.close();
      return taken.flatMap(({ id }) => id ?? []);
    },
  };
}
