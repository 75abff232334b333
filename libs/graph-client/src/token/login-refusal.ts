import { GraphFailure, type GraphFailureCode } from '../graph-failure.js';
import { safeText } from '../transport/safe-text.js';

/** An error answer of the Entra login. */
export interface LoginRefusal {
  status: number;
  /** `AADSTS7000215`; absent when the answer carries no number. */
  aadsts?: string;
  /** The first line of `error_description`; trace and correlation ids follow in the others. */
  text: string;
  traceId?: string;
}

/**
 * Reads Entra's error envelope `{error, error_description, error_codes, trace_id}` (entra-docs,
 * `v2-oauth2-client-creds-grant-flow.md`).
 */
export function readLoginRefusal(status: number, body: Record<string, unknown> | undefined): LoginRefusal {
  const description = typeof body?.['error_description'] === 'string' ? body['error_description'] : '';
  const codes: unknown = body?.['error_codes'];
  const listed: unknown = Array.isArray(codes) ? codes[0] : undefined;
  const aadsts = /AADSTS\d+/.exec(description)?.[0] ?? (typeof listed === 'number' ? `AADSTS${listed}` : undefined);
  const text = description.split(/\r?\n/)[0] ?? '';
  const traceId = body?.['trace_id'];
  return { status, aadsts, text, traceId: typeof traceId === 'string' ? traceId : undefined };
}

/** The failure of a refused token request. `secrets` are cut out of the text, should the login quote them. */
export function refusalFailure(refusal: LoginRefusal, secrets: readonly string[]): GraphFailure {
  const { status, aadsts, text, traceId } = refusal;
  const words = text.includes(aadsts ?? '') ? text : `${aadsts}: ${text}`;
  return new GraphFailure(codeOf(status), {
    status,
    graphCode: aadsts,
    requestId: traceId,
    detail: safeText(`login answered ${status}: ${words || 'no error text'}`, secrets),
  });
}

/** A login that is down or busy says nothing about the credentials. */
function codeOf(status: number): GraphFailureCode {
  if (status === 429) return 'graph.throttled';
  return status >= 500 ? 'graph.unavailable' : 'graph.unauthorized';
}
