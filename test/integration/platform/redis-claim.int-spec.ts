import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { RedisClaim, RedisOfAnother, type ClaimTimings } from '../../../src/platform/queue/redis-claim.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Real here: Redis, and two databases on one PostgreSQL, as two installations have them.

const TIMINGS: ClaimTimings = { lastsMs: 60_000, renewMs: 60_000, patienceMs: 1_000 };

describeIfRedis('the claim to a Redis', () => {
  let redis: RedisServer;
  let ours: TestDatabase;
  let theirs: TestDatabase;
  let claims: RedisClaim[] = [];

  beforeAll(async () => {
    redis = await startRedisServer();
    [ours, theirs] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });
  afterEach(async () => {
    for (const claim of claims.splice(0)) await claim.onApplicationShutdown();
    claims = [];
  });
  afterAll(async () => {
    await ours?.close();
    await theirs?.close();
    await redis?.stop();
  });

  async function claimFor(db: TestDatabase, redisUrl = redis.url, timings = TIMINGS): Promise<RedisClaim> {
    const claim = new RedisClaim(testSettings(db.url, { redisUrl }), db.database, timings);
    await claim.onModuleInit();
    claims.push(claim);
    return claim;
  }

  it('is shared by the processes of one installation, and refused to another', async () => {
    await claimFor(ours);
    await claimFor(ours);
    await expect(claimFor(theirs)).rejects.toBeInstanceOf(RedisOfAnother);
    await expect(claimFor(theirs, `${redis.url}/1`)).resolves.toBeDefined();
  });

  it('outlives a process that ends, for the others', async () => {
    const ending = await claimFor(ours);
    await claimFor(ours);
    await ending.onApplicationShutdown();
    await expect(claimFor(theirs)).rejects.toBeInstanceOf(RedisOfAnother);
  });

  it('ends a while after the last process, ended in order or killed', async () => {
    const brief = { ...TIMINGS, renewMs: 200, patienceMs: 1_000 };
    const claim = await claimFor(ours, redis.url, brief);
    await claim.onApplicationShutdown();
    while (!(await claimFor(theirs).catch(() => undefined))); // the test's own time limit ends a wait in vain

    await redis.flush();
    await claimFor(ours, redis.url, { ...TIMINGS, lastsMs: 1 });
    while (!(await claimFor(theirs).catch(() => undefined))); // the test's own time limit ends a wait in vain
  });

  it('does not keep a process from starting while Redis is away', async () => {
    await expect(claimFor(ours, 'redis://127.0.0.1:1')).resolves.toBeDefined();
  });
});
