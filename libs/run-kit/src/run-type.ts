import type { Permission } from '#libs/access-model/src/permissions.js';

/** A value that survives JSON unchanged; a run's scope and context are made of it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A class whose properties carry class-validator decorators; an instance is a run's payload. */
export type PayloadClass<P extends object> = new () => P;

/** A payload as it is lent out: whoever starts the same again is given the same object. */
export type Lent<T> = T extends object ? { readonly [K in keyof T]: Lent<T[K]> } : T;

/** What a run is about, for lists and search: e.g. `{type: 'backup_set', id: '12', name: 'Before change 1234'}`. */
export interface RunSubject {
  type: string;
  id: string;
  name?: string;
}

/** A link from a run to what it worked on. `href` is an API path below `/api/v1/tenants/:tenantId`. */
export interface RelatedLink {
  rel: string;
  label: string;
  href: string;
}

/** The run as `relatedLinks` sees it: its payload and what the handler added to the context. */
export interface RunReference<P> {
  runId: string;
  payload: P;
  context: Readonly<Record<string, Json>>;
}

/**
 * Makes a type one that people may put on a schedule. `request` is what a schedule of it keeps: the payload's own class,
 * or another one where a payload is made at each tick (see `PreparesScheduled`). An empty request must be valid.
 */
export interface ScheduleSpec {
  request: PayloadClass<object>;
}

export interface RunTypeSpec<P extends object> {
  /** Stable name in the database, `resource.action`; never changes once runs of it exist. */
  kind: string;
  /** Names that earlier versions stored for this type; runs of them are still worked and shown. */
  formerKinds?: readonly string[];
  /** Its rules look at the payload alone: equal ones are equally valid. `identity` and `subject` get it frozen. */
  payload: PayloadClass<P>;
  /** Words for people: `noun` "Inventory sync"; the others fill "<doing> …" and the notification texts. */
  label: { noun: string; doing: string; done: string; failed: string };
  /**
   * Reason codes that this type's items and aborts use beside the common ones: one short sentence each, with a next
   * step, and nothing of the run in it. They join the failure catalogue at boot.
   */
  reasons?: Readonly<Record<string, string>>;
  /** The permission that a member needs to start it. */
  access: Permission;
  /** The queue it waits in, e.g. `policy-export`; one worker serves one queue. */
  queue: string;
  /**
   * What makes two starts "the same": equal scope while one is active means one run. Leave out what does not change the
   * work (names, comments); sort what is a set.
   */
  identity: (payload: Lent<P>) => Json;
  subject?: (payload: Lent<P>) => RunSubject | undefined;
  relatedLinks?: (run: RunReference<P>) => RelatedLink[];
  /** After a lost worker: `requeue` for work that may be repeated, `fail` for work that must not. */
  onLeaseLost: 'requeue' | 'fail';
  /** How often a worker may take the run before it fails; counts the first time. */
  maxAttempts: number;
  /** Longest working time in milliseconds, 24 days at most; the handler is aborted after it. */
  timeoutMs: number;
  /** Runs of this type that may work at once in one tenant; Infinity for no limit. */
  limitPerTenant: number;
  /** Left out for what only a person may start. */
  schedule?: ScheduleSpec;
}

export type RunType<P extends object> = Readonly<Required<Pick<RunTypeSpec<P>, 'formerKinds'>>> &
  Readonly<RunTypeSpec<P>>;

const KIND = /^[a-z][a-z_]*\.[a-z][a-z_]*$/;
/** What every transport takes for a queue's name; BullMQ refuses colons. */
const QUEUE = /^[a-z][a-z0-9_-]*$/;
/** A timer of Node that is set to more than this fires at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Declares a run type once; everything else (queue, labels, links, notes, access) is read from the answer. */
export function defineRunType<P extends object>(spec: RunTypeSpec<P>): RunType<P> {
  for (const kind of [spec.kind, ...(spec.formerKinds ?? [])]) {
    if (!KIND.test(kind)) throw new Error(`Run type "${kind}": a kind is "resource.action" in lower case.`);
  }
  const fault = faultOf(spec);
  if (fault !== undefined) throw new Error(`Run type "${spec.kind}": ${fault}`);
  return Object.freeze({ ...spec, formerKinds: Object.freeze([...(spec.formerKinds ?? [])]) });
}

function faultOf({
  queue,
  maxAttempts,
  timeoutMs,
  limitPerTenant,
}: Pick<RunTypeSpec<object>, 'queue' | 'maxAttempts' | 'timeoutMs' | 'limitPerTenant'>): string | undefined {
  if (!QUEUE.test(queue)) return 'its queue is named by a lower-case word, with digits, "-" and "_" in it.';
  if (!isCount(maxAttempts)) return 'maxAttempts is a whole number, 1 or more.';
  if (!isCount(limitPerTenant) && limitPerTenant !== Infinity) {
    return 'limitPerTenant is a whole number, 1 or more, or Infinity.';
  }
  if (timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS) return undefined;
  return `timeoutMs is 1 to ${LONGEST_TIMEOUT_MS} (24 days).`;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

/** Whether a value is what `defineRunType` answers; a module's exports are searched with it. */
export function isRunType(value: unknown): value is RunType<object> {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, payload, identity, formerKinds } = value as Partial<Record<keyof RunType<object>, unknown>>;
  return (
    typeof kind === 'string' &&
    KIND.test(kind) &&
    typeof payload === 'function' &&
    typeof identity === 'function' &&
    Array.isArray(formerKinds)
  );
}
