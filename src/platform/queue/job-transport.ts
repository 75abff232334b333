/** The doorbell for one run: which run, and which ring of it is valid. */
export interface RunJob {
  runId: string;
  seq: number;
}

/** What a doorbell's listener is given; `signal` aborts when the process stops. */
export type JobHandler = (job: RunJob) => Promise<void>;

/**
 * Wakes workers for runs. It promises nothing else: the run's row in PostgreSQL is the truth, a job is a hint that may
 * come late, twice or never.
 */
export abstract class JobTransport {
  /** Whether {@link ring} takes part in the transaction that is open around the caller. */
  abstract readonly transactional: boolean;

  /** Rings for `job` in `queue`. Rejects when the transport did not confirm in time. */
  abstract ring(queue: string, job: RunJob): Promise<void>;

  /** Serves `queue` with at most `concurrency` jobs at once, until {@link stopListening}. */
  abstract listen(queue: string, concurrency: number, handler: JobHandler): Promise<void>;

  /** Takes no new jobs from now on; resolves when the running handlers have ended. Ringing still works. */
  abstract stopListening(): Promise<void>;

  /** Lets go of every connection. */
  abstract close(): Promise<void>;
}
