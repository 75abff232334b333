import { Injectable, Logger } from '@nestjs/common';
import { NO_COUNTS } from '#libs/run-kit/src/run-outcome.js';
import { Database } from '../../platform/database/database.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { JobTransport } from '../../platform/queue/job-transport.js';
import type { RunRow } from './data/run-row.js';
import { RunStartsRepository } from './data/run-starts.repository.js';
import { FailureCatalogue } from './failures/failure-catalogue.js';
import { RunCompletion } from './work/run-completion.js';

/** Rings for new runs, and completes those for which no bell could be rung. */
@Injectable()
export class RunDispatcher {
  private readonly log = new Logger(RunDispatcher.name);

  constructor(
    private readonly transport: JobTransport,
    private readonly database: Database,
    private readonly starts: RunStartsRepository,
    private readonly completion: RunCompletion,
    private readonly failures: FailureCatalogue,
  ) {}

  /** Whether row and job commit together. */
  get transactional(): boolean {
    return this.transport.transactional;
  }

  /**
   * Enqueues in the open transaction. Answers the run as failed when the transport refused; the transaction stays
   * usable, because the attempt stands behind a savepoint.
   */
  async ringInTransaction(row: RunRow, queue: string): Promise<RunRow | undefined> {
    await this.database.query('SAVEPOINT ring');
    try {
      await this.transport.ring(queue, { runId: row.id, seq: row.dispatch_seq });
      await this.database.query('RELEASE SAVEPOINT ring');
      return undefined;
    } catch (error) {
      await this.database.query('ROLLBACK TO SAVEPOINT ring');
      return this.fail(row, error);
    }
  }

  /** Enqueues after the commit. Answers the run as failed when the transport did not confirm in time. */
  async ringAfterCommit(scope: TenantScope, row: RunRow, queue: string): Promise<RunRow | undefined> {
    try {
      await this.transport.ring(queue, { runId: row.id, seq: row.dispatch_seq });
    } catch (error) {
      return this.fail(row, error);
    }
    await this.starts.markDispatched(scope, row.id, row.dispatch_seq);
    return undefined;
  }

  /** A job that lands in spite of this finds no queued row with its sequence and is dropped by the claim. */
  private async fail(row: RunRow, error: unknown): Promise<RunRow | undefined> {
    this.log.error(`run ${row.id} could not be dispatched: ${error instanceof Error ? error.name : 'unknown error'}`);
    const failure = this.failures.failure('dispatch.unavailable');
    return this.completion.complete(
      { runId: row.id, queuedSeq: row.dispatch_seq },
      { outcome: 'failed', counts: NO_COUNTS, failures: [{ ...failure, count: 1 }], context: {}, items: [] },
    );
  }
}
