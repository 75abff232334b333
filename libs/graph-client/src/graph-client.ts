import type { BatchReply } from './batch/batch-member.js';
import { type BatchOptions, type BatchRequest, readBatch } from './batch/read-batch.js';
import { TenantBudgets } from './budget/tenant-budgets.js';
import { readCost } from './budget/workload.js';
import { DEFAULT_LIMITS, type GraphLimits } from './graph-limits.js';
import type { GraphObject } from './graph-object.js';
import { type GraphPage, readPages } from './paging/pages.js';
import { type GraphClock, systemClock } from './time/graph-clock.js';
import type { TokenSource } from './token-source.js';
import { UNOBSERVED, type GraphObserver } from './transport/graph-observer.js';
import { GraphTransport } from './transport/graph-transport.js';
import { graphPath } from './transport/graph-url.js';

export type { BatchReply } from './batch/batch-member.js';
export type { BatchOptions, BatchRequest } from './batch/read-batch.js';
export type { GraphObject } from './graph-object.js';
export type { GraphPage } from './paging/pages.js';

export interface GraphReadOptions {
  /** OData options by name (`$filter`, `$expand`); values are plain text and percent-encoded here. */
  query?: Readonly<Record<string, string>>;
  /** Ends the call, its waits included, with the signal's own reason. */
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Reads Microsoft Graph. Every `path` starts with the version (`/beta/deviceManagement/configurationPolicies`), or is a
 * link that Graph gave, which is followed as given and only to the configured origin.
 * All methods throw GraphFailure, or the signal's reason.
 */
export interface GraphClient {
  get(path: string, options?: GraphReadOptions): Promise<GraphObject>;
  /** Every item of every page. */
  list(path: string, options?: GraphReadOptions): Promise<GraphObject[]>;
  /** Page by page, for collections that should not be held whole; reading can go on at a page's link later. */
  pages(path: string, options?: GraphReadOptions): AsyncIterable<GraphPage>;
  /**
   * One reply per id, 20 requests to a call; conditional access one by one, for it allows no more at once. A member's body that is a collection may carry `@odata.nextLink`; go on
   * from there with `list`.
   */
  batch(requests: readonly BatchRequest[], options?: BatchOptions): Promise<Map<string, BatchReply>>;
}

export interface GraphClientSettings {
  /** `https://graph.microsoft.com`, or a simulator's origin. */
  graphOrigin: string;
  tokens: TokenSource;
  limits?: Partial<GraphLimits>;
  clock?: GraphClock;
  random?: () => number;
  /** Shared by the clients of one tenant; a client without them has budgets of its own. */
  budgets?: TenantBudgets;
  /** Is told of every request, for metrics and traces. */
  observer?: GraphObserver;
}

/** A client of one tenant: the token source says which. Keep it as long as the tenant is worked on. */
export function createGraphClient(settings: GraphClientSettings): GraphClient {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const clock = settings.clock ?? systemClock;
  const transport = new GraphTransport({
    graphOrigin: settings.graphOrigin,
    tokens: settings.tokens,
    budgets: settings.budgets ?? new TenantBudgets(limits, clock),
    limits,
    clock,
    random: settings.random ?? Math.random,
    observer: settings.observer ?? UNOBSERVED,
  });
  const pages = (path: string, { query, headers, signal }: GraphReadOptions = {}): AsyncGenerator<GraphPage> =>
    readPages(transport, { target: graphPath(path, query), headers, signal });
  return {
    get: (path, { query, headers, signal } = {}) => {
      const target = graphPath(path, query);
      return transport.send({ method: 'GET', target, headers, signal, cost: readCost(target) });
    },
    list: async (path, options) => {
      const items: GraphObject[] = [];
      for await (const page of pages(path, options)) for (const item of page.items) items.push(item);
      return items;
    },
    pages,
    batch: (requests, options) => readBatch(transport, requests, options),
  };
}
