import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { SETTINGS, type Settings } from '../../config/settings.js';
import { Database } from '../../database/database.js';
import { QUEUE_SCHEMA } from '../../database/migration-runner.js';
import { Readiness } from './readiness.js';

/** Shorter than the deadline of a check, so that no answer comes after it. */
const PATIENCE_MS = 800;

/** The place where jobs wait can be reached: Redis where `REDIS_URL` is set, else the queue's schema in PostgreSQL. */
@Injectable()
export class TransportCheck implements OnModuleInit, OnApplicationShutdown {
  /** A connection of its own: those of the queues wait for Redis to come back, and a probe must not. */
  private redis: Redis | undefined;

  constructor(
    private readonly readiness: Readiness,
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    const { redisUrl } = this.settings;
    this.readiness.add('transport', redisUrl === undefined ? () => this.schemaThere() : () => this.pinged(redisUrl));
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private async schemaThere(): Promise<void> {
    const found = await this.database.query('SELECT FROM pg_namespace WHERE nspname = $1', [QUEUE_SCHEMA]);
    if (found.length === 0) throw new Error('The queue has no schema.');
  }

  private async pinged(url: string): Promise<void> {
    this.redis ??= connectionTo(url);
    await this.redis.ping();
  }
}

function connectionTo(url: string): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    retryStrategy: () => PATIENCE_MS,
  });
  redis.on('error', () => undefined); // the ping that fails tells
  return redis;
}
