/** The doorbell for one run: which run it was rung for, and which ring of it this is. */
export interface RunJob {
  runId: string;
  seq: number;
}

/** What a doorbell's listener does. */
export type JobHandler = (job: RunJob) => Promise<void>;

/**
 * Wakes workers for runs. It promises nothing else: the run's row in PostgreSQL is the truth, a job is a hint that may
 * come late, twice or never.
 */
export abstract class JobTransport {
  /** Whether {@link ring} takes part in the transaction that is open around the caller. */
  abstract readonly transactional: boolean;

  /**
   * Rings for all of `jobs` in `queue`, or for none. Rejects when the transport did not confirm in time. With `last`, the
   * transaction that is open around the caller commits with it; nothing else may follow in it.
   */
  abstract ring(queue: string, jobs: readonly RunJob[], options?: { last?: boolean }): Promise<void>;

  /** Serves `queue` with at most `concurrency` jobs at once, until {@link stopListening}. */
  abstract listen(queue: string, concurrency: number, handler: JobHandler): Promise<void>;

  /** The rings of `queue` that no listener has taken yet. Rejects when the transport did not answer in time. */
  abstract waiting(queue: string): Promise<number>;

  /** Takes no new jobs from now on; resolves when the running handlers have ended. Ringing still works. */
  abstract stopListening(): Promise<void>;

  /** Lets go of every connection, within seconds even when the other side does not answer. */
  abstract close(): Promise<void>;
}
