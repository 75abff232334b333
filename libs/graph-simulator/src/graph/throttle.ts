import { RetryAfterWriter } from '../budget/retry-after-form.js';
import { SlidingWindow } from '../budget/sliding-window.js';
import { TokenBucket } from '../budget/token-bucket.js';
import { workloadOf, type Workload } from '../budget/workload.js';
import { graphError, tooManyRequests, type GraphReply, type RequestTrace } from './graph-errors.js';

export interface ThrottleLimit {
  requests: number;
  seconds: number;
  /** Changing requests in the same time; the published tenth of `requests` unless told. */
  writes?: number;
}

/** Per app and tenant, each Intune family on its own; all apps of a tenant together have twice as much (`throttling-intune-*`). */
export const INTUNE_LIMIT: Required<ThrottleLimit> = { requests: 1000, writes: 100, seconds: 20 };
/** One request per second and tenant over all apps, and no Retry-After (`concepts/throttling-limits.md`). */
const CONDITIONAL_ACCESS: ThrottleLimit = { requests: 1, seconds: 1 };
/** Resource units per app and tenant in ten seconds, by size of the tenant; writes are counted besides. */
const DIRECTORY_UNITS = { small: 3500, medium: 5000, large: 8000 };
const DIRECTORY_SECONDS = 10;
const DIRECTORY_WRITES: ThrottleLimit = { requests: 3000, seconds: 150 };
/** Of one app over all tenants and workloads, besides their own limits (`concepts/throttling-limits.md`, "Global limit"). */
export const APP_LIMIT: ThrottleLimit = { requests: 2000, seconds: 1 };

export interface ThrottledCall {
  method: string;
  /** Path and query below the version. */
  target: string;
  tenantId: string;
  appId: string;
  /** Users of the tenant: its size. */
  users: number;
}

/** What the budgets say to a call: go on, or this answer. `headers` go with either. */
export interface Verdict {
  refusal: GraphReply | undefined;
  headers: Record<string, string>;
}

/** Something with a limit; `take` only after `waitFor` was 0. */
interface Gauge {
  waitFor(now: number): number;
  take(now: number): void;
}

/** Gauges that refuse together: who is refused by one of them waits for the scope. */
interface Limit {
  scope: string;
  gauges: Gauge[];
}

/** A refused caller who comes back too early is refused again, and its wait starts anew. */
interface Block {
  since: number;
  until: number;
  waitMs: number;
}

/** The published budgets, counted on the simulator's clock. */
export class Throttle {
  readonly retryAfter = new RetryAfterWriter();
  private readonly windows = new Map<string, SlidingWindow>();
  private readonly buckets = new Map<string, TokenBucket>();
  private readonly blocks = new Map<string, Block>();

  constructor(
    private readonly now: () => number,
    private readonly intune: ThrottleLimit = INTUNE_LIMIT,
    private readonly app: ThrottleLimit = APP_LIMIT,
  ) {}

  /** Counts a call against every budget that it falls under, or refuses it. A refused call is not counted. */
  take(call: ThrottledCall, trace: RequestTrace): Verdict {
    const workload = workloadOf(call.method, call.target);
    const now = this.now();
    const ofApp = this.appLimit(call.appId);
    const limits = [{ scope: scopeOf(workload, call), gauges: this.gauges(workload, call) }, ofApp];
    const refusing = limits.find((limit) => this.waitFor(limit, now) > 0);
    if (refusing !== undefined) {
      const block = this.block(refusing.scope, now, this.waitFor(refusing, now));
      const refusal = refusing === ofApp ? this.refuseApp(block, trace) : this.refuse(workload, call, block, trace);
      return { refusal, headers: {} };
    }
    for (const { scope, gauges } of limits) {
      this.blocks.delete(scope);
      for (const gauge of gauges) gauge.take(now);
    }
    return { refusal: undefined, headers: this.headers(workload, call, now) };
  }

  /** Milliseconds; 0 = now. Who comes back too early is to wait as long as the first time. */
  private waitFor({ scope, gauges }: Limit, now: number): number {
    const open = this.blocks.get(scope);
    return open !== undefined && now < open.until
      ? open.waitMs
      : Math.max(...gauges.map((gauge) => gauge.waitFor(now)));
  }

  /** Calls that were under way when the first one was refused cannot have known: within this time nothing is added. */
  private block(scope: string, now: number, waitMs: number): Block {
    const open = this.blocks.get(scope);
    const known = open !== undefined && now < open.until;
    if (known && now - open.since <= Math.min(1000, waitMs / 4)) return open;
    const block = { since: now, until: now + waitMs, waitMs };
    this.blocks.set(scope, block);
    return block;
  }

