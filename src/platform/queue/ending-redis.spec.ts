import { describe, expect, it } from '@jest/globals';
import { EndingRedis } from './ending-redis.js';

/** Nobody listens there, so that every attempt to connect is refused. */
const NOBODY = { host: '127.0.0.1', port: 1, maxRetriesPerRequest: null, retryStrategy: () => 60_000 };

const tells = (redis: EndingRedis, event: 'reconnecting' | 'end'): Promise<void> =>
  new Promise((resolve) => redis.once(event, () => resolve()));

describe('a connection to a Redis that is gone', () => {
  it.each([
    ['ends', () => new EndingRedis(NOBODY)],
    ['ends as a duplicate', () => new EndingRedis({ ...NOBODY, lazyConnect: true }).duplicate({ lazyConnect: false })],
  ])('%s when it is told to between two attempts, and fails what waits', async (_, open) => {
    const redis = open();
    redis.on('error', () => undefined); // the refusals
    await tells(redis, 'reconnecting');
    const waiting = expect(redis.ping()).rejects.toThrow('Connection is closed.');
    const ended = tells(redis, 'end');
    redis.disconnect();
    await ended;
    await waiting;
    expect(redis.status).toBe('end');
  });
});
