import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { RunType } from '#libs/run-kit/src/run-type.js';
import type { Actor } from '../../platform/context/actor.js';
import { currentContext } from '../../platform/context/request-context.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { annotateSpan, inSpan } from '../../platform/telemetry/spans.js';
import { ControllableRuns } from './control/controllable-runs.js';
import { RunCanceller } from './control/run-canceller.js';
import { RunHolds } from './control/run-holds.js';
import type { ShownRow } from './data/run-row.js';
import { DispatchUnavailable, RunNotRetryable } from './operations.errors.js';
import { RunRegistry } from './registry/run-registry.js';
import { startedRun, type StartedRun } from './run-view.js';
import { newRun, type StartOptions } from './start/new-run.js';
import { RunStarter } from './start/run-starter.js';
import { ValidPayloads } from './start/valid-payloads.js';

export type { RunView, StartedRun } from './run-view.js';

/**
 * The door of operations: every module starts, holds, cancels and repeats its long work here. It owns the lifecycle, the
 * dedupe and the failure to dispatch.
 */
@Injectable()
export class OperationRunService {
  private readonly payloads = new ValidPayloads();

  constructor(
    private readonly starter: RunStarter,
    private readonly controllable: ControllableRuns,
    private readonly canceller: RunCanceller,
    private readonly holds: RunHolds,
    private readonly registry: RunRegistry,
  ) {}

  /**
   * Starts a run, or answers the equal one that is already active (`created: false`, never an error). Row, event,
   * queued note, audit entry and, where the transport is transactional, the job commit together; inside a transaction of
   * the caller they commit with it.
   * @throws InvalidPayload with the fields, when the payload does not fit the type
   * @throws DispatchUnavailable with the run, completed as failed, when no worker could be told
   */
  start<P extends object>(scope: TenantScope, actor: Actor, type: RunType<P>, payload: P): Promise<StartedRun> {
    return this.begin(scope, actor, type, payload, {});
  }

  /**
   * Records a run that waits for a person: it is queued, no worker takes it, and it is cancelled when nobody calls
   * {@link release} before `until`.
   */
  hold<P extends object>(
    scope: TenantScope,
    actor: Actor,
    type: RunType<P>,
    payload: P,
    until: Date,
  ): Promise<StartedRun> {
    return this.begin(scope, actor, type, payload, { heldUntil: until });
  }

  /**
   * Lets a held run be worked.
   * @throws RunNotHeld when it was released, cancelled or given up meanwhile
   * @throws DispatchUnavailable with the run, completed as failed, when no worker could be told
   */
  async release(scope: TenantScope, actor: Actor, runId: string): Promise<StartedRun> {
    const { row, undispatched } = await this.holds.release(scope, actor, runId);
    return this.answer(row, true, undispatched);
  }

  /**
   * Asks a run to stop; a queued one is cancelled at once, a running one as soon as its handler listens. Whoever may
   * start the type may cancel it.
   * @throws RunCompleted when there is nothing left to cancel
   * @throws AccessDenied for a run that is not this tenant's, RoleRequired for a role that may not start the type
   */
  async cancel(scope: TenantScope, actor: Actor, role: Role, runId: string): Promise<StartedRun> {
    await this.controllable.find(scope, role, runId);
    return startedRun(await this.canceller.cancel(scope, actor, runId), false, this.registry);
  }

  /**
   * Starts a completed run anew, as a row of its own that names the old one.
   * @throws RunNotRetryable for an active, a succeeded or an archived run, and for work that may not be repeated as it is
   * @throws AccessDenied for a run that is not this tenant's, RoleRequired for a role that may not start the type
   */
  async retry(scope: TenantScope, actor: Actor, role: Role, runId: string): Promise<StartedRun> {
    const { row, type } = await this.controllable.find(scope, role, runId);
    if (row.status !== 'completed') throw new RunNotRetryable('This run is still active. Wait for it, or cancel it.');
    if (row.outcome === 'succeeded') throw new RunNotRetryable('This run succeeded; start a new one where it belongs.');
    if (row.archived) throw new RunNotRetryable('This run is in the archive; start a new one where it belongs.');
    if (type.onLeaseLost === 'fail') {
      throw new RunNotRetryable('This work may not be repeated as it is. Prepare it anew where it belongs.');
    }
    return this.begin(scope, actor, type, row.payload, { retryOf: runId });
  }

  private begin<P extends object>(
    scope: TenantScope,
    actor: Actor,
    type: RunType<P>,
    payload: P,
    options: StartOptions,
  ): Promise<StartedRun> {
    return inSpan('run.start', { 'run.type': type.kind }, async () => {
      this.registry.require(type as unknown as RunType<object>);
      const run = newRun(scope, actor, type, this.payloads.read(type, payload), options);
      const context = { ...(currentContext() ?? { correlationId: randomUUID() }) };
      const { row, created, undispatched } = await this.starter.start({ run, actor, context });
      annotateSpan({ 'run.id': row.id });
      return this.answer(row, created, undispatched);
    });
  }

  private answer(row: ShownRow, created: boolean, undispatched: boolean): StartedRun {
    const started = startedRun(row, created, this.registry);
    if (undispatched) throw new DispatchUnavailable(started);
    return started;
  }
}
