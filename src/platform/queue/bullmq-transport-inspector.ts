import type { Job } from 'bullmq';
import type { TransportBackend } from './bullmq-job-transport.js';
import type { RunJob } from './job-transport.js';
import { OpenQueues } from './open-queues.js';
import { idOfRing, ringOfId } from './ring-id.js';
import { TransportInspector, type QueueLook } from './transport-inspector.js';
import { withDeadline } from './with-deadline.js';

const ANSWER_DEADLINE_MS = 5_000;

/** BullMQ's queues as an operator sees them, on PostgreSQL or on Redis; it makes none. */
export class BullmqTransportInspector extends TransportInspector {
  private readonly queuesByName: OpenQueues;

  constructor(private readonly backend: Pick<TransportBackend, 'producer' | 'factory' | 'place'>) {
    super();
    this.queuesByName = new OpenQueues(backend, {
      deadlineMs: ANSWER_DEADLINE_MS,
      skipMetasUpdate: true,
      onError: () => undefined, // the call that fails tells
    });
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
    const [counts, listeners, unlocked] = await this.queuesByName.ask(queue, (jobs) =>
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
    const jobs: (Job | undefined)[] = await this.queuesByName.ask(queue, (asked) => asked.getWaiting());
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
      removed += await this.queuesByName.ask(queue, (asked) => asked.remove(idOfRing(ring)));
    }
    return removed;
  }

  close(): Promise<void> {
    return this.queuesByName.close();
  }
}
