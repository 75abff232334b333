import { Inject, Injectable, Logger, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Database } from '../database/database.js';
import { UnfitSurroundings } from '../errors/unfit-surroundings.js';
import { EndingRedis } from './ending-redis.js';

/** Milliseconds. */
export interface ClaimTimings {
  /** How long a claim outlives the process that made it. */
  lastsMs: number;
  /** Between two renewals. */
  renewMs: number;
  /** For an answer of Redis. */
  patienceMs: number;
}

export const CLAIM_TIMINGS = Symbol('claim timings');

const TIMINGS: ClaimTimings = { lastsMs: 60_000, renewMs: 20_000, patienceMs: 2_000 };

/** Begins as BullMQ's keys do, because a user of Redis may be allowed no others. */
const KEY = 'bull:installation';

/** Two installations name their queues and number their runs alike, and would take each other's rings. */
export class RedisOfAnother extends UnfitSurroundings {
  constructor() {
    super(
      'The Redis of REDIS_URL serves another installation (or did a minute ago); give each a database number of its own, as redis://host:6379/1.',
    );
  }
}

/**
 * Keeps a Redis to one installation, which is the database that its runs are in, for as long as a process of it lives. A
 * Redis that is away is nobody's fault here: the claim is made when it is back.
 */
@Injectable()
export class RedisClaim implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger(RedisClaim.name);
  private redis: EndingRedis | undefined;
  private installation = '';
  private renewal: NodeJS.Timeout | undefined;
  private lost = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    @Optional() @Inject(CLAIM_TIMINGS) private readonly timings: ClaimTimings = TIMINGS,
  ) {}

  /** @throws RedisOfAnother, and so stops the boot */
  async onModuleInit(): Promise<void> {
    const { redisUrl } = this.settings;
    if (redisUrl === undefined) return;
    this.installation = await this.nameInstallation();
    const { patienceMs } = this.timings;
    this.redis = new EndingRedis(redisUrl, {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      connectTimeout: patienceMs,
      commandTimeout: patienceMs,
      retryStrategy: () => patienceMs,
    });
    this.redis.on('error', () => undefined); // the probes tell of a Redis that is away
    if (!(await this.claim())) {
      this.redis.disconnect();
      throw new RedisOfAnother();
    }
    this.renewal = setInterval(() => void this.renew(), this.timings.renewMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.renewal);
    const { redis } = this;
    if (redis === undefined) return;
    this.redis = undefined; // a renewal that is late would connect again
    // Not given up at once: another process of this installation may live, and renews it before then.
    const { renewMs, patienceMs } = this.timings;
    const holder = await redis.get(KEY).catch(() => null);
    if (holder === this.installation) await redis.pexpire(KEY, renewMs + patienceMs).catch(() => undefined);
    redis.disconnect();
  }

  private async renew(): Promise<void> {
    const held = await this.claim();
    if (!held && !this.lost) this.log.error(new RedisOfAnother().message);
    this.lost = !held;
  }

  /** Whether nobody else has it, as far as Redis says. */
  private async claim(): Promise<boolean> {
    const { redis, installation } = this;
    if (redis === undefined) return true;
    try {
      if ((await redis.set(KEY, installation, 'PX', this.timings.lastsMs, 'NX')) === 'OK') return true;
      const holder = await redis.get(KEY);
      if (holder === installation) await redis.pexpire(KEY, this.timings.lastsMs);
      return holder === null || holder === installation;
    } catch {
      return true;
    }
  }

  /** The same in every process, however each is told to reach the database. */
  private async nameInstallation(): Promise<string> {
    const [row] = await this.database.query<{ name: string }>(
      `SELECT format('%s-%s', (SELECT system_identifier FROM pg_control_system()), oid) AS name
       FROM pg_database WHERE datname = current_database()`,
    );
    return row?.name ?? '';
  }
}
