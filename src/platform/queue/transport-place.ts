import type { Redis } from 'ioredis';
import type { Pool } from 'pg';

/** What BullMQ's own interface does not tell about the place where jobs wait. */
export interface TransportPlace {
  readonly name: 'PostgreSQL' | 'Redis';
  ping(): Promise<void>;
  /** Queues with a job that waits or is worked. */
  queues(): Promise<string[]>;
  /** Ids of jobs that are being worked although their worker's lock has run out. */
  unlocked(queue: string): Promise<string[]>;
}

/** BullMQ's prefix of every key. */
const PREFIX = 'bull:';
/** Keys that one step of a scan looks at. */
const SCANNED = 1_000;

/** The tables of BullMQ's schema, through a pool whose search path leads there. */
export function postgresPlace(pool: Pool): TransportPlace {
  return {
    name: 'PostgreSQL',
    ping: async () => void (await pool.query('SELECT 1')),
    queues: async () => {
      const { rows } = await pool.query<{ queue: string }>(
        `SELECT DISTINCT queue FROM job WHERE state IN ('waiting', 'active') ORDER BY queue`,
      );
      return rows.map(({ queue }) => queue);
    },
    unlocked: async (queue) => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM job WHERE queue = $1 AND state = 'active'
           AND (locked_until_ms IS NULL OR locked_until_ms < extract(epoch FROM now()) * 1000)
         ORDER BY seq`,
        [queue],
      );
      return rows.map(({ id }) => id);
    },
  };
}

/** The keys of BullMQ: the lists `wait` and `active` of each queue, and a lock beside each job that is worked. */
export function redisPlace(redis: Redis): TransportPlace {
  return {
    name: 'Redis',
    ping: async () => void (await redis.ping()),
    queues: async () => {
      const queues = new Set<string>();
      let cursor = '0';
      do {
        const [next, keys] = await redis.scan(cursor, 'MATCH', `${PREFIX}*`, 'COUNT', SCANNED, 'TYPE', 'list');
        cursor = next;
        for (const key of keys) {
          const [, queue] = /^bull:(.+):(?:wait|active)$/.exec(key) ?? [];
          if (queue !== undefined) queues.add(queue);
        }
      } while (cursor !== '0');
      return [...queues].sort();
    },
    unlocked: async (queue) => {
      const ids = await redis.lrange(`${PREFIX}${queue}:active`, 0, -1);
      const locked = await Promise.all(ids.map((id) => redis.exists(`${PREFIX}${queue}:${id}:lock`)));
      return ids.filter((_, at) => locked[at] === 0);
    },
  };
}
