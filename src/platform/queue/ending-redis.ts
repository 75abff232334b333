import { Redis, type RedisOptions } from 'ioredis';

/**
 * A connection to Redis that ends when it is told to, also between two attempts to reach a server that is gone. ioredis
 * forgets the next attempt then, but neither says `end` nor fails the commands that wait; a worker of BullMQ waits for
 * both when it closes, and keeps its timers until they come.
 */
export class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    // One that has not begun ends at once, with its commands.
    if (!reconnect && this.status === 'reconnecting') this.status = 'wait';
    super.disconnect(reconnect);
  }

  /** BullMQ's workers wait for jobs on a duplicate. */
  override duplicate(override?: Partial<RedisOptions>): EndingRedis {
    return new EndingRedis({ ...this.options, ...override });
  }
}
