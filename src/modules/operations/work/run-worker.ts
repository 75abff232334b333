import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { LiveListener } from '../../../platform/live/live-listener.js';
import { wordsOf } from '../../../platform/live/live-signals.js';
import { JobTransport, type RunJob } from '../../../platform/queue/job-transport.js';
import type { RunRow } from '../data/run-row.js';
import { RUN_CANCEL_CHANNEL } from '../live/run-changes.js';
import { RunRegistry } from '../registry/run-registry.js';
import { queuesOf } from './lanes.js';
import { RunExecutor } from './run-executor.js';
import type { Next } from './run-handover.js';
import { RunTaker } from './run-taker.js';

/** Runs of one queue that one process works at once; Graph's budget per tenant is the real limit, not the processor. */
const CONCURRENCY = 4;

/** Listens to every queue that a run type names; only the worker process has it. */
@Injectable()
export class RunWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RunWorker.name);
  private readonly shutdown = new AbortController();
  private serving = false;

  constructor(
    private readonly transport: JobTransport,
    private readonly registry: RunRegistry,
    private readonly taker: RunTaker,
    private readonly executor: RunExecutor,
    private readonly listener: LiveListener,
  ) {}

  /** Whether every queue is listened to, and new work is taken. */
  get listening(): boolean {
    return this.serving;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.subscribe(RUN_CANCEL_CHANNEL, (message) => {
      this.executor.lookForCancel(message === undefined ? undefined : wordsOf(message));
    });
    const queues = queuesOf(this.registry);
    // Each run that is worked listens; Node takes more than ten for a leak.
    setMaxListeners(queues.length * CONCURRENCY, this.shutdown.signal);
    await Promise.all(
      queues.map((queue) => this.transport.listen(queue, CONCURRENCY, (job) => this.answer(queue, job))),
    );
    this.serving = true;
  }

  /**
   * Stops the handlers and waits for them, while database and transport still stand. No new job is taken before the
   * first is given back, or this process would take it again.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.serving = false;
    const ended = this.transport.stopListening();
    this.shutdown.abort();
    await ended;
  }

  /** Works what the ring leads to, and goes on while more waits. */
  private async answer(queue: string, job: RunJob): Promise<void> {
    let held: RunRow | undefined;
    try {
      held = await this.taker.take(queue, job.runId);
      while (held) {
        const next = await this.work(held, queue);
        held = undefined;
        held = await this.following(queue, next);
      }
    } catch (error) {
      // The row is the truth: its lease runs out or its ring is missed, and the sweep takes it from there.
      const what = held ? `run ${held.id} could not be written to its end` : 'no run could be taken';
      this.log.error(`queue ${queue}: ${what}`, error instanceof Error ? error.stack : undefined);
    }
  }

  /** What was taken with the completion is worked even when this process stops meanwhile: that gives it back. */
  private async following(queue: string, next: Next): Promise<RunRow | undefined> {
    if (next === 'nothing') return undefined;
    if (next !== 'unknown') return next;
    return this.shutdown.signal.aborted ? undefined : this.taker.takeMore(queue);
  }

  private async work(row: RunRow, queue: string): Promise<Next> {
    const executed = await this.executor.execute(row, queue, this.shutdown.signal);
    if (executed.kind === 'lost')
      this.log.warn(`run ${row.id}: the lease was lost, or what was written was not confirmed`);
    if (executed.kind === 'released') await this.transport.ring(queue, [{ runId: row.id, seq: executed.seq }]);
    return executed.next;
  }
}
