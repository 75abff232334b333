import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { migrateUp } from '../../../src/platform/database/migration-runner.js';
import { MetricsModule } from '../../../src/platform/metrics/metrics.module.js';
import { JobTransport, type RunJob } from '../../../src/platform/queue/job-transport.js';
import { QueueModule } from '../../../src/platform/queue/queue.module.js';
import { TransportInspector } from '../../../src/platform/queue/transport-inspector.js';
import { eventually } from '../../support/eventually.js';
import { startPostgresServer, type PostgresServer } from '../../support/postgres-server.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';

/** What a suite does to the place where the jobs wait. */
interface Place {
  redisUrl?: string;
  /** Lets nothing be answered until `thaw`, which never fails. */
  freeze(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A transport on servers of its own; each test has a process and a queue of its own. */
export class TransportUnderTest {
  process!: TestingModule;
  place!: Place;
  queue = '';
  private server!: PostgresServer;
  private queues = 0;

  constructor(
    readonly transactional: boolean,
    private readonly open: (server: PostgresServer) => Promise<Place>,
  ) {
    beforeAll(async () => {
      this.server = await startPostgresServer();
      await migrateUp(this.server.url);
      this.place = await this.open(this.server);
    });
    afterAll(async () => {
      await this.place?.close();
      await this.server?.close();
    });
    beforeEach(async () => {
      this.queues += 1;
      this.queue = `conformance-${this.queues}`;
      this.process = await this.startProcess();
    });
    afterEach(() => this.process.close());
  }

  get transport(): JobTransport {
    return this.process.get(JobTransport);
  }

  async startProcess(): Promise<TestingModule> {
    const { redisUrl } = this.place;
    const testing = await Test.createTestingModule({
      imports: [ConfigModule, DatabaseModule, MetricsModule, QueueModule],
    })
      .overrideProvider(SETTINGS)
      .useValue(testSettings(this.server.url, redisUrl === undefined ? {} : { redisUrl }))
      .compile();
    testing.useLogger(false);
    return testing.init();
  }

  ring(...runIds: number[]): Promise<void> {
    return this.transport.ring(
      this.queue,
      runIds.map((runId) => ({ runId: String(runId), seq: 1 })),
    );
  }

  /** Listens, and answers the rings that were heard so far. */
  async hear(during: (job: RunJob) => Promise<void> = () => Promise.resolve()): Promise<RunJob[]> {
    const heard: RunJob[] = [];
    await this.transport.listen(this.queue, 2, (job) => {
      heard.push(job);
      return during(job);
    });
    return heard;
  }

  /** The rings that nobody has taken, `most` at most, oldest first, as the inspector of `process` sees them. */
  waitingRings(most = 10, process = this.process): Promise<RunJob[]> {
    return process.get(TransportInspector).waitingRings(this.queue, most);
  }
}

/** Waits until rings for so many runs were heard. */
export function allOf(heard: readonly RunJob[], runs: number): Promise<true> {
  return eventually(async () => new Set(heard.map(({ runId }) => runId)).size >= runs || undefined);
}

/** Holds one suite to every transport: the promises of `JobTransport` that the run engine builds on. */
export function onEveryTransport(conforms: (on: TransportUnderTest) => void): void {
  describe('the job transport on PostgreSQL', () => conforms(new TransportUnderTest(true, onPostgres)));
  describeIfRedis('the job transport on Redis', () => conforms(new TransportUnderTest(false, onRedis)));
}

async function onPostgres(server: PostgresServer): Promise<Place> {
  return {
    freeze: () => lockTables(server.url),
    stop: () => server.stop(),
    start: () => server.start(),
    close: () => Promise.resolve(),
  };
}

async function onRedis(): Promise<Place> {
  let redis: RedisServer = await startRedisServer();
  return {
    redisUrl: redis.url,
    freeze: async () => {
      process.kill(redis.pid, 'SIGSTOP');
      return async () => void process.kill(redis.pid, 'SIGCONT');
    },
    stop: () => redis.kill(),
    start: async () => {
      redis = await startRedisServer(redis.port);
    },
    close: () => redis.stop(),
  };
}

const DEADLOCK = '40P01';

/** Holds BullMQ's tables locked: every statement of the transport waits, as on a server that is stuck. */
async function lockTables(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // its server may be stopped before it lets go
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
  );
  const tables = rows.map(({ name }) => name).join(', ');
  // The transport takes its locks in an order of its own, and PostgreSQL may end either of two that wait crosswise.
  await eventually(async () => {
    await client.query('BEGIN');
    return client.query(`LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`).catch(async (error: unknown) => {
      if (!(error instanceof pg.DatabaseError) || error.code !== DEADLOCK) throw error;
      await client.query('ROLLBACK');
      return undefined;
    });
  });
  return () => client.end();
}
