import { TenantBudgets } from '#libs/graph-client/src/budget/tenant-budgets.js';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import { DEFAULT_LIMITS } from '#libs/graph-client/src/graph-limits.js';
import { systemClock } from '#libs/graph-client/src/time/graph-clock.js';

/** Longer than a token lives and than any budget looks back. */
const FORGET_AFTER_MS = 24 * 60 * 60_000;

interface KeptClient {
  client: GraphClient;
  /** Of the secret or the private key. */
  credentialDigest: string;
  askedAt: number;
}

/**
 * One client for each directory and app. One that nobody has asked for in a day is forgotten, and its budgets with it as
 * soon as nobody works with it any more: whoever still does, or has one with a former credential, shares them with the
 * next.
 */
export class KeptGraphClients {
  private readonly clients = new Map<string, KeptClient>();
  private readonly budgets = new Map<string, WeakRef<TenantBudgets>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * @param key of the directory and the app
   * @param make makes a client that keeps to these budgets
   */
  of(key: string, credentialDigest: string, make: (budgets: TenantBudgets) => GraphClient): GraphClient {
    const kept = this.clients.get(key);
    const askedAt = this.now();
    if (kept?.credentialDigest === credentialDigest) {
      kept.askedAt = askedAt;
      return kept.client;
    }
    this.forget(askedAt - FORGET_AFTER_MS);
    const budgets = this.budgets.get(key)?.deref() ?? new TenantBudgets(DEFAULT_LIMITS, systemClock);
    const client = make(budgets);
    this.clients.set(key, { client, credentialDigest, askedAt });
    this.budgets.set(key, new WeakRef(budgets));
    return client;
  }

  private forget(askedBefore: number): void {
    for (const [key, { askedAt }] of this.clients) if (askedAt < askedBefore) this.clients.delete(key);
    for (const [key, budgets] of this.budgets) if (budgets.deref() === undefined) this.budgets.delete(key);
  }
}
