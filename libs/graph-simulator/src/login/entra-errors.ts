import { randomUUID } from 'node:crypto';
import type { Reply } from '../http/reply.js';

/** A refusal of the login service; texts and statuses are captures of real ones unless a comment says otherwise. */
export interface EntraRefusal {
  status: number;
  error: string;
  code: number;
  text: string;
}

export const entra = {
  wrongSecret: (clientId: string): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  }),
  noCredential: (): EntraRefusal => ({
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  }),
  unknownApp: (clientId: string, tenantName: string): EntraRefusal => ({
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    text: `Application with identifier '${clientId}' was not found in the directory '${tenantName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  }),
  // `invalid_tenant` is what discovery answers; for the token endpoint `invalid_request` is not confirmed.
  unknownTenant: (tenant: string, where: 'discovery' | 'token'): EntraRefusal => ({
    status: 400,
    error: where === 'discovery' ? 'invalid_tenant' : 'invalid_request',
    code: 90002,
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  }),
  badTenantName: (tenant: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 900023,
    text: `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
  }),
  badScope: (scope: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    text: `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  }),
  // The texts of the next three are from Microsoft's list of codes, not from captures.
  missingParameter: (name: string): EntraRefusal => ({
    status: 400,
    error: 'invalid_request',
    code: 900144,
    text: `The request body must contain the following parameter: '${name}'.`,
  }),
  badGrant: (grant: string): EntraRefusal => ({
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    text: `The app requested an unsupported grant type '${grant}'.`,
  }),
  postOnly: (method: string): EntraRefusal => ({
    status: 405,
    error: 'invalid_request',
    code: 900561,
    text: `The endpoint only accepts POST requests. Received a ${method} request.`,
  }),
};

/** The envelope that MSAL reads. `now` in milliseconds since 1970. */
export function entraError(refusal: EntraRefusal, correlationId: string, now: number): Reply {
  const traceId = randomUUID();
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status: refusal.status,
    headers: loginHeaders(correlationId),
    body: {
      error: refusal.error,
      error_description: `AADSTS${refusal.code}: ${refusal.text}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
    },
  };
}

/** Headers of every answer of the login service. */
export function loginHeaders(correlationId: string): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store, no-cache',
    Pragma: 'no-cache',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'client-request-id': correlationId,
    'x-ms-request-id': randomUUID(),
  };
}
