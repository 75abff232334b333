import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import pg from 'pg';
import { SETTINGS, type Settings } from '../config/settings.js';
import { BACKEND_FACTORIES, BullmqJobTransport, type TransportBackend } from './bullmq-job-transport.js';
import { JobTransport } from './job-transport.js';
import { transactionAwarePool } from './transaction-pool.js';

/** One connection per listened queue stays in LISTEN; the rest serves enqueues and fetches. */
const POOL_SIZE = 12;

function onPostgres(settings: Settings): TransportBackend {
  const pool = new pg.Pool({
    connectionString: settings.databaseUrl,
    max: POOL_SIZE,
    keepAlive: true,
    options: '-c search_path=bullmq,public',
    application_name: 'tenantatlas-queue',
  });
  pool.on('error', () => undefined); // a dropped idle connection is replaced at the next use
  return {
    transactional: true,
    producer: transactionAwarePool(pool),
    consumer: pool,
    factory: BACKEND_FACTORIES.postgres,
    dispose: () => pool.end(),
  };
}

function onRedis(url: string): TransportBackend {
  // Producers fail fast so that a person is not left waiting; workers wait for Redis to come back.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 2_000, lazyConnect: true });
  const consumer = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  for (const connection of [producer, consumer]) connection.on('error', () => undefined);
  return {
    transactional: false,
    producer,
    consumer,
    factory: BACKEND_FACTORIES.redis,
    dispose: () => {
      producer.disconnect();
      consumer.disconnect();
      return Promise.resolve();
    },
  };
}

/** Chooses where jobs wait: Redis when `REDIS_URL` is set, else PostgreSQL. Nothing else knows. */
@Global()
@Module({
  providers: [
    {
      provide: JobTransport,
      inject: [SETTINGS],
      useFactory: (settings: Settings): JobTransport =>
        new BullmqJobTransport(settings.redisUrl === undefined ? onPostgres(settings) : onRedis(settings.redisUrl)),
    },
  ],
  exports: [JobTransport],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(@Inject(JobTransport) private readonly transport: JobTransport) {}

  async onApplicationShutdown(): Promise<void> {
    await this.transport.close();
  }
}
