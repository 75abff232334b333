import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from './actor.js';

/** What is known of the call that is being served; the access guard adds who calls and for which tenant. */
export interface RequestContext {
  readonly correlationId: string;
  /** The client's network address; undefined for a run and when it is not known. */
  readonly address?: string | undefined;
  /** The client's program, as it names itself. */
  readonly userAgent?: string | undefined;
  actor?: Actor;
  tenantId?: string;
  /** The run that is being worked; undefined in a request. */
  runId?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the caller, undefined outside a request or a run. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs `work` inside `context`; used around a request and, with the run row's values, around a run's handler. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
