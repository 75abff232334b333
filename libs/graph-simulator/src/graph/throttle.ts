import type { Family } from './graph-errors.js';

export interface ThrottleLimit {
  /** Requests that a full bucket holds. */
  requests: number;
  /** Seconds in which an empty bucket becomes full again. */
  seconds: number;
}

/** Per app and tenant; Intune: Microsoft's `throttling-intune-*` pages, directory: the smallest tenant's 3,500 units in 10 s. */
export const THROTTLE_LIMITS: Record<Family, ThrottleLimit> = {
  intune: { requests: 1000, seconds: 20 },
  directory: { requests: 3500, seconds: 10 },
};

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket for each family of paths, app and tenant. */
export class Throttle {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limits: Record<Family, ThrottleLimit>,
    private readonly now: () => number,
  ) {}

  /** Takes one request out of the bucket. Answers 0 when there was one, else the whole seconds until there will be. */
  take(family: Family, tenantId: string, appId: string): number {
    const limit = this.limits[family];
    const perMs = limit.requests / (limit.seconds * 1000);
    const key = `${family} ${tenantId} ${appId}`;
    const at = this.now();
    const bucket = this.buckets.get(key) ?? { tokens: limit.requests, at };
    const tokens = Math.min(limit.requests, bucket.tokens + (at - bucket.at) * perMs);
    this.buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000));
  }
}
