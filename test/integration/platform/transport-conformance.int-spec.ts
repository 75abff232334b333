import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { Database } from '../../../src/platform/database/database.js';
import { migrateUp } from '../../../src/platform/database/migration-runner.js';
import { MetricsModule } from '../../../src/platform/metrics/metrics.module.js';
import { JobTransport, type RunJob } from '../../../src/platform/queue/job-transport.js';
import { QueueModule } from '../../../src/platform/queue/queue.module.js';
import { eventually } from '../../support/eventually.js';
import { startPostgresServer, type PostgresServer } from '../../support/postgres-server.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { describeIfRedis } from '../../support/requirements.js';
import { testSettings } from '../../support/settings.js';

/** Several times what closing allows itself; a stop for what hangs, not a measure. */
const CLOSES_WITHIN_MS = 30_000;

/** What the suite does to the place where the jobs wait. */
interface Place {
  redisUrl?: string;
  /** Lets nothing be answered until `thaw`, which never fails. */
  freeze(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The promises of `JobTransport` that the run engine builds on; whatever carries jobs has to keep them. */
function conforms(transactional: boolean, open: (server: PostgresServer) => Promise<Place>): void {
  let server: PostgresServer;
  let place: Place;
  let process: TestingModule;
  let transport: JobTransport;
  let queue: string;
  let queues = 0;

  beforeAll(async () => {
    server = await startPostgresServer();
    await migrateUp(server.url);
    place = await open(server);
  });
  afterAll(async () => {
    await place?.close();
    await server?.close();
  });
  beforeEach(async () => {
    queues += 1;
    queue = `conformance-${queues}`;
    process = await startProcess();
    transport = process.get(JobTransport);
  });
  afterEach(() => process.close());

  async function startProcess(): Promise<TestingModule> {
    const settings = testSettings(server.url, place.redisUrl === undefined ? {} : { redisUrl: place.redisUrl });
    const testing = await Test.createTestingModule({
      imports: [ConfigModule, DatabaseModule, MetricsModule, QueueModule],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .compile();
    testing.useLogger(false);
    return testing.init();
  }

  const ring = (...runIds: number[]): Promise<void> =>
    transport.ring(
      queue,
      runIds.map((runId) => ({ runId: String(runId), seq: 1 })),
    );

  /** Listens, and answers the rings that were heard so far. */
  async function hear(during: (job: RunJob) => Promise<void> = () => Promise.resolve()): Promise<RunJob[]> {
    const heard: RunJob[] = [];
    await transport.listen(queue, 2, (job) => {
      heard.push(job);
      return during(job);
    });
    return heard;
  }

  const all = (heard: readonly RunJob[], rings: number): Promise<true> =>
    eventually(async () => new Set(heard.map(({ runId }) => runId)).size >= rings || undefined);

  it(`says whether a ring joins the caller's transaction: ${transactional}`, () => {
    expect(transport.transactional).toBe(transactional);
  });

  it('delivers a ring that waited, and one that comes while somebody listens, as it was given', async () => {
    await transport.ring(queue, [{ runId: '9007199254740993', seq: 3 }]);
    const heard = await hear();
    await all(heard, 1);
    await transport.ring(queue, [{ runId: '2', seq: 1 }]);
    await all(heard, 2);
    expect(heard).toEqual(
      expect.arrayContaining([
        { runId: '9007199254740993', seq: 3 },
        { runId: '2', seq: 1 },
      ]),
    );
    expect(await transport.waiting(queue)).toBe(0);
  });

  it('delivers every one of many rings, given at once and by many callers', async () => {
    const heard = await hear();
    await ring(...Array.from({ length: 200 }, (_, i) => i));
    await Promise.all(Array.from({ length: 50 }, (_, i) => ring(200 + i)));
    await all(heard, 250);
  });

  it('keeps queues apart', async () => {
    const heard = await hear();
    await transport.ring(`${queue}-other`, [{ runId: '1', seq: 1 }]);
    await ring(2);
    await all(heard, 1);
    expect(heard).toEqual([{ runId: '2', seq: 1 }]);
    expect(await transport.waiting(`${queue}-other`)).toBe(1);
  });

  it('takes a ring that waits already without complaint, and one that was answered as a ring like any other', async () => {
    await ring(1);
    await ring(1, 2);
    expect(await transport.waiting(queue)).toBe(2);
    const heard = await hear();
    await all(heard, 2);
    await eventually(async () => {
      await ring(1);
      return heard.filter(({ runId }) => runId === '1').length > 1 || undefined;
    });
  });

  it('goes on after a handler that throws, and does not try that ring again', async () => {
    const heard = await hear(({ runId }) => (runId === '1' ? Promise.reject(new Error('boom')) : Promise.resolve()));
    await ring(1);
    await all(heard, 1);
    await ring(2, 3);
    await all(heard, 3);
    expect(heard.filter(({ runId }) => runId === '1')).toHaveLength(1);
    expect(await transport.waiting(queue)).toBe(0);
  });

  it('counts and lists the rings that nobody has taken, oldest first', async () => {
    expect([await transport.waiting(queue), await transport.waitingJobs(queue, 10)]).toEqual([0, []]);
    await ring(1);
    await ring(2, 3);
    await ring(4);
    expect(await transport.waiting(queue)).toBe(4);
    expect((await transport.waitingJobs(queue, 10)).map(({ runId }) => runId)).toEqual(['1', '2', '3', '4']);
    expect(await transport.waitingJobs(queue, 1)).toEqual([{ runId: '1', seq: 1 }]);
  });

  it('serves as many rings at once as it was told, and leaves the others waiting', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    let busy = 0;
    let most = 0;
    const heard = await hear(async () => {
      busy += 1;
      most = Math.max(most, busy);
      await opened;
      busy -= 1;
    });
    await ring(1, 2, 3, 4, 5);
    await all(heard, 2);
    expect(await transport.waiting(queue)).toBe(3);
    open();
    await all(heard, 5);
    expect(most).toBe(2);
  });

  it(transactional ? 'rings with the commit' : 'rings at once, whatever becomes of a transaction', async () => {
    const database = process.get(Database);
    const undone = database.transaction(async () => {
      await ring(1);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await transport.waiting(queue)).toBe(transactional ? 0 : 1);
    const other = await startProcess();
    try {
      await database.transaction(async () => {
        await ring(2);
        // Another process stands outside of this transaction.
        const seen = await database.outside(() => other.get(JobTransport).waitingJobs(queue, 10));
        expect(seen.map(({ runId }) => runId)).toEqual(transactional ? [] : ['1', '2']);
      });
    } finally {
      await other.close();
    }
    expect((await transport.waitingJobs(queue, 10)).map(({ runId }) => runId)).toContain('2');
  });

  it('waits for the running handlers when it stops to listen, takes no new ring, and can still ring', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const heard = await hear(() => opened);
    await ring(1);
    await all(heard, 1);
    let stopped = false;
    const stopping = transport.stopListening().then(() => (stopped = true));
    await ring(2);
    expect(stopped).toBe(false);
    open();
    await stopping;
    await ring(3);
    expect(heard).toEqual([{ runId: '1', seq: 1 }]);
    expect((await transport.waitingJobs(queue, 10)).map(({ runId }) => runId)).toEqual(['2', '3']);
  });

  it('rejects what is not confirmed in time, and works again afterwards', async () => {
    await ring(1);
    const thaw = await place.freeze();
    try {
      await expect(ring(2)).rejects.toThrow();
      await expect(transport.waiting(queue)).rejects.toThrow();
      await expect(transport.waitingJobs(queue, 1)).rejects.toThrow();
    } finally {
      await thaw();
    }
    const heard = await hear();
    await eventually(() =>
      ring(3).then(
        () => true as const,
        () => undefined,
      ),
    );
    await eventually(async () => heard.some(({ runId }) => runId === '3') || undefined);
    expect(heard).toContainEqual({ runId: '1', seq: 1 });
  });

  /** Closes a process that listens and has rung, while `lose` holds; far longer than `close` allows itself is too long. */
  async function closesWhile(lose: () => Promise<() => Promise<void>>): Promise<void> {
    const other = await startProcess();
    const listening = other.get(JobTransport);
    await listening.listen(queue, 1, () => Promise.resolve());
    await listening.ring(queue, [{ runId: '1', seq: 1 }]);
    const restore = await lose();
    const closing = listening.close().then(() => 'closed');
    const waiting = new AbortController();
    try {
      const inVain = wait(CLOSES_WITHIN_MS, 'still open', { signal: waiting.signal });
      expect(await Promise.race([closing, inVain])).toBe('closed');
    } finally {
      waiting.abort();
      await restore();
      await closing;
      await other.close();
    }
  }

  it('lets go of the other side although it does not answer', () => closesWhile(() => place.freeze()));

  it('lets go of the other side although it is gone', () =>
    closesWhile(async () => {
      await place.stop();
      return () => place.start();
    }));

  it('hears rings again after the other side went away and came back', async () => {
    const heard = await hear();
    await ring(1);
    await all(heard, 1);
    await place.stop();
    await expect(ring(2)).rejects.toThrow();
    await place.start();
    await eventually(() =>
      ring(3).then(
        () => true as const,
        () => undefined,
      ),
    );
    await eventually(async () => heard.some(({ runId }) => runId === '3') || undefined);
  });
}

/** Holds BullMQ's tables locked: every statement of the transport waits, as on a server that is stuck. */
async function lockTables(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // its server may be stopped before it lets go
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
  );
  await client.query('BEGIN');
  await client.query(`LOCK TABLE ${rows.map(({ name }) => name).join(', ')} IN ACCESS EXCLUSIVE MODE`);
  return () => client.end();
}

describe('the job transport on PostgreSQL', () =>
  conforms(true, async (server) => ({
    freeze: () => lockTables(server.url),
    stop: () => server.stop(),
    start: () => server.start(),
    close: () => Promise.resolve(),
  })));

describeIfRedis('the job transport on Redis', () =>
  conforms(false, async () => {
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
  }),
);
