import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type Job,
  type Queue,
  WaitingError,
  Worker,
} from 'bullmq';
import { Logger } from '@nestjs/common';
import { currentUnitOfWork, outsideUnitOfWork } from '../database/unit-of-work.js';
import type { WatchedPool } from '../metrics/pool-metrics.js';
import { JobTransport, type JobHandler, type RunJob } from './job-transport.js';
import { OpenQueues } from './open-queues.js';
import { withDeadline } from './with-deadline.js';
import { idOfRing } from './ring-id.js';
import { SparingWarnings } from '../logging/sparing-warnings.js';
import type { TransportPlace } from './transport-place.js';

/** How to reach the one place where jobs wait; the rest of the code does not know which it is. */
export interface TransportBackend {
  transactional: boolean;
  producer: unknown;
  consumer: unknown;
  factory: BackendFactory;
  /** The place itself, for those who look at it. */
  place: TransportPlace;
  /** The connections to PostgreSQL, for the metrics; none on Redis. */
  pool?: WatchedPool;
  dispose(): Promise<void>;
}

/** A dispatch that is not confirmed in this time counts as failed; a start must answer within 2 s of a healthy one. */
export const DISPATCH_DEADLINE_MS = 2_500;

/** Closing says good-bye to the other side; one that does not answer is left without. */
const CLOSE_DEADLINE_MS = 3_000;

/** Jobs are never kept and never retried: the sweep of the rows is the only recovery authority. */
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/**
 * So many jobs cost less one by one than as a bulk, which on PostgreSQL makes and drops two tables. Added at the same
 * moment in one transaction they share a round trip, and come together or not at all, as a bulk does.
 */
const FEW = 16;

/** Far longer than the run's own lease, so that BullMQ's stall check never competes with it. */
const LOCK_MS = 10 * 60_000;

/** BullMQ as doorbell, on PostgreSQL or on Redis. */
export class BullmqJobTransport extends JobTransport {
  readonly transactional: boolean;
  private readonly warnings = new SparingWarnings(new Logger(BullmqJobTransport.name));
  private readonly queues: OpenQueues<RunJob>;
  private readonly open = new WeakSet<Queue<RunJob>>();
  private readonly workers: Worker[] = [];
  private readonly handling = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly backend: TransportBackend) {
    super();
    this.transactional = backend.transactional;
    this.queues = new OpenQueues(backend, {
      deadlineMs: DISPATCH_DEADLINE_MS,
      onError: (name, error) => this.warnings.warn(`queue ${name}`, error),
    });
  }

  async ring(queue: string, jobs: readonly RunJob[], { last = false } = {}): Promise<void> {
    // A job id that is still known would make the add a silent no-op, so every ring of a run has an id of its own.
    const bulk = jobs.map((job) => ({ name: 'run', data: job, opts: { ...JOB_OPTIONS, jobId: idOfRing(job) } }));
    if (bulk.length === 0) return;
    const unit = this.transactional ? currentUnitOfWork() : undefined;
    const add = (known: Queue<RunJob>): Promise<unknown> =>
      bulk.length === 1 || (unit && bulk.length <= FEW)
        ? Promise.all(bulk.map(({ name, data, opts }) => known.add(name, data, opts)))
        : known.addBulk(bulk);
    if (!unit) {
      await this.queues.ask(queue, add);
      return;
    }
    const known = await this.openOutside(queue);
    if (last) unit.endWithNext();
    // What the transaction refuses is nothing against the queue.
    await withDeadline(add(known), DISPATCH_DEADLINE_MS);
  }

  async waiting(queue: string): Promise<number> {
    return this.queues.ask(queue, (known) => known.getWaitingCount());
  }

  async listen(queue: string, concurrency: number, handler: JobHandler): Promise<void> {
    const worker = new Worker<RunJob, void>(
      queue,
      (job, token) => this.handle(handler, job, token),
      {
        connection: this.backend.consumer as never,
        concurrency,
        lockDuration: LOCK_MS,
        maxStalledCount: 0,
        skipStalledCheck: true,
      },
      this.backend.factory as never,
    );
    worker.on('error', (error: Error) => this.warnings.warn(`queue ${queue}`, error));
    this.workers.push(worker as never);
    await worker.waitUntilReady();
  }

  async stopListening(): Promise<void> {
    this.stopped = true;
    const closings = this.workers.map((worker) => worker.close());
    await Promise.allSettled(this.handling);
    await withDeadline(Promise.all(closings), CLOSE_DEADLINE_MS).catch(() => undefined);
  }

  async close(): Promise<void> {
    const closings = this.workers.map((worker) =>
      withDeadline(worker.close(), CLOSE_DEADLINE_MS).catch(() => undefined),
    );
    await Promise.all([...closings, this.queues.close()]);
    await this.backend.dispose();
  }

  private async handle(handler: JobHandler, job: Job<RunJob>, token: string | undefined): Promise<void> {
    if (this.stopped) {
      // A closing worker of BullMQ may still fetch one job; it goes back for a process that lives.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    const work = handler(job.data);
    this.handling.add(work);
    try {
      await work;
    } finally {
      this.handling.delete(work);
    }
  }

  /** The queue, opened outside of the transaction that is open around the caller. */
  private async openOutside(name: string): Promise<Queue<RunJob>> {
    const queue = this.queues.get(name);
    if (!this.open.has(queue)) {
      await this.queues.ask(name, (asked) => outsideUnitOfWork(() => asked.waitUntilReady()));
      this.open.add(queue);
    }
    return queue;
  }
}

export const BACKEND_FACTORIES = {
  postgres: createPostgresBackend as unknown as BackendFactory,
  redis: createRedisBackend as unknown as BackendFactory,
};
