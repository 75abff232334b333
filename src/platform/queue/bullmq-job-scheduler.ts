import { Logger } from '@nestjs/common';
import { ErrorCode, Worker, type Queue, type JobSchedulerJson, type RepeatOptions } from 'bullmq';
import type { TransportBackend } from './bullmq-job-transport.js';
import { nextCronTime } from './cron-times.js';
import { BELLS_QUEUE, JobScheduler, type Bell, type BellHandler, type HangingBell } from './job-scheduler.js';
import { OpenQueues } from './open-queues.js';
import { SparingWarnings } from '../logging/sparing-warnings.js';
import { withDeadline } from './with-deadline.js';

/** Nobody's start depends on a bell, so a busy server gets more time here than for a dispatch. */
const ANSWER_DEADLINE_MS = 5_000;
const CLOSE_DEADLINE_MS = 3_000;

/** Bells that one process answers at once; answering one starts a run and no more. */
const CONCURRENCY = 4;

/** Bells read at once; BullMQ asks for each of a page by itself. */
const PAGE = 100;

const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/**
 * Hanging and taking down one bell at once can leave its next ring without a bell on PostgreSQL (BullMQ 6.7), and
 * BullMQ then refuses the bell until that ring has come. It takes such a ring over from a bell that moves to its time,
 * so the bell is hung first at a time that no other bell has.
 */
const SELDOM = { cron: '17 3 29 2 *', timeZone: 'UTC' };

/** BullMQ's own walk would tick again in the second of two equal hours when it begins between them. */
const SETTINGS = {
  repeatStrategy: (now: number, { pattern, tz }: RepeatOptions): number =>
    nextCronTime(pattern ?? '', tz ?? 'UTC', new Date(now)).getTime(),
};

/** BullMQ's job schedulers as bells, on PostgreSQL or on Redis. */
export class BullmqJobScheduler extends JobScheduler {
  private readonly warnings = new SparingWarnings(new Logger(BullmqJobScheduler.name));
  private readonly queues: OpenQueues;
  private worker: Worker | undefined;
  private readonly handling = new Set<Promise<void>>();

  constructor(private readonly backend: Pick<TransportBackend, 'producer' | 'consumer' | 'factory'>) {
    super();
    this.queues = new OpenQueues(backend, {
      settings: SETTINGS,
      deadlineMs: ANSWER_DEADLINE_MS,
      onError: (_, error) => this.warnings.warn('bells', error),
    });
  }

  hang(bell: Bell): Promise<void> {
    return this.ask(async (queue) => {
      try {
        await upsert(queue, bell);
      } catch (error) {
        if (!collides(error)) throw error;
        await upsert(queue, { ...bell, ...SELDOM });
        await upsert(queue, bell);
      }
    });
  }

  async takeDown(id: string): Promise<void> {
    await this.ask((queue) => queue.removeJobScheduler(id));
  }

  async bells(): Promise<HangingBell[]> {
    const bells: HangingBell[] = [];
    for (;;) {
      const start = bells.length;
      const page = await this.ask((queue) => queue.getJobSchedulers(start, start + PAGE - 1, true));
      bells.push(...page.map(bellOf));
      if (page.length < PAGE) return bells;
    }
  }

  count(): Promise<number> {
    return this.ask((queue) => queue.getJobSchedulersCount());
  }

  async listen(handler: BellHandler): Promise<void> {
    const worker = new Worker<{ id: string }, void>(
      BELLS_QUEUE,
      (job) => this.handle(handler, job.data.id),
      // A ring whose listener died is dropped by the stall check: whoever keeps the row misses it there.
      { connection: this.backend.consumer as never, concurrency: CONCURRENCY, maxStalledCount: 0, settings: SETTINGS },
      this.backend.factory as never,
    );
    worker.on('error', (error: Error) => this.warnings.warn('bells', error));
    this.worker = worker as never;
    await worker.waitUntilReady();
  }

  async stopListening(): Promise<void> {
    const closing = this.worker?.close();
    await Promise.allSettled(this.handling);
    if (closing) await withDeadline(closing, CLOSE_DEADLINE_MS).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.stopListening();
    await this.queues.close();
  }

  private async handle(handler: BellHandler, id: string): Promise<void> {
    const work = handler(id);
    this.handling.add(work);
    try {
      await work;
    } finally {
      this.handling.delete(work);
    }
  }

  private ask<T>(question: (queue: Queue) => Promise<T>): Promise<T> {
    return this.queues.ask(BELLS_QUEUE, question);
  }
}

async function upsert(queue: Queue, { id, cron, timeZone }: Bell): Promise<void> {
  const repeat = { pattern: cron, tz: timeZone };
  await queue.upsertJobScheduler(id, repeat, { name: 'ring', data: { id }, opts: JOB_OPTIONS });
}

function collides(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === ErrorCode.SchedulerJobIdCollision;
}

function bellOf({ key, pattern, tz, next }: JobSchedulerJson): HangingBell {
  return { id: key, cron: pattern ?? '', timeZone: tz ?? '', nextAt: new Date(next ?? 0) };
}
