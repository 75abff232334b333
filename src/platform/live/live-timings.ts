/** How streams are kept. Milliseconds. */
export interface LiveTimings {
  /** Each tenant that is followed is looked at this often, whatever was signalled, and its streams get a sign of life. */
  beatMs: number;
  /** Whether somebody may still follow is asked this often. */
  recheckMs: number;
  /** A client that takes nothing for this long is cut off. */
  stalledMs: number;
  /** A client comes back after this to twice this, so that not all come back at once. */
  retryMs: number;
}

export const LIVE_TIMINGS = Symbol('live timings');

export const DEFAULT_LIVE_TIMINGS: LiveTimings = {
  beatMs: 15_000,
  recheckMs: 30_000,
  stalledMs: 60_000,
  retryMs: 2_000,
};
