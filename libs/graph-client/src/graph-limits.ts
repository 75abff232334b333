/** How patient and how fast one client is. Durations are milliseconds. */
export interface GraphLimits {
  /** Requests of any kind per window and tenant. */
  requestsPerWindow: number;
  /** Changing requests (everything but GET) per window and tenant. */
  writesPerWindow: number;
  windowMs: number;
  /** Conditional access: one request in this time. */
  conditionalAccessWindowMs: number;
  /** Resource units of the directory per its window and tenant. */
  directoryUnitsPerWindow: number;
  directoryWritesPerWindow: number;
  directoryWindowMs: number;
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
 * `includes/throttling-intune-*.md`); 95 % of the first and 80 % of the second, counted over an exact window, leave room
 * for clock skew, and what is refused because a second process asks meanwhile is asked again. Conditional access allows one a second, for all apps together, and says no Retry-After; the directory 3,500 units in 10 s to the smallest
 * tenants and 3,000 writes in 150 s (`concepts/throttling-limits.md`).
 */
export const DEFAULT_LIMITS: Readonly<GraphLimits> = Object.freeze({
  requestsPerWindow: 950,
  writesPerWindow: 80,
  windowMs: 20_000,
  conditionalAccessWindowMs: 1_050,
  directoryUnitsPerWindow: 2_800,
  directoryWritesPerWindow: 160,
  directoryWindowMs: 10_000,
  maxAttempts: 8,
  callBudgetMs: 300_000,
  attemptTimeoutMs: 100_000,
  backoffBaseMs: 10_000,
  backoffCapMs: 60_000,
  maxBodyBytes: 32 * 1024 * 1024,
  maxPages: 10_000,
});
