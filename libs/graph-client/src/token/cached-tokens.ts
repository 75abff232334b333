import { type GraphClock, whileAlive } from '../time/graph-clock.js';
import type { TokenSource } from './tokens.js';

export interface IssuedToken {
  accessToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const EARLY_MS = 5 * 60_000;

/**
 * Keeps the last token and asks for a new one five minutes before it ends (halfway, for a token that lives less than ten
 * minutes). All who need one meanwhile wait for the same request; who aborts only leaves, the request goes on.
 */
export function cachedTokens(issue: () => Promise<IssuedToken>, clock: GraphClock): TokenSource {
  let current: { accessToken: string; renewAt: number } | undefined;
  let underway: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    const askedAt = clock.now();
    const { accessToken, expiresAt } = await issue();
    const renewAt = expiresAt - Math.min(EARLY_MS, Math.max(0, expiresAt - askedAt) / 2);
    current = { accessToken, renewAt };
    return accessToken;
  };

  return {
    token({ forceRefresh = false, signal } = {}) {
      if (!forceRefresh && current && clock.now() < current.renewAt) return Promise.resolve(current.accessToken);
      underway ??= renew().finally(() => (underway = undefined));
      return whileAlive(underway, signal);
    },
  };
}
