import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HousekeepingLoop } from '../../../src/modules/operations/recovery/housekeeping-loop.js';
import { RingRemoval } from '../../../src/modules/operations/recovery/ring-removal.js';
import type { TenantHousekeeping } from '../../../src/modules/operations/recovery/tenant-housekeeping.js';
import { RunTimings } from '../../../src/modules/operations/run-timings.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { eventually } from '../../support/eventually.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { faultsIn, type TransportFaults } from '../ops/transport-faults.js';
import { ProbeRun } from './engine.js';
import { StartedEngine } from './started-engine.js';

function removesAbandonedRings(startTransport: () => Promise<RedisServer | undefined>): void {
  let redis: RedisServer | undefined;
  let engine: StartedEngine;
  let faults: TransportFaults;

  beforeAll(async () => {
    redis = await startTransport();
    engine = await StartedEngine.on(redis === undefined ? {} : { redisUrl: redis.url }, { worker: false });
    faults = faultsIn(engine);
  });
  afterAll(async () => {
    await faults?.close();
    await engine?.close();
    await redis?.stop();
  });

  it('removes the rings that a worker died with, whatever else cannot be tidied, and leaves those that wait', async () => {
    await engine.start();
    await engine.start();
    const ring = await faults.dieWithARing(ProbeRun.queue);
    expect(await faults.taken(ProbeRun.queue)).toEqual([ring]);
    const broken = { tidy: () => Promise.reject(new Error('broken')) } as unknown as TenantHousekeeping;
    const rings = engine.context.get(RingRemoval, { strict: false });
    const often = { ...engine.context.get(RunTimings, { strict: false }), housekeeping: 0.05 };
    const loop = new HousekeepingLoop(broken, rings, often);
    loop.onApplicationBootstrap();
    await eventually(async () => (await faults.taken(ProbeRun.queue)).length === 0 || undefined);
    await loop.beforeApplicationShutdown();
    expect(await engine.context.get(JobTransport, { strict: false }).waiting(ProbeRun.queue)).toBe(1);
  });
}

describe('the housekeeping of a worker, on PostgreSQL,', () => removesAbandonedRings(() => Promise.resolve(undefined)));
describeIfRedis('the housekeeping of a worker, on Redis,', () => removesAbandonedRings(() => startRedisServer()));
