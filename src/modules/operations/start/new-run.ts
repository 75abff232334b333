import { randomUUID } from 'node:crypto';
import type { RunType } from '#libs/run-kit/src/run-type.js';
import type { Actor } from '../../../platform/context/actor.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { currentTraceParent } from '../../../platform/telemetry/spans.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { NewRun } from '../data/new-row.js';
import type { ValidPayload } from './valid-payloads.js';

/** How a run begins when it does not begin at once and anew. */
export interface StartOptions {
  /** The completed run that a person tries again. */
  retryOf?: string;
  /** Waits for a person until then; see `OperationRunService.hold`. */
  heldUntil?: Date;
}

/** The row to be, in the caller's context. */
export function newRun<P extends object>(
  scope: TenantScope,
  actor: Actor,
  type: RunType<P>,
  { plain, parsed, identity }: ValidPayload<P>,
  options: StartOptions,
): NewRun {
  return {
    tenantId: scope.tenantId,
    actor,
    kind: type.kind,
    identity,
    payload: plain,
    subject: type.subject?.(parsed),
    correlationId: currentContext()?.correlationId ?? randomUUID(),
    traceParent: currentTraceParent(),
    retryOf: options.retryOf,
    heldUntil: options.heldUntil,
  };
}
