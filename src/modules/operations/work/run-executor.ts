import { Injectable, Logger } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { outcomeOf, type StopReason } from '#libs/run-kit/src/run-outcome.js';
import type { RunContext, WorkResult } from '#libs/run-kit/src/run-processor.js';
import { SYSTEM, type Actor } from '../../../platform/context/actor.js';
import { runInContext } from '../../../platform/context/request-context.js';
import { DatabaseUnavailable } from '../../../platform/database/database-unavailable.js';
import { isTransient } from '../../../platform/database/is-transient.js';
import { stackOf } from '../../../platform/logging/stack-of.js';
import { withLinkedSpan } from '../../../platform/telemetry/spans.js';
import type { RunRow } from '../data/run-row.js';
import { RunWorkRepository, type Lease } from '../data/run-work.repository.js';
import { FailureCatalogue, type KnownFailure } from '../failures/failure-catalogue.js';
import { RunRegistry, type RegisteredRunType } from '../registry/run-registry.js';
import { RunTimings } from '../run-timings.js';
import { LeaseKeeper, type StopCause } from './lease-keeper.js';
import { RunFinisher } from './run-finisher.js';
import type { Next, Onward } from './run-handover.js';
import { RunLedger, summarise } from './run-ledger.js';

/** How the work of one claim ended. `released`: back in the queue under that ring, for another worker. */
export type Executed = ({ kind: 'completed'; row: RunRow } | { kind: 'lost' } | { kind: 'released'; seq: number }) & {
  next: Next;
};

interface Ended {
  stop: StopReason;
  result: WorkResult | undefined;
  failure: KnownFailure | undefined;
  /** The handler ended with the database, so nothing can be written; its lease runs out, and it is worked again. */
  databaseAway?: boolean;
}

/** Works one claimed run to its end: opens its context, keeps its lease, and completes it with what was reported. */
@Injectable()
export class RunExecutor {
  private readonly log = new Logger(RunExecutor.name);
  private readonly keepers = new Map<string, LeaseKeeper>();

  constructor(
    private readonly runs: RunWorkRepository,
    private readonly registry: RunRegistry,
    private readonly failures: FailureCatalogue,
    private readonly finisher: RunFinisher,
    private readonly timings: RunTimings,
  ) {}

  /** Has the runs that this process works look at once whether a person cancelled them; all when none is named. */
  lookForCancel(runIds: readonly string[] | undefined): void {
    for (const runId of runIds ?? [...this.keepers.keys()]) void this.keepers.get(runId)?.beat();
  }

  /**
   * Works the run of `queue`, and takes the next one of it with its completion. `shutdown` aborts the handler so that the
   * process can stop: then no other is taken, and this one is given back when its work has not begun or its type allows.
   */
  async execute(row: RunRow, queue: string, shutdown: AbortSignal): Promise<Executed> {
    const onward: Onward = { queue, until: shutdown };
    const lease: Lease = { runId: row.id, epoch: row.lease_epoch };
    if (shutdown.aborted) return this.release(row, lease);
    const ledger = new RunLedger();
    const registered = this.registry.find(row.type);
    if (!registered) return this.complete(row, ledger, this.aborted('run.no_handler'), onward);

    const keeper = new LeaseKeeper(this.runs, lease, ledger, this.timings, () => this.finisher.changed(row));
    this.keepers.set(row.id, keeper);
    if (row.cancel_requested_at !== null) keeper.stop('cancelled');
    const onShutdown = (): void => keeper.stop('shutdown');
    shutdown.addEventListener('abort', onShutdown, { once: true });
    keeper.start(registered.type.timeoutMs);
    let ended: Ended;
    try {
      ended = { stop: 'finished', result: await this.work(row, registered, keeper, ledger), failure: undefined };
      if (ended.result?.stop === 'aborted') ended = this.aborted(ended.result.reasonCode, ended.result);
    } catch (error) {
      ended = this.thrown(row, error, keeper.stopped);
      ended.databaseAway = error instanceof DatabaseUnavailable && registered.type.onLeaseLost === 'requeue';
    } finally {
      shutdown.removeEventListener('abort', onShutdown);
      if (this.keepers.get(row.id) === keeper) this.keepers.delete(row.id);
      await keeper.end();
    }
    if (keeper.stopped === 'lease_lost' || ended.databaseAway) return { kind: 'lost', next: 'unknown' };
    if (keeper.stopped === 'shutdown' && ended.result === undefined && registered.type.onLeaseLost === 'requeue') {
      return this.release(row, lease);
    }
    return this.complete(row, ledger, ended, onward);
  }

