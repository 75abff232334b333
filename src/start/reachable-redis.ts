import { Redis } from 'ioredis';
import { StartError, wordsOf } from './start-error.js';

const PATIENCE_MS = 5_000;

/**
 * Asks the Redis of `REDIS_URL` for an answer, so that a wrong address or password is one sentence before anything that
 * needs the queues is started. Throws {@link StartError}, which shows nothing of the URL but host and port.
 */
export async function requireRedis(url: string): Promise<void> {
  let cause: unknown;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', (error) => (cause = error)); // what `connect` throws is only that the connection is closed
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new StartError(
      `The Redis of REDIS_URL does not answer (${wordsOf(cause ?? error)}); start it, or leave REDIS_URL out to keep the queues in PostgreSQL.`,
      { cause: error },
    );
  } finally {
    redis.disconnect();
  }
}
