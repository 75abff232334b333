import { type GraphClient, createGraphClient } from '../src/graph-client.js';
import type { GraphFailure } from '../src/graph-failure.js';
import type { GraphLimits } from '../src/graph-limits.js';
import type { TokenSource } from '../src/token-source.js';
import { ManualClock } from './manual-clock.js';

export interface TestClient {
  client: GraphClient;
  clock: ManualClock;
  /** The options of every token request. */
  asked: { forceRefresh?: boolean }[];
}

/** A client of `graphOrigin` with waits that pass at once, no jitter, and tokens `token-1`, `token-2` per refresh. */
export function testClient(graphOrigin: string, limits: Partial<GraphLimits> = {}): TestClient {
  const clock = new ManualClock();
  const asked: { forceRefresh?: boolean }[] = [];
  let serial = 1;
  const tokens: TokenSource = {
    token: (options = {}) => {
      asked.push(options);
      if (options.forceRefresh) serial += 1;
      return Promise.resolve(`token-${serial}`);
    },
  };
  return { client: createGraphClient({ graphOrigin, tokens, limits, clock, random: () => 0 }), clock, asked };
}

/** The failure a call ends in; throws when it succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<GraphFailure> {
  return call.then(
    () => {
      throw new Error('The call succeeded.');
    },
    (error: unknown) => error as GraphFailure,
  );
}