  private async work(
    row: RunRow,
    registered: RegisteredRunType,
    keeper: LeaseKeeper,
    ledger: RunLedger,
  ): Promise<WorkResult> {
    const payload = plainToInstance(registered.type.payload, row.payload);
    if (validateSync(payload, { whitelist: true, forbidNonWhitelisted: true }).length > 0) {
      return { stop: 'aborted', reasonCode: 'run.invalid_payload' };
    }
    const actor: Actor =
      row.user_id === null ? SYSTEM : { kind: 'user', userId: row.user_id, name: row.initiator_name };
    keeper.signal.throwIfAborted(); // a handler that only listens for the abort would wait for ever
    const context = { correlationId: row.correlation_id, actor, tenantId: row.tenant_id, runId: row.id };
    const attributes = { 'run.id': row.id, 'run.type': row.type, 'run.attempt': row.attempt };
    return runInContext(context, () =>
      withLinkedSpan('run.work', row.trace_parent, attributes, () =>
        registered.processor.work(payload, this.contextOf(row, keeper, ledger)),
      ),
    );
  }

  private contextOf(row: RunRow, keeper: LeaseKeeper, ledger: RunLedger): RunContext {
    const about = { runId: row.id, tenantId: row.tenant_id, correlationId: row.correlation_id };
    return {
      runId: row.id,
      tenantId: row.tenant_id,
      attempt: row.attempt,
      signal: keeper.signal,
      log: {
        info: (message, fields) => this.log.log(message, { ...about, ...fields }),
        warn: (message, fields) => this.log.warn(message, { ...about, ...fields }),
      },
      progress: (counts) => ledger.progress(counts),
      item: (item) => ledger.item(item),
      checkLease: () => keeper.check(),
    };
  }

  private thrown(row: RunRow, error: unknown, cause: StopCause | undefined): Ended {
    if (cause === 'cancelled') return { stop: 'cancelled', result: undefined, failure: undefined };
    if (cause === 'timeout') return this.aborted('run.timeout');
    if (cause === 'shutdown') return this.aborted('worker.lost');
    const failure = this.failures.failureOf(error);
    if (failure.code === 'internal.error') {
      this.log.error(`run ${row.id} (${row.type}) failed`, stackOf(error));
    } else if (isTransient(error)) {
      this.log.error(`run ${row.id} (${row.type}) failed with ${failure.code}`); // whoever runs the database is to know
    }
    return this.aborted(failure.code);
  }

  private aborted(code: string, result?: WorkResult): Ended {
    return { stop: 'aborted', result, failure: this.failures.failure(code) };
  }

  private async complete(held: RunRow, ledger: RunLedger, ended: Ended, onward: Onward): Promise<Executed> {
    const items = ledger.finishedItems(this.failures);
    const counts = ledger.finalCounts(ended.result?.stop === 'finished' ? ended.result.counts : undefined);
    const own = ended.failure ? [{ ...ended.failure, count: 1 }] : [];
    const finish = {
      outcome: outcomeOf(counts, ended.stop),
      counts,
      failures: [...own, ...summarise(items)],
      context: ended.result?.context ?? {},
      items,
    };
    const { row, next } = await this.finisher.finish(held, finish, onward);
    return row ? { kind: 'completed', row, next } : { kind: 'lost', next };
  }

  private async release(row: RunRow, lease: Lease): Promise<Executed> {
    const seq = await this.runs.release(lease);
    this.finisher.changed(row);
    return seq === undefined ? { kind: 'lost', next: 'unknown' } : { kind: 'released', seq, next: 'unknown' };
  }
}
