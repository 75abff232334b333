import { SetMetadata } from '@nestjs/common';
import type { ItemResult, SummaryCounts } from './run-outcome.js';
import type { Json, RunType } from './run-type.js';

/**
 * One item's result; `reasonCode` is required for `failed` and names a code of the failure catalogue. `name` is what
 * people call the item; of ids and names 300 characters are kept.
 */
export interface RunItem {
  itemId: string;
  kind: string;
  name?: string;
  result: ItemResult;
  reasonCode?: string;
}

/** What a handler is given. Everything in it belongs to one run of one tenant. */
export interface RunContext {
  readonly runId: string;
  readonly tenantId: string;
  /** 1 for the first worker that took the run. */
  readonly attempt: number;
  /** Aborts when the lease is lost, a person cancels, the time is up or the process stops. */
  readonly signal: AbortSignal;
  readonly log: { info(message: string, fields?: object): void; warn(message: string, fields?: object): void };
  /** Says how far the work is; written at most once a second, so call it as often as is handy. */
  progress(counts: Partial<SummaryCounts>): void;
  /** Records an item; its row is written with the finish. The counts follow from the items. */
  item(item: RunItem): void;
  /** Throws {@link RunStopped} when this handler may write no more. Call it before each outside effect. */
  checkLease(): Promise<void>;
}

/**
 * How the work ended. `finished`: the outcome follows from the counts. `aborted`: it could not proceed, for the reason
 * named. `context` is merged into the run's context.
 */
export type WorkResult =
  | { stop: 'finished'; counts?: SummaryCounts; context?: Record<string, Json> }
  | { stop: 'aborted'; reasonCode: string; context?: Record<string, Json> };

/** Works one run. A thrown error fails the run with the error's code, or `internal.error` for an unknown error. */
export interface RunProcessor<P extends object> {
  work(payload: P, context: RunContext): Promise<WorkResult>;
}

/** Thrown by `checkLease` and by aborted work; the engine knows why, a handler lets it pass. */
export class RunStopped extends Error {
  constructor(readonly reason: 'lease_lost' | 'cancelled' | 'timeout' | 'shutdown') {
    super(`The run was stopped: ${reason}.`);
    this.name = 'RunStopped';
  }
}

export const PROCESSES = Symbol('run-kit:processes');

/** Marks a Nest provider as the one handler of a run type; a doubled or missing handler stops the boot. */
export function Processes<P extends object>(type: RunType<P>) {
  return <C extends new (...args: never[]) => RunProcessor<P>>(target: C): void => {
    SetMetadata(PROCESSES, type)(target);
  };
}
