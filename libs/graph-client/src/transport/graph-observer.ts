import type { GraphFailureCode } from '../graph-failure.js';

/** One HTTP request to Graph, as it goes out. */
export interface GraphAttempt {
  method: 'GET' | 'POST';
  /** The path as {@link pathTemplate} gives it: no query, and `{id}` for whatever names one thing or person. */
  route: string;
  /** 1 for the first request of a call; its retries count on. */
  attempt: number;
  /** Requests by Graph's own count: the members of a $batch, else 1. */
  requests: number;
  /** How long it waited for its turn in the tenant's budget. */
  waitedMs: number;
}

/** How an attempt ended. `failed`: no whole answer came. `aborted`: the caller gave up. */
export type GraphAttemptEnd =
  { kind: 'answered'; status: number; requestId?: string } | { kind: 'failed' } | { kind: 'aborted' };

/** A fault that may pass, of a call or of members of a $batch. */
export interface GraphFault {
  code: GraphFailureCode;
  /** Milliseconds until the next attempt; absent when the call is given up. */
  retryInMs?: number;
}

/**
 * Is told what a client does, for metrics and traces. Its methods run between the client's own steps: they must be
 * quick and must not throw.
 */
export interface GraphObserver {
  /** An attempt goes out; the answer is called once, when it has ended. */
  sending(attempt: GraphAttempt): (end: GraphAttemptEnd) => void;
  fault(fault: GraphFault): void;
}

/** The observer of a client that nobody watches. */
export const UNOBSERVED: GraphObserver = Object.freeze({
  sending: () => () => undefined,
  fault: () => undefined,
});
