import { SetMetadata } from '@nestjs/common';

/**
 * Removes what is kept beside runs and has served its time. `Scope` is the application's proof of the tenant. It is asked
 * for every tenant again and again, at times of the engine's own and maybe by several processes at once.
 */
export interface Housekeeping<Scope extends { readonly tenantId: string }> {
  tidy(scope: Scope): Promise<void>;
}

export const KEEPS_HOUSE = Symbol('run-kit:keeps-house');

/** Marks a Nest provider as housekeeping that the worker processes see to. */
export function KeepsHouse() {
  return <C extends new (...args: never[]) => { tidy(scope: never): Promise<void> }>(target: C): void => {
    SetMetadata(KEEPS_HOUSE, true)(target);
  };
}
