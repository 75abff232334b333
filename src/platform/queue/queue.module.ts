import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { PoolMetrics } from '../metrics/pool-metrics.js';
import { BullmqJobScheduler } from './bullmq-job-scheduler.js';
import { BACKEND_FACTORIES, BullmqJobTransport, type TransportBackend } from './bullmq-job-transport.js';
import { BullmqTransportInspector } from './bullmq-transport-inspector.js';
import { EndingRedis } from './ending-redis.js';
import { JobScheduler } from './job-scheduler.js';
import { JobTransport } from './job-transport.js';
import { openQueuePool } from './queue-pool.js';
import { preparingPool, transactionAwarePool } from './transaction-pool.js';
import { TransportInspector } from './transport-inspector.js';
import { postgresPlace, redisPlace } from './transport-place.js';

function onPostgres(settings: Settings): TransportBackend {
  const { pool, end } = openQueuePool(settings.databaseUrl);
  return {
    transactional: true,
    producer: transactionAwarePool(pool),
    consumer: preparingPool(pool),
    factory: BACKEND_FACTORIES.postgres,
    place: postgresPlace(pool),
    pool,
    dispose: end,
  };
}

function onRedis(url: string): TransportBackend {
  // Producers fail fast so that a person is not left waiting; workers wait for Redis to come back.
  const producer = new EndingRedis(url, { maxRetriesPerRequest: 1, commandTimeout: 2_000, lazyConnect: true });
  const consumer = new EndingRedis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  for (const connection of [producer, consumer]) connection.on('error', () => undefined);
  return {
    transactional: false,
    producer,
    consumer,
    factory: BACKEND_FACTORIES.redis,
    place: redisPlace(producer),
    dispose: () => {
      producer.disconnect();
      consumer.disconnect();
      return Promise.resolve();
    },
  };
}

const BACKEND = Symbol('transport backend');

/** Chooses where jobs wait: Redis when `REDIS_URL` is set, else PostgreSQL. Nothing else knows. */
@Global()
@Module({
  providers: [
    {
      provide: BACKEND,
      inject: [SETTINGS, PoolMetrics],
      useFactory: (settings: Settings, pools: PoolMetrics): TransportBackend => {
        const backend = settings.redisUrl === undefined ? onPostgres(settings) : onRedis(settings.redisUrl);
        const { pool } = backend;
        if (pool) pools.watch('queue', () => pool);
        return backend;
      },
    },
    {
      provide: JobTransport,
      inject: [BACKEND],
      useFactory: (backend: TransportBackend): JobTransport => new BullmqJobTransport(backend),
    },
    {
      provide: JobScheduler,
      inject: [BACKEND],
      useFactory: (backend: TransportBackend): JobScheduler => new BullmqJobScheduler(backend),
    },
    {
      provide: TransportInspector,
      inject: [BACKEND],
      useFactory: (backend: TransportBackend): TransportInspector => new BullmqTransportInspector(backend),
    },
  ],
  exports: [JobTransport, JobScheduler, TransportInspector],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(
    @Inject(JobTransport) private readonly transport: JobTransport,
    @Inject(JobScheduler) private readonly scheduler: JobScheduler,
    @Inject(TransportInspector) private readonly inspector: TransportInspector,
  ) {}

  /** The transport goes last: it lets go of the connections that all of them use. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.scheduler.close(), this.inspector.close()]);
    await this.transport.close();
  }
}
