import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { JobTransport, type RunJob } from '../../../platform/queue/job-transport.js';
import { RunWorkRepository } from '../data/run-work.repository.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunExecutor } from './run-executor.js';

/** Runs of one queue that one process works at once; Graph's budget per tenant is the real limit, not the processor. */
const CONCURRENCY = 4;

/** Listens to every queue that a run type names; only the worker process has it. */
@Injectable()
export class RunWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RunWorker.name);
  private readonly shutdown = new AbortController();

  constructor(
    private readonly transport: JobTransport,
    private readonly registry: RunRegistry,
    private readonly runs: RunWorkRepository,
    private readonly executor: RunExecutor,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const queues = new Set(this.registry.all().map(({ type }) => type.queue));
    await Promise.all([...queues].map((queue) => this.transport.listen(queue, CONCURRENCY, (job) => this.take(job))));
  }

  /**
   * Stops the handlers and waits for them, while database and transport still stand. No new job is taken before the
   * first is given back, or this process would take it again.
   */
  async beforeApplicationShutdown(): Promise<void> {
    const ended = this.transport.stopListening();
    this.shutdown.abort();
    await ended;
  }

  private async take(job: RunJob): Promise<void> {
    try {
      await this.work(job);
    } catch (error) {
      // The row still says running: its lease runs out, and whoever recovers lost leases takes it from there.
      this.log.error(
        `run ${job.runId} could not be written to its end`,
        error instanceof Error ? error.stack : undefined,
      );
    }
  }

  private async work(job: RunJob): Promise<void> {
    const row = await this.runs.claim(job.runId, job.seq);
    if (!row) return;
    const executed = await this.executor.execute(row, this.shutdown.signal);
    if (executed.kind === 'lost') this.log.warn(`run ${row.id}: the lease was lost; nothing was written`);
    if (executed.kind === 'released') await this.transport.ring(executed.queue, { runId: row.id, seq: executed.seq });
  }
}
