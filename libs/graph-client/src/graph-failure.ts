export const GRAPH_FAILURE_CODES = [
  'graph.throttled',
  'graph.forbidden',
  'graph.unauthorized',
  'graph.not_found',
  'graph.bad_request',
  'graph.unavailable',
  'graph.protocol',
] as const;
export type GraphFailureCode = (typeof GRAPH_FAILURE_CODES)[number];

export interface GraphFailureFacts {
  /** HTTP status of the last answer; absent when there was none. */
  status?: number;
  /** Graph's own `request-id`, what Microsoft support asks for. */
  requestId?: string;
  /** `error.code` of the answer, or the code nested in Intune's message where there is one. */
  graphCode?: string;
  /** Unwrapped text for logs only: no secret, no token, no query string; never shown to people. */
  detail: string;
}

/**
 * A call to Microsoft Graph or to its login that is given up. `unavailable` covers faults that outlasted the retries,
 * `protocol` an answer that breaks Graph's contract (a foreign nextLink, a page loop, a body that is no JSON or too big).
 */
export class GraphFailure extends Error {
  readonly status?: number;
  readonly requestId?: string;
  readonly graphCode?: string;
  readonly detail: string;

  constructor(
    readonly code: GraphFailureCode,
    facts: GraphFailureFacts,
  ) {
    super(`${code}: ${facts.detail}`);
    this.name = 'GraphFailure';
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.graphCode = facts.graphCode;
    this.detail = facts.detail;
  }
}

/**
 * The failure code of an HTTP status. Intune sometimes refuses a permission with 401 and a nested code `Forbidden`
 * (AzureAD/microsoft-authentication-library-for-js#1261), which a new token would not cure.
 */
export function failureCodeOf(status: number, graphCode?: string): GraphFailureCode {
  if (status === 429) return 'graph.throttled';
  if (status === 403 || (status === 401 && graphCode === 'Forbidden')) return 'graph.forbidden';
  if (status === 401) return 'graph.unauthorized';
  if (status === 404) return 'graph.not_found';
  if (status >= 500) return 'graph.unavailable';
  if (status >= 400) return 'graph.bad_request';
  return 'graph.protocol';
}