  private appLimit(appId: string): Limit {
    const scope = `app ${appId}`;
    return { scope, gauges: [this.window(scope, this.app.requests, this.app.seconds)] };
  }

  private gauges(workload: Workload, { tenantId, appId, users }: ThrottledCall): Gauge[] {
    switch (workload.kind) {
      case 'intune': {
        const { requests, seconds, writes = Math.ceil(requests / 10) } = this.intune;
        const key = `${workload.family} ${tenantId}`;
        const any = [
          this.window(`${key} ${appId}`, requests, seconds),
          this.window(`${key} all`, requests * 2, seconds),
        ];
        if (!workload.write) return any;
        return [
          ...any,
          this.window(`${key} ${appId} write`, writes, seconds),
          this.window(`${key} all write`, writes * 2, seconds),
        ];
      }
      case 'conditional-access':
        return [this.window(`conditional-access ${tenantId}`, CONDITIONAL_ACCESS.requests, CONDITIONAL_ACCESS.seconds)];
      case 'directory': {
        const bucket = this.bucket(tenantId, appId, users);
        const units: Gauge = {
          waitFor: (now) => bucket.waitFor(workload.units, now),
          take: (now) => bucket.take(workload.units, now),
        };
        const { requests, seconds } = DIRECTORY_WRITES;
        return workload.write
          ? [units, this.window(`directory ${tenantId} ${appId} write`, requests, seconds)]
          : [units];
      }
    }
  }

  private refuseApp({ until }: Block, trace: RequestTrace): GraphReply {
    const wait = this.retryAfter.write(this.now(), until);
    return graphError(
      trace,
      429,
      'TooManyRequests',
      'Too many requests.',
      wait === undefined ? {} : { 'Retry-After': wait },
    );
  }

  private refuse(workload: Workload, call: ThrottledCall, { until }: Block, trace: RequestTrace): GraphReply {
    switch (workload.kind) {
      case 'intune':
        return tooManyRequests(trace, 'intune', this.retryAfter.write(this.now(), until), call.appId, call.tenantId);
      case 'conditional-access':
        return graphError(trace, 429, 'TooManyRequests', 'Too many requests.');
      case 'directory': {
        const reply = tooManyRequests(
          trace,
          'directory',
          this.retryAfter.write(this.now(), until),
          call.appId,
          call.tenantId,
        );
        const used = this.bucket(call.tenantId, call.appId, call.users).waitFor(workload.units, this.now()) > 0;
        const information = used || !workload.write ? 'ResourceUnitLimitExceeded' : 'WriteLimitExceeded';
        return { ...reply, headers: { ...reply.headers, 'x-ms-throttle-information': information } };
      }
    }
  }

  private headers(workload: Workload, call: ThrottledCall, now: number): Record<string, string> {
    if (workload.kind !== 'directory') return {};
    const used = this.bucket(call.tenantId, call.appId, call.users).used(now);
    return {
      'x-ms-resource-unit': String(workload.units),
      ...(used > 0.8 ? { 'x-ms-throttle-limit-percentage': used.toFixed(2) } : {}),
    };
  }

  private window(key: string, limit: number, seconds: number): SlidingWindow {
    const window = this.windows.get(key) ?? new SlidingWindow(limit, seconds * 1000);
    this.windows.set(key, window);
    return window;
  }

  private bucket(tenantId: string, appId: string, users: number): TokenBucket {
    const key = `${tenantId} ${appId}`;
    const bucket = this.buckets.get(key) ?? new TokenBucket(DIRECTORY_UNITS[sizeOf(users)], DIRECTORY_SECONDS);
    this.buckets.set(key, bucket);
    return bucket;
  }
}

/** Small is under 50 users, large above 500 (`concepts/throttling-limits.md`). */
function sizeOf(users: number): keyof typeof DIRECTORY_UNITS {
  if (users < 50) return 'small';
  return users <= 500 ? 'medium' : 'large';
}

function scopeOf(workload: Workload, { tenantId, appId }: ThrottledCall): string {
  switch (workload.kind) {
    case 'intune':
      return `${workload.family} ${tenantId} ${appId}`;
    case 'conditional-access':
      return `conditional-access ${tenantId}`;
    case 'directory':
      return `directory ${tenantId} ${appId}`;
  }
}
