import { SetMetadata } from '@nestjs/common';
import type { RunType } from './run-type.js';

/**
 * Makes the payload of one scheduled run out of what the schedule keeps: for types whose payload depends on when it is
 * started, or that may be refused. `Scope` is the application's proof of the tenant. Both methods refuse by throwing an
 * error with a `code` that people may see.
 */
export interface RunPreparation<Request extends object, P extends object, Scope extends { readonly tenantId: string }> {
  /** Asked when a schedule is saved: refuses a request that no tick could ever work. */
  check?(scope: Scope, request: Request): Promise<void>;
  /** Asked at each tick: answers the payload to start with, or refuses this tick alone. */
  prepare(scope: Scope, request: Request): Promise<P>;
}

export const PREPARES = Symbol('run-kit:prepares');

/** Marks a Nest provider as the one preparation of a run type with a `schedule`; a doubled one stops the boot. */
export function PreparesScheduled<P extends object>(type: RunType<P>) {
  return <C extends new (...args: never[]) => { prepare(scope: never, request: never): Promise<P> }>(
    target: C,
  ): void => {
    SetMetadata(PREPARES, type)(target);
  };
}
