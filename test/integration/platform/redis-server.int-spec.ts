import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { startRedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';

describeIfRedis('a Redis for one test', () => {
  it('serves, ends as a crash would, and comes back empty on the same port', async () => {
    const first = await startRedisServer();
    const client = new Redis(first.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined); // it is to be lost
    await client.connect();
    await client.set('kept', 'no');
    await first.kill();
    await expect(client.get('kept')).rejects.toThrow();

    const second = await startRedisServer(first.port);
    await client.connect();
    expect(await client.get('kept')).toBeNull();
    client.disconnect();
    await second.stop();
  });
});
