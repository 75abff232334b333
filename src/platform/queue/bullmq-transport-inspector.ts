import { Queue, type Job } from 'bullmq';
import type { TransportBackend } from './bullmq-job-transport.js';
import type { RunJob } from './job-transport.js';
import { idOfRing, ringOfId } from './ring-id.js';
import { TransportInspector, type QueueLook } from './transport-inspector.js';
import { withDeadline } from './with-deadline.js';

const ANSWER_DEADLINE_MS = 5_000;
const CLOSE_DEADLINE_MS = 3_000;

/** BullMQ's queues as an operator sees them, on PostgreSQL or on Redis; it makes none. */
export class BullmqTransportInspector extends TransportInspector {
  private readonly opened = new Map<string, Queue>();

  constructor(private readonly backend: Pick<TransportBackend, 'producer' | 'factory' | 'place'>) {
    super();
  }

  get place(): 'PostgreSQL' | 'Redis' {
    return this.backend.place.name;
  }

  answers(): Promise<boolean> {
    return withDeadline(this.backend.place.ping(), ANSWER_DEADLINE_MS).then(
      () => true,
      () => false,
    );
  }

  queues(): Promise<string[]> {
    return withDeadline(this.backend.place.queues(), ANSWER_DEADLINE_MS);
  }

  async look(queue: string): Promise<QueueLook> {
    const [counts, listeners, unlocked] = await this.ask(queue, (jobs) =>
      Promise.all([
        jobs.getJobCounts('waiting', 'active'),
        jobs.getWorkersCount().catch(() => undefined), // some hosted Redis refuse to name their clients
        this.backend.place.unlocked(queue),
      ]),
    );
    return {
      waiting: counts.waiting ?? 0,
      taken: counts.active ?? 0,
      abandoned: unlocked.flatMap((id) => ringOfId(id) ?? []),
      listeners,
    };
  }

  async waitingRings(queue: string, most: number): Promise<RunJob[]> {
    // BullMQ begins with the newest on PostgreSQL and with the oldest on Redis, so a part of the range is not asked for.
    const jobs: (Job | undefined)[] = await this.ask(queue, (asked) => asked.getWaiting());
    return jobs
      .filter((job) => job !== undefined)
      .sort((a, b) => a.timestamp - b.timestamp)
      .slice(0, most)
      .flatMap(({ id }) => (id === undefined ? [] : (ringOfId(id) ?? [])));
  }

  async discard(queue: string, rings: readonly RunJob[]): Promise<number> {
    let removed = 0;
    for (const ring of rings) {
      // BullMQ refuses to remove what is locked, and says so with 0.
      removed += await this.ask(queue, (asked) => asked.remove(idOfRing(ring)));
    }
    return removed;
  }

  async close(): Promise<void> {
    const closings = [...this.opened.values()].map((queue) =>
      withDeadline(queue.close(), CLOSE_DEADLINE_MS).catch(() => undefined),
    );
    await Promise.all(closings);
  }

  /** A queue that was opened while the other side was away stays broken for good, so one that failed is opened anew. */
  private async ask<T>(name: string, question: (queue: Queue) => Promise<T>): Promise<T> {
    const queue = this.open(name);
    try {
      return await withDeadline(question(queue), ANSWER_DEADLINE_MS);
    } catch (error) {
      if (this.opened.get(name) === queue) this.opened.delete(name);
      void queue.close().catch(() => undefined);
      throw error;
    }
  }

  private open(name: string): Queue {
    let queue = this.opened.get(name);
    if (!queue) {
      const options = { connection: this.backend.producer as never, skipMetasUpdate: true };
      queue = new Queue(name, options, this.backend.factory as never);
      queue.on('error', () => undefined); // the call that fails tells
      this.opened.set(name, queue);
    }
    return queue;
  }
}
