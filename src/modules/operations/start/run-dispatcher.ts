import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { JobTransport, type RunJob } from '../../../platform/queue/job-transport.js';
import type { RunRow } from '../data/run-row.js';
import { RunStartsRepository } from '../data/run-starts.repository.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunEndings } from '../work/run-endings.js';
import { DispatchMarks } from './dispatch-marks.js';

/** What of a run is rung for. */
export type RungRun = Pick<RunRow, 'id' | 'type' | 'dispatch_seq'>;

/** A transport inside the transaction refused; the transaction is to be rolled back. */
export class RingRefused extends DomainError {
  constructor(cause: unknown) {
    super('dispatch.unavailable', 'unavailable', 'The work could not be handed to a worker. Try again in a minute.', {
      headers: { 'Retry-After': '60' },
    });
    this.cause = cause;
  }
}

/** Rings for queued runs, and completes new ones for which no bell could be rung. */
@Injectable()
export class RunDispatcher {
  private readonly log = new Logger(RunDispatcher.name);

  constructor(
    private readonly transport: JobTransport,
    private readonly database: Database,
    private readonly starts: RunStartsRepository,
    private readonly marks: DispatchMarks,
    private readonly endings: RunEndings,
    private readonly registry: RunRegistry,
  ) {}

  /** Whether row and job commit together. */
  get transactional(): boolean {
    return this.transport.transactional;
  }

  /**
   * Enqueues in the open transaction; with `last`, commits it in the same round trip.
   * @throws RingRefused when the transport refused
   */
  async ringInTransaction(rows: readonly RungRun[], { last = false } = {}): Promise<void> {
    const queues = [...this.byQueue(rows)];
    for (const [at, [queue, ofQueue]] of queues.entries()) {
      try {
        await this.transport.ring(queue, ofQueue.map(jobOf), { last: last && at === queues.length - 1 });
      } catch (error) {
        throw new RingRefused(error);
      }
    }
  }

  /**
   * Enqueues after the commit. Answers the runs that the transport did not confirm in time, completed as failed; of a
   * run that a worker has taken in spite of that, nothing is changed and nothing is answered.
   */
  async ringAfterCommit(rows: readonly RunRow[]): Promise<RunRow[]> {
    const failed = await this.eachQueue(rows, async (queue, ofQueue) => {
      try {
        await this.transport.ring(queue, ofQueue.map(jobOf));
      } catch (error) {
        return this.fail(ofQueue, error);
      }
      this.marks.add(ofQueue.map(jobOf));
      return [];
    });
    return failed.flat();
  }

  /**
   * Changes rows so that they are to be rung for, and rings: with the change where the transport is transactional, else
   * after it. A ring that fails changes nothing more: the runs stay queued and undispatched, and the next sweep sees them.
   * @param change is told whether its rows are born dispatched, and answers them
   */
  async ringFor(change: (dispatched: boolean) => Promise<RunRow[]>): Promise<RunRow[]> {
    if (this.transactional) {
      return this.database.transaction(async () => {
        const rows = await change(true);
        await this.ringInTransaction(rows);
        const untold = rows.filter((row) => row.dispatched_at === null);
        if (untold.length > 0) await this.starts.markDispatched(untold.map(jobOf));
        return rows;
      });
    }
    const rows = await change(false);
    await this.eachQueue(rows, async (queue, ofQueue) => {
      const unheard = await this.transport.ring(queue, ofQueue.map(jobOf)).catch((error: unknown) => ({ error }));
      if (unheard) this.complain(ofQueue, unheard.error);
      else await this.starts.markDispatched(ofQueue.map(jobOf));
    });
    return rows;
  }

  /** Completes queued runs as failed, because of why nobody could be told of them; answers those that were still queued. */
  async fail(rows: readonly RungRun[], because: unknown): Promise<RunRow[]> {
    this.complain(rows, because);
    const completed = await Promise.all(
      rows.map(({ id, dispatch_seq: seq }) =>
        this.endings.fail({ by: 'queued', runId: id, seq }, 'dispatch.unavailable'),
      ),
    );
    return completed.filter((row) => row !== undefined);
  }

  private complain(rows: readonly RungRun[], error: unknown): void {
    const runs = rows.map(({ id }) => id).join(', ');
    this.log.error(`Not dispatched: run ${runs}: ${error instanceof Error ? error.name : 'unknown error'}`);
  }

  /** All at once: a transport that does not answer is waited for once, not once for each queue. */
  private eachQueue<T>(
    rows: readonly RungRun[],
    work: (queue: string, ofQueue: readonly RungRun[]) => Promise<T>,
  ): Promise<T[]> {
    return Promise.all([...this.byQueue(rows)].map(([queue, ofQueue]) => work(queue, ofQueue)));
  }

  private byQueue(rows: readonly RungRun[]): Map<string, RungRun[]> {
    const queues = new Map<string, RungRun[]>();
    for (const row of rows) {
      const queue = this.registry.find(row.type)?.type.queue ?? row.type;
      queues.set(queue, [...(queues.get(queue) ?? []), row]);
    }
    return queues;
  }
}

function jobOf(row: RungRun): RunJob {
  return { runId: row.id, seq: row.dispatch_seq };
}
