import type { RunType } from './run-type.js';

/** A run type that a file declares; `file` is shown when nobody handles the type. */
export interface DeclaredRunType {
  type: RunType<object>;
  file: string;
}

/** Token of a provider that answers {@link DeclaredRunType}s: each of them needs a handler, or the boot stops. */
export const DECLARED_RUN_TYPES = Symbol('run-kit:declared-run-types');
