/** How patient and how fast one client is. Durations are milliseconds. */
export interface GraphLimits {
  /** Requests of any kind per window and tenant. */
  requestsPerWindow: number;
  /** Changing requests (everything but GET) per window and tenant. */
  writesPerWindow: number;
  windowMs: number;
  /** Attempts of one call, the first included. */
  maxAttempts: number;
  /** Wall clock of one call with all its retries; waiting for the tenant's own request budget is not counted. */
  callBudgetMs: number;
  /** Longest time of one attempt, from connecting to the last byte. */
  attemptTimeoutMs: number;
  /** First wait when an answer names none; doubles with each further attempt up to the cap. */
  backoffBaseMs: number;
  backoffCapMs: number;
  /** Largest body that is read, decompressed. */
  maxBodyBytes: number;
  /** Pages of one listing; more of them is taken for a loop. */
  maxPages: number;
}

/**
 * Intune allows an app in one tenant 1,000 requests and 100 writes in 20 s (microsoft-graph-docs-contrib,
 * `includes/throttling-intune-*.md`); 80 % of both leaves room for clock skew and a second process.
 */
export const DEFAULT_LIMITS: Readonly<GraphLimits> = Object.freeze({
  requestsPerWindow: 800,
  writesPerWindow: 80,
  windowMs: 20_000,
  maxAttempts: 8,
  callBudgetMs: 300_000,
  attemptTimeoutMs: 100_000,
  backoffBaseMs: 10_000,
  backoffCapMs: 60_000,
  maxBodyBytes: 32 * 1024 * 1024,
  maxPages: 10_000,
});
