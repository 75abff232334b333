import { randomUUID } from 'node:crypto';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Json, RunType } from '#libs/run-kit/src/run-type.js';
import type { Actor } from '../../../platform/context/actor.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { currentTraceParent } from '../../../platform/telemetry/spans.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { NewRun } from '../data/new-row.js';
import { runIdentityHash } from '../identity/run-identity.js';
import { InvalidPayload } from '../operations.errors.js';

/** How a run begins when it does not begin at once and anew. */
export interface StartOptions {
  /** The completed run that a person tries again. */
  retryOf?: string;
  /** Waits for a person until then; see `OperationRunService.hold`. */
  heldUntil?: Date;
}

/**
 * The row to be, in the caller's context.
 * @throws InvalidPayload with the fields, when the payload does not fit the type
 */
export function newRun<P extends object>(
  scope: TenantScope,
  actor: Actor,
  type: RunType<P>,
  payload: P,
  options: StartOptions,
): NewRun {
  const plain = JSON.parse(JSON.stringify(payload)) as Record<string, Json>;
  const parsed = plainToInstance(type.payload, plain);
  const faults = validateSync(parsed, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length > 0) throw new InvalidPayload(faults.map((fault) => fault.property));
  return {
    tenantId: scope.tenantId,
    actor,
    kind: type.kind,
    identity: runIdentityHash(type.kind, type.identity(parsed)).toString('hex'),
    payload: plain,
    subject: type.subject?.(parsed),
    correlationId: currentContext()?.correlationId ?? randomUUID(),
    traceParent: currentTraceParent(),
    retryOf: options.retryOf,
    heldUntil: options.heldUntil,
  };
}
