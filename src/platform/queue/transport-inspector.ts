import type { RunJob } from './job-transport.js';

/** A queue as the transport has it at this moment. */
export interface QueueLook {
  /** Rings that no listener has taken yet. */
  waiting: number;
  /** Rings that a listener has taken; each leads to one run after the other. */
  taken: number;
  /** Those of {@link taken} whose listener is gone: it gave no sign of life for as long as BullMQ's lock is good. */
  abandoned: RunJob[];
  /** Processes that listen; undefined where the transport does not tell. */
  listeners: number | undefined;
}

/** The transport did not answer. */
export class TransportAway extends Error {
  constructor(readonly place: string) {
    super(`${place} does not answer.`);
    this.name = 'TransportAway';
  }
}

/**
 * What an operator may see of the transport, and clear away. It looks at rings of runs alone: other jobs that wait in
 * the same place are not its business.
 */
export abstract class TransportInspector {
  /** Where the jobs wait, in words for people. */
  abstract readonly place: 'PostgreSQL' | 'Redis';

  /** Whether the transport answers. Never rejects. */
  abstract answers(): Promise<boolean>;

  /** The queues that hold a ring, waiting or taken. */
  abstract queues(): Promise<string[]>;

  abstract look(queue: string): Promise<QueueLook>;

  /** The rings of `queue` that wait, `most` at most, oldest first. */
  abstract waitingRings(queue: string, most: number): Promise<RunJob[]>;

  /** Removes rings that nobody listens to; those that a living listener has are left. Answers how many were removed. */
  abstract discard(queue: string, rings: readonly RunJob[]): Promise<number>;

  /** Lets go of what it holds; the connections belong to the backend. */
  abstract close(): Promise<void>;
}
