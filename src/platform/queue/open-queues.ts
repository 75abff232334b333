import { Queue, type BackendFactory, type QueueOptions } from 'bullmq';
import { outsideUnitOfWork } from '../database/unit-of-work.js';
import { withDeadline } from './with-deadline.js';

/** Closing says good-bye to the other side; one that does not answer is left without. */
const CLOSE_DEADLINE_MS = 3_000;

export interface OpenQueuesOptions extends Pick<QueueOptions, 'settings' | 'skipMetasUpdate'> {
  /** A question that is not answered in this time has failed. */
  deadlineMs: number;
  /** Errors that no question asked for. */
  onError: (name: string, error: Error) => void;
}

/** BullMQ's queues by their names, opened when they are first asked. */
export class OpenQueues<Data = unknown> {
  private readonly queues = new Map<string, Queue<Data>>();

  constructor(
    private readonly backend: { producer: unknown; factory: BackendFactory },
    private readonly options: OpenQueuesOptions,
  ) {}

  /** A new one asks questions at once, which are not the caller's transaction's. */
  get(name: string): Queue<Data> {
    let queue = this.queues.get(name);
    if (!queue) {
      const { settings, skipMetasUpdate, onError } = this.options;
      const options = {
        connection: this.backend.producer as never,
        ...(settings ? { settings } : {}),
        ...(skipMetasUpdate ? { skipMetasUpdate } : {}),
      };
      queue = outsideUnitOfWork(() => new Queue<Data>(name, options, this.backend.factory as never));
      queue.on('error', (error: Error) => onError(name, error));
      this.queues.set(name, queue);
    }
    return queue;
  }

  /**
   * Answers what the queue answers. One that was opened while the other side was away stays broken for good, so one
   * that failed is opened anew.
   */
  async ask<T>(name: string, question: (queue: Queue<Data>) => Promise<T>): Promise<T> {
    const queue = this.get(name);
    try {
      return await withDeadline(question(queue), this.options.deadlineMs);
    } catch (error) {
      if (this.queues.get(name) === queue) this.queues.delete(name);
      void queue.close().catch(() => undefined);
      throw error;
    }
  }

  /** Resolves within seconds, whether the other side answers or not. */
  async close(): Promise<void> {
    const closings = [...this.queues.values()].map((queue) =>
      withDeadline(queue.close(), CLOSE_DEADLINE_MS).catch(() => undefined),
    );
    await Promise.all(closings);
  }
}
